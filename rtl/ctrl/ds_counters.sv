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

  logic [63:0] count_q [0:19];

  for (genvar u = 0; u < 5; u++) begin : gen_unit
    for (genvar k = 0; k < 4; k++) begin : gen_counter
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) count_q[u*4+k] <= '0;
        else if (clear_i) count_q[u*4+k] <= '0;
        else if (running_i && activity_i[u*2 +: 2] == 2'(k)) begin
          count_q[u*4+k] <= count_q[u*4+k] + 64'd1;
        end
      end
    end
  end

  always_comb begin
    count_o = '0;
    for (int n = 0; n < 20; n = n + 1) begin
      if (select_i == 5'(n)) count_o = count_q[n];
    end
  end

endmodule
