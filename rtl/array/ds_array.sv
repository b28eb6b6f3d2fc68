// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_array: Lanes x Columns weight-stationary dot-product array.
//
// A shadow tile fills row group by row group while the active tile works.
// swap_i makes the shadow tile active; it is given together with the first
// step that uses the new tile.
//
// Latency     2 cycles from u_i to sum_o (edge register, column sum register).
// Throughput  one step per cycle.
// Stall       sum_o holds while no step passes.
// Overflow    sums of Lanes terms of 15 bits: at most 21 bits, never overflow.
// Reset       none: data only; validity travels with the feeder's flags.
// Golden      docs/arithmetic.md section 2.1
// Test        tests/rtl/ds_array_test.cc

module ds_array #(
  parameter int Lanes     = 16,
  parameter int Columns   = 16,
  parameter int GroupRows = 4  // lanes written into the shadow tile per cycle
) (
  input  logic clk_i,

  // Shadow tile: lanes group_i*GroupRows onwards.
  input  logic                           group_we_i,
  input  logic [6:0]                     group_i,
  input  logic [GroupRows*Columns*4-1:0] group_codes_i,  // (r, c) at [(r*Columns+c)*4 +: 4]

  // Steps.
  input  logic                             step_i,  // u_i holds a step
  input  logic                             swap_i,  // with the first step of a tile
  input  logic [Lanes*8-1:0]               u_i,     // lane n at [n*8 +: 8]

  output logic [Columns*32-1:0]            sum_o    // column n at [n*32 +: 32]
);

  logic [31:0] u_q [0:Lanes-1];
  logic busy_q;

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    logic [Columns*4-1:0] shadow_q;
    always_ff @(posedge clk_i) begin
      if (group_we_i && group_i == 7'(i / GroupRows)) begin
        shadow_q <= group_codes_i[(i % GroupRows)*Columns*4 +: Columns*4];
      end
    end
    always_ff @(posedge clk_i) begin
      if (step_i) u_q[i] <= {24'b0, u_i[i*8 +: 8]};
    end
  end

  always_ff @(posedge clk_i) busy_q <= step_i;

  // Terms, then a binary adder tree; column is the last index at every level.
  for (genvar l = Lanes; l > 0; l = l / 2) begin : gen_level
    logic [31:0] sum [0:l*Columns-1];
    for (genvar i = 0; i < l; i++) begin : gen_row
      for (genvar j = 0; j < Columns; j++) begin : gen_column
        if (l == Lanes) begin : gen_pe
          ds_pe u_pe (
            .clk_i,
            .swap_i,
            .shadow_i(gen_lane[i].shadow_q[j*4 +: 4]),
            .u_i     (u_q[i]),
            .term_o  (sum[i*Columns+j])
          );
        end else begin : gen_add
          assign sum[i*Columns+j] = gen_level[2*l].sum[i*Columns+j]
                                  + gen_level[2*l].sum[(i+l)*Columns+j];
        end
      end
    end
  end

  logic [Columns*32-1:0] sum_q;
  for (genvar j = 0; j < Columns; j++) begin : gen_sum
    always_ff @(posedge clk_i) begin
      if (busy_q) sum_q[j*32 +: 32] <= gen_level[1].sum[j];
    end
  end

  assign sum_o = sum_q;

endmodule
