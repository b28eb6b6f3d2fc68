// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_regs: AXI4-Lite slave with the register map of docs/registers.md.
//
// Latency     a write is answered 1 cycle after both address and data arrived, a
//             read 2 cycles after its address.
// Throughput  one access at a time in each direction.
// Reset       the reset column of docs/registers.md.
// Golden      docs/registers.md
// Test        tests/rtl/ds_regs_test.cc

module ds_regs #(
  parameter int Lanes        = 16,
  parameter int Columns      = 16,
  parameter int MaxCodeBits  = 4,
  parameter int AccW         = 32,
  parameter int AccDepth     = 256,
  parameter int BusBytes     = 16,
  parameter int ActBytes     = 131072,
  parameter int WgtBytes     = 65536,
  parameter int OutBytes     = 65536,
  parameter int ParamEntries = 256
) (
  input  logic clk_i,
  input  logic rst_ni,

  input  logic [11:0] awaddr_i,
  input  logic        awvalid_i,
  output logic        awready_o,
  input  logic [31:0] wdata_i,
  input  logic [3:0]  wstrb_i,
  input  logic        wvalid_i,
  output logic        wready_o,
  output logic        bvalid_o,
  input  logic        bready_i,
  input  logic [11:0] araddr_i,
  input  logic        arvalid_i,
  output logic        arready_o,
  output logic [31:0] rdata_o,
  output logic        rvalid_o,
  input  logic        rready_i,

  output logic        irq_o,

  // Job.
  output logic        start_o,
  output logic [31:0] list_addr_o,
  output logic [31:0] list_count_o,
  output logic [31:0] watchdog_o,
  input  logic        running_i,
  input  logic        done_i,
  input  logic [63:0] cycles_i,
  input  logic [7:0]  error_code_i,
  input  logic [7:0]  error_unit_i,
  input  logic [31:0] error_index_i,
  input  logic [31:0] error_addr_i,

  output logic [4:0]  counter_o,
  input  logic [63:0] count_i
);

  // Write channel: address and data are kept until both are there.
  logic        aw_held_q, w_held_q, bvalid_q, write;
  logic [11:0] awaddr_q;
  logic [31:0] wdata_q, mask;
  logic [3:0]  wstrb_q;
  assign write = aw_held_q && w_held_q && !bvalid_q;
  always_comb begin
    mask = '0;
    if (write) begin
      for (int b = 0; b < 4; b = b + 1) mask[b*8 +: 8] = {8{wstrb_q[b]}};
    end
  end

  // Read channel.
  logic        read_q, rvalid_q;  // an address is held; data is shown
  logic [11:0] araddr_q;
  logic [31:0] rdata_d, rdata_q;

  logic        gie_q, done_q, ready_q;
  logic [1:0]  ier_q, isr_q, toggle;
  logic [31:0] list_addr_q, list_count_q, watchdog_q;
  logic        start, reads_ctrl, writes_isr;
  logic [9:0]  word;

  assign word       = awaddr_q[11:2];
  assign start      = write && word == 10'd0 && wstrb_q[0] && wdata_q[0] && !running_i;
  assign reads_ctrl = read_q && araddr_q[11:2] == 10'd0;
  assign writes_isr = write && word == 10'd3;
  assign toggle     = writes_isr ? wdata_q[1:0] & mask[1:0] : 2'b00;

  always_comb begin
    rdata_d = '0;
    if (read_q) begin
      case (araddr_q[11:2])
        10'd0:  rdata_d = {28'b0, ready_q, !running_i, done_q, running_i};
        10'd1:  rdata_d = {31'b0, gie_q};
        10'd2:  rdata_d = {30'b0, ier_q};
        10'd3:  rdata_d = {30'b0, isr_q};
        10'd4:  rdata_d = list_addr_q;
        10'd5:  rdata_d = list_count_q;
        10'd6:  rdata_d = watchdog_q;
        10'd7:  rdata_d = {16'b0, error_unit_i, error_code_i};
        10'd8:  rdata_d = error_index_i;
        10'd9:  rdata_d = error_addr_i;
        10'd10: rdata_d = cycles_i[31:0];
        10'd11: rdata_d = cycles_i[63:32];
        10'd16: rdata_d = 32'h5446_5344;
        10'd17: rdata_d = {ds_pkg::RegisterVersion, 8'd0, ds_pkg::CommandVersion};
        10'd18: rdata_d = {8'(AccW), 4'd1, 4'(MaxCodeBits), 8'(Columns), 8'(Lanes)};
        10'd19: rdata_d = {16'(AccDepth), 16'(BusBytes)};
        10'd20: rdata_d = 32'(ActBytes);
        10'd21: rdata_d = 32'(WgtBytes);
        10'd22: rdata_d = 32'(OutBytes);
        10'd23: rdata_d = 32'(ParamEntries);
        default: begin
          if (araddr_q[11:2] >= 10'd32 && araddr_q[11:2] < 10'd72) begin
            rdata_d = araddr_q[2] ? count_i[63:32] : count_i[31:0];
          end
        end
      endcase
    end
  end
  assign counter_o = araddr_q[7:3] - 5'd16;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      aw_held_q    <= 1'b0;
      w_held_q     <= 1'b0;
      bvalid_q     <= 1'b0;
      awaddr_q     <= '0;
      wdata_q      <= '0;
      wstrb_q      <= '0;
      read_q       <= 1'b0;
      araddr_q     <= '0;
      rvalid_q     <= 1'b0;
      rdata_q      <= '0;
      gie_q        <= 1'b0;
      ier_q        <= '0;
      isr_q        <= '0;
      done_q       <= 1'b0;
      ready_q      <= 1'b0;
      list_addr_q  <= '0;
      list_count_q <= '0;
      watchdog_q   <= 32'd100000;
    end else begin
      if (awvalid_i && awready_o) begin
        aw_held_q <= 1'b1;
        awaddr_q  <= awaddr_i;
      end
      if (wvalid_i && wready_o) begin
        w_held_q <= 1'b1;
        wdata_q  <= wdata_i;
        wstrb_q  <= wstrb_i;
      end
      if (bvalid_q && bready_i) bvalid_q <= 1'b0;
      if (write) begin
        bvalid_q  <= 1'b1;
        aw_held_q <= 1'b0;
        w_held_q  <= 1'b0;
        case (word)
          10'd1: if (mask[0]) gie_q <= wdata_q[0];
          10'd2: if (mask[0]) ier_q <= wdata_q[1:0];
          10'd4: list_addr_q  <= (list_addr_q & ~mask) | (wdata_q & mask);
          10'd5: list_count_q <= (list_count_q & ~mask) | (wdata_q & mask);
          10'd6: watchdog_q   <= (watchdog_q & ~mask) | (wdata_q & mask);
          default: ;
        endcase
      end
      if (rvalid_q && rready_i) rvalid_q <= 1'b0;
      read_q <= arvalid_i && arready_o;
      if (arvalid_i && arready_o) araddr_q <= araddr_i;
      if (read_q) begin
        rvalid_q <= 1'b1;
        rdata_q  <= rdata_d;
      end
      if (done_i || writes_isr) isr_q <= (isr_q ^ toggle) | (ier_q & {2{done_i}});
      if (done_i || reads_ctrl || start) begin
        done_q  <= done_i;
        ready_q <= done_i;
      end
    end
  end

  assign awready_o = !aw_held_q;
  assign wready_o  = !w_held_q;
  assign bvalid_o  = bvalid_q;
  assign arready_o = !read_q && !rvalid_q;
  assign rvalid_o  = rvalid_q;
  assign rdata_o   = rdata_q;
  assign irq_o     = gie_q && (isr_q & ier_q) != 2'b00;

  assign start_o      = start;
  assign list_addr_o  = list_addr_q;
  assign list_count_o = list_count_q;
  assign watchdog_o   = watchdog_q;

  logic unused;
  assign unused = ^{awaddr_q[1:0], araddr_q[1:0]};

endmodule
