// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_counters: counts what each unit does, one of four counters per cycle of a job.
//
// Latency     an activity counts at the end of its cycle.
// Reset       0; also cleared when a job starts.
// Golden      docs/registers.md, Counters
// Test        tests/rtl/ds_counters_test.cc

module ds_counters (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       clear_i,
  input  logic       running_i,
  input  logic [1:0] seq_activity_i,
  input  logic [1:0] load_activity_i,
  input  logic [1:0] feeder_activity_i,
  input  logic [1:0] post_activity_i,
  input  logic [1:0] store_activity_i,

  input  logic [4:0]  select_i,   // unit * 4 + counter
  output logic [63:0] count_o
);

  logic [1:0]  activity [0:4];
  logic [63:0] unit_count [0:4];
  assign activity[0] = seq_activity_i;
  assign activity[1] = load_activity_i;
  assign activity[2] = feeder_activity_i;
  assign activity[3] = post_activity_i;
  assign activity[4] = store_activity_i;

  for (genvar u = 0; u < 5; u++) begin : gen_unit
    logic [63:0] count [0:3];
    for (genvar k = 0; k < 4; k++) begin : gen_activity
      logic [63:0] count_q;
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) count_q <= '0;
        else if (clear_i) count_q <= '0;
        else if (running_i && activity[u] == 2'(k)) count_q <= count_q + 64'd1;
      end
      assign count[k] = count_q;
    end
    assign unit_count[u] = count[select_i[1:0]];
  end

  always_comb begin
    case (select_i[4:2])
      3'd0:    count_o = unit_count[0];
      3'd1:    count_o = unit_count[1];
      3'd2:    count_o = unit_count[2];
      3'd3:    count_o = unit_count[3];
      default: count_o = unit_count[4];
    endcase
  end

endmodule
