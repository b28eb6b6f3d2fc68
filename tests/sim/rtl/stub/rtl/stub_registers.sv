// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// stub_registers: an AXI4-Lite slave with CTRL, GIE, IER, ISR, CMD_ADDR, CYCLES_LO and ID.

module stub_registers (
  input  logic        clk_i,
  input  logic        rst_ni,

  input  logic [11:0] awaddr_i,
  input  logic        awvalid_i,
  output logic        awready_o,
  input  logic [31:0] wdata_i,
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

  output logic        start_o,
  output logic [31:0] address_o,
  input  logic        done_i,
  output logic        irq_o
);

  logic busy_q, done_q, gie_q, ier_q, isr_q;
  logic [31:0] cycles_q, address_q;
  logic write;

  // Address 0xFFC is never answered, 0xFF8 is answered with nothing wrong but an RTL assertion.
  assign write     = awvalid_i && wvalid_i && !bvalid_o && awaddr_i != 12'hFFC;
  assign awready_o = write;
  assign wready_o  = write;
  assign arready_o = !rvalid_o && araddr_i != 12'hFFC;
  assign start_o   = write && awaddr_i == 12'h000 && wdata_i[0] && !busy_q;
  assign address_o = address_q;
  assign irq_o     = gie_q && ier_q && isr_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      bvalid_o  <= 1'b0;
      rvalid_o  <= 1'b0;
      rdata_o   <= '0;
      busy_q    <= 1'b0;
      done_q    <= 1'b0;
      gie_q     <= 1'b0;
      ier_q     <= 1'b0;
      isr_q     <= 1'b0;
      cycles_q  <= '0;
      address_q <= '0;
    end else begin
      if (bvalid_o && bready_i) bvalid_o <= 1'b0;
      if (rvalid_o && rready_i) rvalid_o <= 1'b0;
      if (write) begin
        bvalid_o <= 1'b1;
        case (awaddr_i)
          12'h004: gie_q <= wdata_i[0];
          12'h008: ier_q <= wdata_i[0];
          12'h00C: isr_q <= isr_q ^ wdata_i[0];
          12'h010: address_q <= wdata_i;
          12'hFF8: $error("stub: assertion");
          default: ;
        endcase
      end
      if (arvalid_i && arready_o) begin
        rvalid_o <= 1'b1;
        case (araddr_i)
          12'h000: rdata_o <= {28'b0, done_q, !busy_q, done_q, busy_q};
          12'h00C: rdata_o <= {31'b0, isr_q};
          12'h010: rdata_o <= address_q;
          12'h028: rdata_o <= cycles_q;
          12'h040: rdata_o <= 32'h54465344;
          default: rdata_o <= '0;
        endcase
        if (araddr_i == 12'h000) done_q <= 1'b0;
      end
      if (busy_q) cycles_q <= cycles_q + 1;
      if (start_o) begin
        busy_q   <= 1'b1;
        cycles_q <= '0;
      end
      if (done_i) begin
        busy_q <= 1'b0;
        done_q <= 1'b1;
        if (ier_q) isr_q <= 1'b1;
      end
    end
  end

endmodule
