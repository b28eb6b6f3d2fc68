// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_pool: running maximum or sum of one channel over a window's taps.
//
// Latency     1 cycle from tap_i to value_o.
// Throughput  one tap per cycle.
// Reset       none: data only, started by first_i.
// Golden      docs/arithmetic.md section 4
// Test        tests/rtl/ds_pool_test.cc

module ds_pool (
  input  logic        clk_i,
  input  logic        tap_i,
  input  logic        first_i,    // start a new window
  input  logic        maximum_i,  // maximum, else sum
  input  logic [7:0]  x_i,        // int8
  output logic [31:0] value_o     // sign extended
);

  logic [31:0] value_q;

  always_ff @(posedge clk_i) begin
    if (tap_i) begin
      if (first_i) value_q <= 32'($signed(x_i));
      else if (!maximum_i) value_q <= value_q + 32'($signed(x_i));
      else if (32'($signed(x_i)) > $signed(value_q)) value_q <= 32'($signed(x_i));
    end
  end

  assign value_o = value_q;

endmodule
