// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_requant: bias, multiplier, rounding shift, zero point and clamp of one column.
//
// Three stages. An addition's first operand (hold) leaves its product in stage 2,
// the second operand (join) adds its own to it.
//
// Latency     3 cycles from sum_i to y_o.
// Throughput  one value per cycle.
// Stall       a stage keeps its registers while its enable is low.
// Reset       none: data only.
// Golden      golden/arithmetic/, docs/arithmetic.md sections 3 to 5, bit-exact
// Test        tests/rtl/ds_requant_test.cc

module ds_requant #(
  parameter int AccW = 32
) (
  input  logic        clk_i,
  input  logic [2:0]  en_i,      // stage enables, stage 1 in bit 0
  input  logic        vector_i,  // stage 1: sum_i is a 32-bit pool value
  input  logic        join_i,    // stage 2: add the product held from before

  input  logic [31:0] sum_i,     // stage 1
  input  logic [63:0] param_i,   // stage 1: B, M, S

  input  logic [7:0]  zero_i,    // stage 3
  input  logic [7:0]  lo_i,
  input  logic [7:0]  hi_i,
  output logic [7:0]  y_o
);

  logic [31:0] v_d, v_q;
  logic [15:0] m_q;
  logic [5:0]  s1_q, s2_q;
  logic signed [63:0] p_d, p_q, half, r, z;
  logic [7:0]  y_d, y_q;

  // The sum wraps to AccW bits; pool values use all 32.
  logic [31:0] biased;
  assign biased = sum_i + param_i[31:0];
  if (AccW == 32) begin : gen_full
    assign v_d = biased;
    logic unused;
    assign unused = vector_i;
  end else begin : gen_narrow
    assign v_d = vector_i ? biased : {{(32-AccW){biased[AccW-1]}}, biased[AccW-1:0]};
  end

  // Quiet while nothing passes.
  always_comb begin
    p_d = '0;
    if (en_i[1]) p_d = 64'($signed(v_q)) * $signed({48'b0, m_q}) + (join_i ? p_q : 64'sd0);
  end
  always_comb begin
    half = '0;
    r    = '0;
    z    = '0;
    y_d  = '0;
    if (en_i[2]) begin
      half = (s2_q == 6'd0) ? 64'sd0 : 64'sd1 <<< (s2_q - 6'd1);
      r    = (p_q + half) >>> s2_q;
      z    = r + 64'($signed(zero_i));
      if (z < 64'($signed(lo_i))) z = 64'($signed(lo_i));
      y_d  = (z > 64'($signed(hi_i))) ? hi_i : z[7:0];  // hi wins, also where lo is above it
    end
  end

  always_ff @(posedge clk_i) begin
    if (en_i[0]) begin
      v_q  <= v_d;
      m_q  <= param_i[47:32];
      s1_q <= param_i[53:48];
    end
    if (en_i[1]) begin
      p_q  <= p_d;
      s2_q <= s1_q;
    end
    if (en_i[2]) y_q <= y_d;
  end

  assign y_o = y_q;

  logic unused_param;
  assign unused_param = ^param_i[63:54];

endmodule
