// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_handoff: what lies between feeder and post: banks in use, commands finished.
//
// The feeder claims an accumulator bank with a sum's first step, post frees it with
// its last read. A VECTOR command may start when post has finished all before it.
//
// Latency     a claim, release or end shows in the next cycle.
// Reset       both banks free, no command finished.
// Golden      docs/architecture.md, Who works when
// Test        tests/rtl/ds_handoff_test.cc

module ds_handoff (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       clear_i,

  input  logic       claim_i,
  input  logic       claim_bank_i,
  input  logic       free_i,
  input  logic       free_bank_i,
  output logic [1:0] bank_free_o,

  input  logic       feeder_end_i,    // the feeder finished a command
  input  logic       post_end_i,      // post finished a command
  input  logic       post_running_i,
  output logic       post_caught_up_o // post works on the feeder's command
);

  logic [1:0] busy_q;
  logic [2:0] feeder_seq_q, post_seq_q;  // commands finished, modulo 8

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q       <= '0;
      feeder_seq_q <= '0;
      post_seq_q   <= '0;
    end else if (clear_i) begin
      busy_q       <= '0;
      feeder_seq_q <= '0;
      post_seq_q   <= '0;
    end else begin
      if (free_i) busy_q[free_bank_i] <= 1'b0;
      if (claim_i) busy_q[claim_bank_i] <= 1'b1;
      feeder_seq_q <= feeder_seq_q + 3'(feeder_end_i);
      post_seq_q   <= post_seq_q + 3'(post_end_i);
    end
  end

  assign bank_free_o      = ~busy_q;
  assign post_caught_up_o = post_running_i && post_seq_q == feeder_seq_q;

endmodule
