// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// axi_memory: AXI4 slave memory for the four-state bench.
//
// One read and one write burst at a time, INCR, with random gaps. Everything
// it drives is X while the matching valid is low, so a device that samples
// too early spreads X.

module axi_memory #(
  parameter int BusBytes = 8,
  parameter int Words    = 1024
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,

  input  logic                  arid_i,
  input  logic [31:0]           araddr_i,
  input  logic [7:0]            arlen_i,
  input  logic                  arvalid_i,
  output logic                  arready_o,
  output logic                  rid_o,
  output logic [BusBytes*8-1:0] rdata_o,
  output logic [1:0]            rresp_o,
  output logic                  rlast_o,
  output logic                  rvalid_o,
  input  logic                  rready_i,

  input  logic                  awid_i,
  input  logic [31:0]           awaddr_i,
  input  logic [7:0]            awlen_i,
  input  logic                  awvalid_i,
  output logic                  awready_o,
  input  logic [BusBytes*8-1:0] wdata_i,
  input  logic [BusBytes-1:0]   wstrb_i,
  input  logic                  wlast_i,
  input  logic                  wvalid_i,
  output logic                  wready_o,
  output logic                  bid_o,
  output logic [1:0]            bresp_o,
  output logic                  bvalid_o,
  input  logic                  bready_i
);

  // Set by the bench: answer every burst with SLVERR.
  logic fail_reads = 1'b0;

  logic [BusBytes*8-1:0] mem [0:Words-1];

  // Reads.
  int read_word, read_left;
  logic read_id;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      arready_o <= 1'b0;
      rvalid_o  <= 1'b0;
      read_left <= 0;
      {rid_o, rdata_o, rresp_o, rlast_o} <= 'x;
    end else begin
      if (arvalid_i && arready_o) begin
        if (araddr_i[11:0] + (32'(arlen_i) + 1) * BusBytes > 4096) begin
          $fatal(1, "axi_memory: read burst at %h crosses 4 KiB", araddr_i);
        end
        read_word <= araddr_i / BusBytes;
        read_left <= 32'(arlen_i) + 1;
        read_id   <= arid_i;
        arready_o <= 1'b0;
      end else begin
        arready_o <= !arready_o && read_left == 0 && $urandom % 2 == 0;
      end
      if (!rvalid_o || rready_i) begin
        if (read_left > 0 && $urandom % 3 != 0) begin
          rvalid_o  <= 1'b1;
          rid_o     <= read_id;
          rdata_o   <= mem[read_word];
          rresp_o   <= fail_reads ? 2'b10 : 2'b00;
          rlast_o   <= read_left == 1;
          read_word <= read_word + 1;
          read_left <= read_left - 1;
        end else begin
          rvalid_o <= 1'b0;
          {rid_o, rdata_o, rresp_o, rlast_o} <= 'x;
        end
      end
    end
  end

  // Writes.
  int write_word, write_left;
  logic write_id;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      awready_o  <= 1'b0;
      wready_o   <= 1'b0;
      bvalid_o   <= 1'b0;
      write_left <= 0;
      {bid_o, bresp_o} <= 'x;
    end else begin
      if (bvalid_o && bready_i) begin
        bvalid_o <= 1'b0;
        {bid_o, bresp_o} <= 'x;
      end
      if (awvalid_i && awready_o) begin
        if (awaddr_i[11:0] + (32'(awlen_i) + 1) * BusBytes > 4096) begin
          $fatal(1, "axi_memory: write burst at %h crosses 4 KiB", awaddr_i);
        end
        write_word <= awaddr_i / BusBytes;
        write_left <= 32'(awlen_i) + 1;
        write_id   <= awid_i;
        awready_o  <= 1'b0;
      end else begin
        awready_o <= !awready_o && write_left == 0 && !bvalid_o && $urandom % 2 == 0;
      end
      if (wvalid_i && wready_o) begin
        for (int b = 0; b < BusBytes; b++) begin
          if (wstrb_i[b]) mem[write_word][b*8 +: 8] <= wdata_i[b*8 +: 8];
        end
        if (wlast_i !== (write_left == 1)) $fatal(1, "axi_memory: wlast in the wrong beat");
        write_word <= write_word + 1;
        write_left <= write_left - 1;
        if (write_left == 1) begin
          bvalid_o <= 1'b1;
          bid_o    <= write_id;
          bresp_o  <= 2'b00;
        end
      end
      // Ready for a beat that is still to come: not for one after the last.
      wready_o <= $urandom % 3 != 0 && (write_left > 1 || (write_left == 1 && !(wvalid_i && wready_o)));
    end
  end

endmodule
