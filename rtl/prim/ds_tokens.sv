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

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else if (clear_i) count_q <= '0;
    else if (give_i || take_i) begin
      if (!overflow_o) count_q <= count_q + {7'b0, give_i} - (take_i ? {4'b0, take_count_i} : 8'd0);
    end
  end

  assign count_o    = count_q;

  always_comb begin
    overflow_o = 1'b0;
    if (give_i) overflow_o = count_q == 8'd255 && !(take_i && take_count_i != 4'd0);
  end

endmodule
