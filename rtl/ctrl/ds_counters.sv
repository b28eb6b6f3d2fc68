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
  input  logic [9:0] activity_i,  // unit n at [n*2 +: 2]

  input  logic [4:0]  select_i,   // unit * 4 + counter
  output logic [63:0] count_o
);

  logic [63:0] unit_count [0:4];

  for (genvar u = 0; u < 5; u++) begin : gen_unit
    logic [63:0] count0_q, count1_q, count2_q, count3_q;
    logic [1:0]  activity;
    assign activity = activity_i[u*2 +: 2];
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        count0_q <= '0;
        count1_q <= '0;
        count2_q <= '0;
        count3_q <= '0;
      end else if (clear_i) begin
        count0_q <= '0;
        count1_q <= '0;
        count2_q <= '0;
        count3_q <= '0;
      end else if (running_i) begin
        if (activity == 2'd0) count0_q <= count0_q + 64'd1;
        if (activity == 2'd1) count1_q <= count1_q + 64'd1;
        if (activity == 2'd2) count2_q <= count2_q + 64'd1;
        if (activity == 2'd3) count3_q <= count3_q + 64'd1;
      end
    end
    assign unit_count[u] = select_i[1] ? (select_i[0] ? count3_q : count2_q)
                                       : (select_i[0] ? count1_q : count0_q);
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
