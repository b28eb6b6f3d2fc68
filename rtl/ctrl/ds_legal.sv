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
  input  logic         check_i,  // cmd_i is a whole command
  output logic         legal_o   // it is legal; 0 while check_i is low
);

  localparam int V = (Lanes < Columns) ? Lanes : Columns;
  localparam int OffW = $clog2(BusBytes);

  // A function, so that nothing is evaluated while there is nothing to check.
  function automatic logic is_legal(input logic [511:0] cmd);
    logic addresses, stride, tail, head, rows_words;
    logic [15:0] rows, top, bottom;
    logic [1:0]  dest;
    logic        load_ok, no_fill;
    logic window_ok, shape_ok;
    logic [15:0] stripe, last_stripe;
    logic [7:0]  valid;
    logic [2:0]  bits;
    logic        conv_ok, dual_ok, whole;
    logic [1:0] operation;
    logic       vector_ok, two_taps;
    logic store_ok, stamp_ok, no_wait_b;
    addresses  = cmd[2*32 +: OffW] == '0;
    stride     = cmd[3*32 +: OffW] == '0;
    head       = cmd[5*32 +: 6] < 6'(BusBytes);
    tail       = cmd[5*32+16 +: 6] != 6'd0 && cmd[5*32+16 +: 6] <= 6'(BusBytes);
    rows_words = cmd[4*32 +: 16] != 16'd0 && cmd[4*32+16 +: 16] != 16'd0;
    rows    = cmd[4*32 +: 16];
    top     = cmd[7*32 +: 16];
    bottom  = cmd[7*32+16 +: 16];
    dest    = cmd[5*32 +: 2];
    no_fill = cmd[6*32 +: 32] == '0 && cmd[7*32 +: 32] == '0 && !cmd[5*32+2];
    load_ok = addresses && stride && tail && dest != 2'd3 && !cmd[25]
                  && cmd[4*32+16 +: 16] != 16'd0
                  && (rows != 16'd0 || top != 16'd0 || bottom != 16'd0)
                  && (dest == ds_pkg::DestActivation || (rows == 16'd1 && no_fill));
    window_ok = cmd[6*32 +: 8] != 8'd0 && cmd[6*32+8 +: 8] != 8'd0;
    shape_ok  = cmd[7*32 +: 16] != 16'd0 && cmd[7*32+16 +: 16] != 16'd0
                    && cmd[9*32+16 +: 16] != 16'd0;
    stripe      = cmd[8*32 +: 16];
    last_stripe = cmd[9*32 +: 16];
    valid       = cmd[10*32 +: 8];
    bits        = cmd[10*32+8 +: 3];
    dual_ok     = !cmd[10*32+11] || (cmd[6*32 +: 8] == 8'd1 && cmd[15*32+24]);
    whole       = cmd[10*32+12] && cmd[10*32+13];
    conv_ok = window_ok && shape_ok && dual_ok
                  && cmd[5*32 +: 16] != 16'd0
                  && stripe != 16'd0 && stripe <= 16'(AccDepth) && cmd[8*32+16 +: 16] != 16'd0
                  && last_stripe != 16'd0 && last_stripe <= stripe
                  && valid != 8'd0 && valid <= 8'(Columns)
                  && bits >= 3'd2 && bits <= 3'(MaxCodeBits)
                  && cmd[10*32+16 +: 16] != 16'd0 && cmd[11*32+16 +: 16] != 16'd0
                  && (whole || (cmd[8*32+16 +: 16] == 16'd1 && cmd[9*32+16 +: 16] == 16'd1));
    operation = cmd[10*32+8 +: 2];
    two_taps  = (cmd[6*32 +: 8] == 8'd1 && cmd[6*32+8 +: 8] == 8'd2)
                    || (cmd[6*32 +: 8] == 8'd2 && cmd[6*32+8 +: 8] == 8'd1);
    vector_ok = window_ok && shape_ok && valid != 8'd0 && valid <= 8'(V)
                    && operation != 2'd3 && (operation != ds_pkg::VecAddition || two_taps);
    no_wait_b = cmd[23:20] == 4'd0;
    store_ok  = addresses && stride && head && tail && rows_words && no_wait_b;
    stamp_ok  = addresses && no_wait_b;
    case (cmd[7:0])
      ds_pkg::OpLoad:   is_legal = load_ok;
      ds_pkg::OpConv:   is_legal = conv_ok;
      ds_pkg::OpVector: is_legal = vector_ok;
      ds_pkg::OpStore:  is_legal = store_ok;
      ds_pkg::OpStamp:  is_legal = stamp_ok;
      default:          is_legal = 1'b0;
    endcase
    if (cmd[15:8] != ds_pkg::CommandVersion) is_legal = 1'b0;
  endfunction

  always_comb begin
    legal_o = 1'b0;
    if (check_i) legal_o = is_legal(cmd_i);
  end

endmodule
