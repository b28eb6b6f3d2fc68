// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_tokens: one token counter between a giving and a taking unit.
//
// Latency     a token given in a cycle is in count_o in the next.
// Overflow    overflow_o when a token is given while the counter is full and
//             nothing is taken; the token is then lost.
// Reset       count_o is 0.
// Test        tests/rtl/ds_tokens_test.cc

module ds_tokens (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       clear_i,

  input  logic       give_i,
  input  logic       take_i,
  input  logic [3:0] take_count_i,  // at most count_o
  output logic [7:0] count_o,
  output logic       overflow_o
);

  logic [7:0] count_q;
  logic [8:0] count_d;

  assign count_d = {1'b0, count_q} + {8'b0, give_i} - (take_i ? {5'b0, take_count_i} : 9'd0);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else if (clear_i) count_q <= '0;
    else if (!count_d[8]) count_q <= count_d[7:0];
  end

  assign count_o    = count_q;
  assign overflow_o = count_d[8];

endmodule
