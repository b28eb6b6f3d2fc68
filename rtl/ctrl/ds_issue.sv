// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_issue: starts compute commands when their tokens are there.
//
// Hands a command to the unpacker (CONV only), the feeder and the post unit at
// the same time, each through a queue of two, so that weights of the next command
// load while this one computes.
//
// Latency     1 cycle from tokens to the walkers.
// Throughput  one command per cycle.
// Stall       tokens missing or a walker's queue full.
// Reset       clear_i empties the queues.
// Golden      docs/commands.md, Tokens; docs/architecture.md, Who works when
// Test        tests/rtl/ds_issue_test.cc

module ds_issue (
  input  logic clk_i,
  input  logic clear_i,

  input  logic         push_i,
  input  logic [543:0] cmd_i,
  output logic         full_o,

  input  logic [7:0] count_a_i,
  input  logic [7:0] count_b_i,
  output logic       take_o,
  output logic [3:0] take_a_o,
  output logic [3:0] take_b_o,

  output logic         unpacker_valid_o,
  output logic [543:0] unpacker_cmd_o,
  input  logic         unpacker_ready_i,
  output logic         feeder_valid_o,
  output logic [543:0] feeder_cmd_o,
  input  logic         feeder_ready_i,
  output logic         post_valid_o,
  output logic [543:0] post_cmd_o,
  input  logic         post_ready_i,

  output logic        waiting_o,  // a command waits for tokens
  output logic [31:0] waiting_index_o
);

  logic [543:0] cmd;
  logic         empty, conv, start;
  logic         unpacker_full, feeder_full, post_full;
  logic         unpacker_empty, feeder_empty, post_empty;

  ds_fifo #(.Width(544), .Depth(4)) u_queue (
    .clk_i, .clear_i, .push_i, .data_i(cmd_i), .full_o,
    .pop_i(start), .data_o(cmd), .empty_o(empty)
  );

  assign conv  = cmd[7:0] == ds_pkg::OpConv;
  assign start = !empty && !unpacker_full && !feeder_full && !post_full
              && count_a_i >= {4'b0, cmd[19:16]} && count_b_i >= {4'b0, cmd[23:20]};

  ds_fifo #(.Width(544), .Depth(2)) u_unpacker (
    .clk_i, .clear_i, .push_i(start && conv), .data_i(cmd), .full_o(unpacker_full),
    .pop_i(unpacker_ready_i), .data_o(unpacker_cmd_o), .empty_o(unpacker_empty)
  );
  ds_fifo #(.Width(544), .Depth(2)) u_feeder (
    .clk_i, .clear_i, .push_i(start), .data_i(cmd), .full_o(feeder_full),
    .pop_i(feeder_ready_i), .data_o(feeder_cmd_o), .empty_o(feeder_empty)
  );
  ds_fifo #(.Width(544), .Depth(2)) u_post (
    .clk_i, .clear_i, .push_i(start), .data_i(cmd), .full_o(post_full),
    .pop_i(post_ready_i), .data_o(post_cmd_o), .empty_o(post_empty)
  );

  assign take_o           = start;
  assign take_a_o         = cmd[19:16];
  assign take_b_o         = cmd[23:20];
  assign unpacker_valid_o = !unpacker_empty;
  assign feeder_valid_o   = !feeder_empty;
  assign post_valid_o     = !post_empty;
  assign waiting_o        = !empty;
  assign waiting_index_o  = cmd[543:512];

endmodule
