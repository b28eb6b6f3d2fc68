// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_ram: memory with one write and one read port.
//
// A read of the word being written returns the old contents.
//
// Latency     1 cycle from re_i to rdata_o, which holds until the next read.
// Throughput  one read and one write per cycle.
// Reset       none; contents and rdata_o are undefined until written and read.
// Test        tests/rtl/ds_ram_test.cc

module ds_ram #(
  parameter int Width = 32,
  parameter int Depth = 16
) (
  input  logic                     clk_i,

  input  logic                     we_i,
  input  logic [$clog2(Depth)-1:0] waddr_i,
  input  logic [Width-1:0]         wdata_i,

  input  logic                     re_i,
  input  logic [$clog2(Depth)-1:0] raddr_i,
  output logic [Width-1:0]         rdata_o
);

  logic [Width-1:0] mem [0:Depth-1];
  logic [Width-1:0] rdata_q;

  // The write blocks: it comes after the only read, and simulates much faster.
  always_ff @(posedge clk_i) begin
    if (re_i) rdata_q <= mem[raddr_i];
    if (we_i) mem[waddr_i] = wdata_i;
  end

  assign rdata_o = rdata_q;

endmodule
