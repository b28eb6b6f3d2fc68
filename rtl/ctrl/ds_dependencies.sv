// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_dependencies: the five token counters between load, compute and store.
//
// Latency     a token given in a cycle can be taken in the next.
// Reset       all counters 0.
// Golden      docs/commands.md, Tokens
// Test        tests/rtl/ds_tokens_test.cc

module ds_dependencies (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,

  input  logic load_give_i,       // to compute
  input  logic compute_give_a_i,  // to load
  input  logic compute_give_b_i,  // to store
  input  logic store_give_a_i,    // to compute
  input  logic store_give_b_i,    // to load

  // A command starts and takes its tokens.
  input  logic       load_take_i,
  input  logic [3:0] load_take_a_i,     // from compute
  input  logic [3:0] load_take_b_i,     // from store
  input  logic       compute_take_i,
  input  logic [3:0] compute_take_a_i,  // from load
  input  logic [3:0] compute_take_b_i,  // from store
  input  logic       store_take_i,
  input  logic [3:0] store_take_a_i,    // from compute

  output logic [7:0] load_compute_o,
  output logic [7:0] compute_load_o,
  output logic [7:0] compute_store_o,
  output logic [7:0] store_compute_o,
  output logic [7:0] store_load_o,
  output logic [4:0] overflow_o         // in the order of the counts above
);

  ds_tokens u_load_compute (
    .clk_i, .rst_ni, .clear_i, .give_i(load_give_i), .take_i(compute_take_i),
    .take_count_i(compute_take_a_i), .count_o(load_compute_o), .overflow_o(overflow_o[0])
  );
  ds_tokens u_compute_load (
    .clk_i, .rst_ni, .clear_i, .give_i(compute_give_a_i), .take_i(load_take_i),
    .take_count_i(load_take_a_i), .count_o(compute_load_o), .overflow_o(overflow_o[1])
  );
  ds_tokens u_compute_store (
    .clk_i, .rst_ni, .clear_i, .give_i(compute_give_b_i), .take_i(store_take_i),
    .take_count_i(store_take_a_i), .count_o(compute_store_o), .overflow_o(overflow_o[2])
  );
  ds_tokens u_store_compute (
    .clk_i, .rst_ni, .clear_i, .give_i(store_give_a_i), .take_i(compute_take_i),
    .take_count_i(compute_take_b_i), .count_o(store_compute_o), .overflow_o(overflow_o[3])
  );
  ds_tokens u_store_load (
    .clk_i, .rst_ni, .clear_i, .give_i(store_give_b_i), .take_i(load_take_i),
    .take_count_i(load_take_b_i), .count_o(store_load_o), .overflow_o(overflow_o[4])
  );

endmodule
