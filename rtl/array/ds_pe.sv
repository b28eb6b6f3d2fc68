// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_pe: one crossing of a lane and a column: shift by exponent, flip by sign.
//
// Holds one active code and turns the lane's byte u into the unsigned term
// (u XOR sign) << exponent. There is no negation and no carry: what is missing
// is a constant of the weights that the driver folds into the bias.
//
// Latency     term_o follows u_i and the active code combinationally; a code
//             becomes active one cycle after swap_i.
// Throughput  one term per cycle.
// Reset       none: the code is data and always loaded before use.
// Golden      golden/arithmetic/, docs/arithmetic.md section 2.1
// Test        tests/rtl/ds_array_test.cc

module ds_pe (
  input  logic        clk_i,
  input  logic        swap_i,    // take shadow_i as the active code
  input  logic [3:0]  shadow_i,  // sign, exponent
  input  logic [31:0] u_i,       // x + 128, upper bits 0
  output logic [31:0] term_o
);

  logic [31:0] flip_q;  // 255 for a negative weight, else 0
  logic [2:0] exponent_q;

  always_ff @(posedge clk_i) begin
    if (swap_i) begin
      flip_q <= {24'b0, {8{shadow_i[3]}}};
      exponent_q <= shadow_i[2:0];
    end
  end

  assign term_o = (u_i ^ flip_q) << exponent_q;

endmodule
