// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_legal: says whether a command keeps the rules of docs/commands.md.
//
// Combinational.
//
// Golden      docs/commands.md, Illegal commands
// Test        tests/rtl/ds_legal_test.cc

module ds_legal #(
  parameter int Lanes       = 16,
  parameter int Columns     = 16,
  parameter int MaxCodeBits = 4,
  parameter int AccDepth    = 256,
  parameter int BusBytes    = 16
) (
  input  logic [511:0] cmd_i,
  output logic         legal_o
);

  localparam int V = (Lanes < Columns) ? Lanes : Columns;
  localparam int OffW = $clog2(BusBytes);

  logic addresses, stride, tail, head, rows_words;
  assign addresses  = cmd_i[2*32 +: OffW] == '0;
  assign stride     = cmd_i[3*32 +: OffW] == '0;
  assign head       = cmd_i[5*32 +: 6] < 6'(BusBytes);
  assign tail       = cmd_i[5*32+16 +: 6] != 6'd0 && cmd_i[5*32+16 +: 6] <= 6'(BusBytes);
  assign rows_words = cmd_i[4*32 +: 16] != 16'd0 && cmd_i[4*32+16 +: 16] != 16'd0;

  logic [15:0] rows, top, bottom;
  logic [1:0]  dest;
  logic        load_ok, no_fill;
  assign rows    = cmd_i[4*32 +: 16];
  assign top     = cmd_i[7*32 +: 16];
  assign bottom  = cmd_i[7*32+16 +: 16];
  assign dest    = cmd_i[5*32 +: 2];
  assign no_fill = cmd_i[6*32 +: 32] == '0 && cmd_i[7*32 +: 32] == '0 && !cmd_i[5*32+2];
  assign load_ok = addresses && stride && tail && dest != 2'd3 && !cmd_i[25]
                && cmd_i[4*32+16 +: 16] != 16'd0
                && (rows != 16'd0 || top != 16'd0 || bottom != 16'd0)
                && (dest == ds_pkg::DestActivation || (rows == 16'd1 && no_fill));

  logic window_ok, shape_ok;
  assign window_ok = cmd_i[6*32 +: 8] != 8'd0 && cmd_i[6*32+8 +: 8] != 8'd0;
  assign shape_ok  = cmd_i[7*32 +: 16] != 16'd0 && cmd_i[7*32+16 +: 16] != 16'd0
                  && cmd_i[9*32+16 +: 16] != 16'd0;

  logic [15:0] stripe, last_stripe;
  logic [7:0]  valid;
  logic [2:0]  bits;
  logic        conv_ok, dual_ok, whole;
  assign stripe      = cmd_i[8*32 +: 16];
  assign last_stripe = cmd_i[9*32 +: 16];
  assign valid       = cmd_i[10*32 +: 8];
  assign bits        = cmd_i[10*32+8 +: 3];
  assign dual_ok     = !cmd_i[10*32+11] || (cmd_i[6*32 +: 8] == 8'd1 && cmd_i[15*32+24]);
  assign whole       = cmd_i[10*32+12] && cmd_i[10*32+13];
  assign conv_ok = window_ok && shape_ok && dual_ok
                && cmd_i[5*32 +: 16] != 16'd0
                && stripe != 16'd0 && stripe <= 16'(AccDepth) && cmd_i[8*32+16 +: 16] != 16'd0
                && last_stripe != 16'd0 && last_stripe <= stripe
                && valid != 8'd0 && valid <= 8'(Columns)
                && bits >= 3'd2 && bits <= 3'(MaxCodeBits)
                && cmd_i[10*32+16 +: 16] != 16'd0 && cmd_i[11*32+16 +: 16] != 16'd0
                && (whole || (cmd_i[8*32+16 +: 16] == 16'd1 && cmd_i[9*32+16 +: 16] == 16'd1));

  logic [1:0] operation;
  logic       vector_ok, two_taps;
  assign operation = cmd_i[10*32+8 +: 2];
  assign two_taps  = (cmd_i[6*32 +: 8] == 8'd1 && cmd_i[6*32+8 +: 8] == 8'd2)
                  || (cmd_i[6*32 +: 8] == 8'd2 && cmd_i[6*32+8 +: 8] == 8'd1);
  assign vector_ok = window_ok && shape_ok && valid != 8'd0 && valid <= 8'(V)
                  && operation != 2'd3 && (operation != ds_pkg::VecAddition || two_taps);

  logic store_ok, stamp_ok, no_wait_b;
  assign no_wait_b = cmd_i[23:20] == 4'd0;
  assign store_ok  = addresses && stride && head && tail && rows_words && no_wait_b;
  assign stamp_ok  = addresses && no_wait_b;

  always_comb begin
    case (cmd_i[7:0])
      ds_pkg::OpLoad:   legal_o = load_ok;
      ds_pkg::OpConv:   legal_o = conv_ok;
      ds_pkg::OpVector: legal_o = vector_ok;
      ds_pkg::OpStore:  legal_o = store_ok;
      ds_pkg::OpStamp:  legal_o = stamp_ok;
      default:          legal_o = 1'b0;
    endcase
    if (cmd_i[15:8] != ds_pkg::CommandVersion) legal_o = 1'b0;
  end

  logic unused;
  assign unused = ^cmd_i;

endmodule
