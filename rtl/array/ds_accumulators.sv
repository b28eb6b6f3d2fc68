// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_accumulators: two banks of partial sums, one sum per position and column.
//
// The feeder's steps add into one bank while the post unit reads the other.
// A step announces its address one cycle before its column sums arrive; the
// bank is read in that cycle, so a sum of the cycle before is forwarded.
//
// Latency     step_i in cycle t, column sums in t+1, sum stored at the end of t+1.
//             rdata_o one cycle after read_i.
// Throughput  one step and one read per cycle.
// Overflow    sums wrap modulo 2^AccW.
// Reset       flags; sums are data, started by first_i.
// Golden      docs/arithmetic.md section 2.1
// Test        tests/rtl/ds_accumulators_test.cc

module ds_accumulators #(
  parameter int Columns  = 16,
  parameter int AccW     = 32,
  parameter int AccDepth = 256
) (
  input  logic                        clk_i,
  input  logic                        rst_ni,

  // A step, one cycle ahead of its column sums.
  input  logic                        step_i,
  input  logic                        bank_i,
  input  logic [$clog2(AccDepth)-1:0] position_i,
  input  logic                        first_i,  // start from 0
  input  logic [Columns*32-1:0]       sum_i,    // column sums of the step of the cycle before

  // Read by the post unit; never the bank a step is adding to.
  input  logic                        read_i,
  input  logic                        read_bank_i,
  input  logic [$clog2(AccDepth)-1:0] read_position_i,
  output logic [Columns*AccW-1:0]     rdata_o
);

  localparam int PosW = $clog2(AccDepth);

  logic step_q, bank_q, first_q, forward_q, read_bank_q;
  logic [PosW-1:0] position_q;
  logic [Columns*AccW-1:0] last_q, base, next;
  logic [Columns*AccW-1:0] bank_rdata [0:1];

  for (genvar b = 0; b < 2; b++) begin : gen_bank
    logic add_here;
    assign add_here = step_i && bank_i == 1'(b);
    ds_ram #(.Width(Columns*AccW), .Depth(AccDepth)) u_bank (
      .clk_i,
      .we_i   (step_q && bank_q == 1'(b)),
      .waddr_i(position_q),
      .wdata_i(next),
      .re_i   (add_here || (read_i && read_bank_i == 1'(b))),
      .raddr_i(add_here ? position_i : read_position_i),
      .rdata_o(bank_rdata[b])
    );
  end

  always_comb begin
    if (first_q) base = '0;
    else if (forward_q) base = last_q;
    else base = bank_q ? bank_rdata[1] : bank_rdata[0];
  end

  for (genvar j = 0; j < Columns; j++) begin : gen_column
    assign next[j*AccW +: AccW] = base[j*AccW +: AccW] + sum_i[j*32 +: AccW];
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      step_q    <= 1'b0;
      forward_q <= 1'b0;
    end else begin
      step_q    <= step_i;
      forward_q <= step_i && step_q && bank_i == bank_q && position_i == position_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (step_i) begin
      bank_q     <= bank_i;
      position_q <= position_i;
      first_q    <= first_i;
    end
    if (step_q) last_q <= next;
    if (read_i) read_bank_q <= read_bank_i;
  end

  assign rdata_o = read_bank_q ? bank_rdata[1] : bank_rdata[0];

  logic unused;
  assign unused = ^sum_i;

endmodule
