// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_post_stages: stages 1 to 4 of the post unit: pools, requantization, write.
//
// Stage 1 takes the sums read from a bank or the pools' values, stages 1 to 3 are
// ds_requant in every column, stage 4 writes the output buffer. Address, length
// and command end travel along.
//
// Latency     4 cycles from stage 0 to the write.
// Throughput  one vector per cycle.
// Stall       none.
// Range       a write outside the output buffer raises range_o and is dropped.
// Reset       flags; what travels with them is data.
// Golden      docs/arithmetic.md sections 3 to 5
// Test        tests/rtl/ds_post_test.cc

module ds_post_stages #(
  parameter int Lanes    = 16,
  parameter int Columns  = 16,
  parameter int AccW     = 32,
  parameter int OutBytes = 65536
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,

  // Stage 0.
  input  logic        write_i,   // an output starts
  input  logic        hold_i,    // the first operand of an addition starts
  input  logic        join_i,    // write_i is an addition's second operand
  input  logic        done_i,    // a command's last output, or its end without one
  input  logic        give_i,    // with done_i: the command gives signal_b
  input  logic [31:0] index_i,   // of the command
  input  logic        vector_i,  // values come from the pools
  input  logic [24:0] addr_i,    // byte in the output buffer
  input  logic [6:0]  len_i,
  input  logic [23:0] clamp_i,   // zero_out, hi, lo

  // Taps, in stage 0.
  input  logic               tap_i,
  input  logic               tap_first_i,
  input  logic [1:0]         tap_operation_i,
  input  logic [Lanes*8-1:0] x_i,

  // Stage 1.
  input  logic [Columns*AccW-1:0] acc_rdata_i,
  input  logic [Columns*64-1:0]   params_i,

  // Stage 4.
  output logic                        we_o,
  output logic [$clog2(OutBytes)-1:0] waddr_o,
  output logic [6:0]                  wlen_o,
  output logic [Columns*8-1:0]        wdata_o,
  output logic                        done_o,
  output logic                        done_give_o,
  output logic [31:0]                 index_o,
  output logic                        idle_o,        // nothing in any stage
  output logic                        range_o,
  output logic [31:0]                 range_addr_o
);

  localparam int V = (Lanes < Columns) ? Lanes : Columns;

  // What travels with the data; bit or number n belongs to stage n.
  logic [4:1]  valid_q, write_q, done_q;  // a value; it is an output; it ends a command
  logic        give1_q, give2_q, give3_q, give4_q;
  logic        vector1_q, join1_q, join2_q;
  logic [24:0] addr1_q, addr2_q, addr3_q, addr4_q;
  logic [31:0] index1_q, index2_q, index3_q, index4_q;
  logic [6:0]  len1_q, len2_q, len3_q, len4_q;
  logic [23:0] clamp1_q, clamp2_q, clamp3_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= '0;
      write_q <= '0;
      done_q  <= '0;
    end else if (clear_i) begin
      valid_q <= '0;
      write_q <= '0;
      done_q  <= '0;
    end else begin
      valid_q <= {valid_q[3:1], write_i || hold_i};
      write_q <= {write_q[3:1], write_i};
      done_q  <= {done_q[3:1], done_i};
    end
  end

  always_ff @(posedge clk_i) begin
    if (write_i || hold_i || done_i) begin
      vector1_q <= vector_i;
      join1_q   <= join_i;
      give1_q   <= give_i;
      index1_q  <= index_i;
      addr1_q   <= addr_i;
      len1_q    <= len_i;
      clamp1_q  <= clamp_i;
    end
    if (valid_q[1] || done_q[1]) begin
      join2_q  <= join1_q;
      give2_q  <= give1_q;
      index2_q <= index1_q;
      addr2_q  <= addr1_q;
      len2_q   <= len1_q;
      clamp2_q <= clamp1_q;
    end
    if (valid_q[2] || done_q[2]) begin
      give3_q  <= give2_q;
      index3_q <= index2_q;
      addr3_q  <= addr2_q;
      len3_q   <= len2_q;
      clamp3_q <= clamp2_q;
    end
    if (valid_q[3] || done_q[3]) begin
      give4_q  <= give3_q;
      index4_q <= index3_q;
      addr4_q  <= addr3_q;
      len4_q   <= len3_q;
    end
  end

  // Stage 1 data: the bank's sums or the pools' values.
  for (genvar j = 0; j < Columns; j++) begin : gen_column
    logic [31:0] sum;
    if (AccW == 32) begin : gen_full
      assign sum = acc_rdata_i[j*AccW +: AccW];
    end else begin : gen_narrow
      assign sum = {{(32-AccW){1'b0}}, acc_rdata_i[j*AccW +: AccW]};
    end

    logic [31:0] value;
    if (j < V) begin : gen_pool
      logic [31:0] pooled;
      ds_pool u_pool (
        .clk_i,
        .tap_i    (tap_i),
        // An addition's operands pass one by one.
        .first_i  (tap_first_i || tap_operation_i == ds_pkg::VecAddition),
        .maximum_i(tap_operation_i == ds_pkg::VecMaximum),
        .x_i      (x_i[j*8 +: 8]),
        .value_o  (pooled)
      );
      assign value = vector1_q ? pooled : sum;
    end else begin : gen_no_pool
      assign value = sum;
    end

    ds_requant #(.AccW(AccW)) u_requant (
      .clk_i,
      .en_i    (valid_q[3:1]),
      .vector_i(vector1_q),
      .join_i  (join2_q),
      .sum_i   (value),
      .param_i (params_i[j*64 +: 64]),
      .zero_i  (clamp3_q[23:16]),
      .lo_i    (clamp3_q[7:0]),
      .hi_i    (clamp3_q[15:8]),
      .y_o     (wdata_o[j*8 +: 8])
    );
  end

  logic in_range;
  always_comb begin
    in_range = 1'b0;
    if (write_q[4]) in_range = (addr4_q + 25'(len4_q)) <= 25'(OutBytes);
  end

  assign we_o         = in_range;
  assign waddr_o      = addr4_q[$clog2(OutBytes)-1:0];
  assign wlen_o       = len4_q;
  assign done_o       = done_q[4];
  assign done_give_o  = give4_q;
  assign index_o      = index4_q;
  assign idle_o       = valid_q == 4'd0 && done_q == 4'd0;
  assign range_o      = write_q[4] && !in_range;
  assign range_addr_o = 32'(addr4_q);

  logic unused;
  assign unused = ^x_i;

endmodule
