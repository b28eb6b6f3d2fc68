// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_ram_bytes: memory with one byte-enabled write port and one read port.
//
// A read of the word being written returns the old contents.
//
// Latency     1 cycle from re_i to rdata_o, which holds until the next read.
// Throughput  one read and one write per cycle.
// Reset       none; contents and rdata_o are undefined until written and read.
// Test        tests/rtl/ds_ram_test.cc

module ds_ram_bytes #(
  parameter int Bytes = 4,
  parameter int Depth = 16
) (
  input  logic                     clk_i,

  input  logic                     we_i,
  input  logic [Bytes-1:0]         wstrb_i,
  input  logic [$clog2(Depth)-1:0] waddr_i,
  input  logic [Bytes*8-1:0]       wdata_i,

  input  logic                     re_i,
  input  logic [$clog2(Depth)-1:0] raddr_i,
  output logic [Bytes*8-1:0]       rdata_o
);

  logic [Bytes*8-1:0] mem [0:Depth-1];
  logic [Bytes*8-1:0] rdata_q;

  // The write blocks: it comes after the only read, and simulates much faster.
  always_ff @(posedge clk_i) begin
    if (re_i) rdata_q <= mem[raddr_i];
    if (we_i) begin
      for (int b = 0; b < Bytes; b = b + 1) begin
        if (wstrb_i[b]) mem[waddr_i][b*8 +: 8] = wdata_i[b*8 +: 8];
      end
    end
  end

  assign rdata_o = rdata_q;

endmodule
