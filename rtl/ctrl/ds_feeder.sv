// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_feeder: issues one step per cycle from the activation buffer.
//
// Walks a CONV command as stripe, column tile, step, position and a VECTOR
// command as position, channel group, tap. Its flags travel with the data:
// stage 0 is the issue (buffer address), stage 1 the aligned data.
//
// Latency     address in the cycle of the issue, flags of stage 1 one cycle later.
// Throughput  one step per cycle inside a stripe and across tiles and stripes.
// Stall       before a tile's first step until its weights are in the shadow tile;
//             before a stripe's first step until its accumulator bank is free;
//             before a VECTOR command until the post unit has finished all before it.
// Reset       control state.
// Golden      docs/commands.md, CONV and VECTOR
// Test        tests/rtl/ds_feeder_test.cc

module ds_feeder #(
  parameter int Lanes    = 16,
  parameter int Columns  = 16,
  parameter int AccDepth = 256,
  parameter int BusBytes = 16,
  parameter int GroupBytes = 65536  // one activation group
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,

  // Commands.
  input  logic         cmd_valid_i,
  input  logic [511:0] cmd_i,
  output logic         cmd_ready_o,   // with the command's last step
  output logic         done_o,        // signal_a may be given

  // Weights, accumulator banks, post unit.
  input  logic         tile_ready_i,
  output logic         tile_take_o,
  input  logic [1:0]   bank_free_i,
  output logic         bank_claim_o,  // of bank bank_o
  output logic         bank_o,
  input  logic         post_idle_i,   // all earlier commands have left the post unit

  // Stage 0: activation buffer.
  output logic                          read_o,
  output logic                          a_group_o,
  output logic [$clog2(GroupBytes)-1:0] a_addr_o,
  output logic                          b_use_o,
  output logic [$clog2(GroupBytes)-1:0] b_addr_o,
  output logic                          lanes_we_o,  // lane counts changed: take them
  output logic [6:0]                    a_len_o,
  output logic [6:0]                    ab_len_o,

  // Stage 1, CONV: a step for the array and the accumulators.
  output logic                        step_o,
  output logic                        swap_o,
  output logic [$clog2(AccDepth)-1:0] position_o,
  output logic                        first_o,
  output logic                        step_bank_o,
  output logic                        sum_done_o,  // last step of a stripe's column tile

  // Stage 1, VECTOR: a tap.
  output logic       tap_o,
  output logic       tap_first_o,
  output logic       tap_last_o,
  output logic [1:0] tap_operation_o,

  output logic [1:0]  activity_o,
  output logic        active_o,
  output logic        range_o,
  output logic [31:0] range_addr_o
);

  localparam int PosW = $clog2(AccDepth);
  localparam int V = (Lanes < Columns) ? Lanes : Columns;

  // Command fields.
  logic        vector, first, last;
  logic [15:0] columns, rows, stripe_len, stripes, last_len, column_tiles;
  logic [1:0]  operation;
  assign vector       = cmd_i[0];  // of OpConv and OpVector
  assign columns      = cmd_i[7*32 +: 16];
  assign rows         = cmd_i[7*32+16 +: 16];
  assign stripe_len   = cmd_i[8*32 +: 16];
  assign stripes      = cmd_i[8*32+16 +: 16];
  assign last_len     = cmd_i[9*32 +: 16];
  assign column_tiles = cmd_i[9*32+16 +: 16];
  assign operation    = cmd_i[10*32+8 +: 2];
  assign first        = cmd_i[10*32+12];
  assign last         = cmd_i[10*32+13];

  // Loop state. For VECTOR stripe_q counts rows and position_q columns.
  logic        running_q;
  logic [15:0] stripe_q, tile_q, left_q;
  logic [PosW-1:0] position_q;
  logic [23:0] channel_q;
  logic        bank_q, tile_start_q;

  logic start, issue, blocked_bank, blocked_tile, position_end, tile_end, group_end, finish;
  logic win_first, win_last, win_next, win_start, pos_next, pos_rewind, pos_save, new_sum;

  logic        a_par, b_par, o_par;
  logic [16:0] a_slot, b_slot, o_slot;
  logic [23:0] a_byte, b_byte, o_byte;
  logic [6:0]  a_len, ab_len;
  logic        b_use;

  ds_window #(.Lanes(Lanes)) u_window (
    .clk_i, .cmd_i, .vector_i(vector), .start_i(win_start), .next_i(win_next),
    .a_par_o(a_par), .a_slot_o(a_slot), .a_byte_o(a_byte), .a_len_o(a_len),
    .b_use_o(b_use), .b_par_o(b_par), .b_slot_o(b_slot), .b_byte_o(b_byte), .ab_len_o(ab_len),
    .first_o(win_first), .last_o(win_last)
  );

  ds_position u_position (
    .clk_i,
    .par_i           (cmd_i[10*32+14]),
    .base_i          (cmd_i[2*32 +: 16]),
    .pitch_i         (cmd_i[2*32+16 +: 16]),
    .row_stride_i    (cmd_i[6*32+16 +: 16]),
    .row_stride_odd_i(cmd_i[4*32+24]),
    .column_stride_i (cmd_i[4*32 +: 24]),
    .columns_i       (columns),
    .start_i(start), .next_i(pos_next), .rewind_i(pos_rewind), .save_i(pos_save),
    .par_o(o_par), .slot_o(o_slot), .byte_o(o_byte)
  );

  // A stripe's first step needs a free bank, a tile's first step its weights.
  assign start        = !running_q && cmd_valid_i && (!vector || post_idle_i);
  assign new_sum      = !vector && tile_start_q && win_first && first;
  assign blocked_bank = new_sum && !bank_free_i[bank_q];
  assign blocked_tile = !vector && tile_start_q && !tile_ready_i;
  assign issue        = running_q && !blocked_bank && !blocked_tile;

  assign position_end = left_q == 16'd1;
  assign tile_end     = position_end && win_last;                  // CONV: column tile summed
  assign group_end    = win_last && tile_q == 16'd1;               // VECTOR: position done
  assign finish       = issue && (vector ? group_end && position_end && stripe_q == 16'd1
                                         : tile_end && tile_q == 16'd1 && stripe_q == 16'd1);

  assign win_next   = issue && (vector || position_end) && !win_last;
  assign win_start  = start || (issue && (vector || position_end) && win_last && !finish);
  assign pos_next   = issue && (!vector || group_end);
  always_comb begin
    pos_rewind = 1'b0;
    pos_save   = 1'b0;
    if (position_end && !vector) begin
      pos_rewind = !(win_last && tile_q == 16'd1);
      pos_save   = win_last && tile_q == 16'd1;
    end
  end

  // Stage 0 addresses: the position's row plus the window's row.
  logic [15:0] pitch;
  logic [16:0] a_words, b_words;
  logic [23:0] a_addr, b_addr, b_first;
  logic        a_bad, b_bad;
  assign pitch   = cmd_i[2*32+16 +: 16];
  assign a_words = o_slot + a_slot + ((o_par && a_par) ? 17'(pitch) : 17'd0);
  assign a_addr  = (24'(a_words) << $clog2(BusBytes)) + o_byte + a_byte + channel_q;

  // Bytes used, not the whole window of lanes, must lie inside the group.
  logic [6:0] a_used;
  assign a_used = !vector ? a_len : (tile_q == 16'd1) ? cmd_i[10*32 +: 7] : 7'(V);
  assign a_bad  = a_addr >= 24'(GroupBytes) || (a_addr + 24'(a_used)) > 24'(GroupBytes);
  always_comb begin
    b_words = '0;
    b_addr  = '0;
    b_first = '0;
    b_bad   = 1'b0;
    if (b_use) begin
      b_words = o_slot + b_slot + ((o_par && b_par) ? 17'(pitch) : 17'd0);
      b_addr  = (24'(b_words) << $clog2(BusBytes)) + o_byte + b_byte;
      b_first = b_addr + 24'(a_len);
      b_bad   = b_first >= 24'(GroupBytes) || (b_addr + 24'(ab_len)) > 24'(GroupBytes);
    end
  end

  logic step_q, swap_q, first_q, bank1_q, sum_done_q, tap_q, tap_first_q, tap_last_q;
  logic [PosW-1:0] position1_q;
  logic [1:0] operation_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      running_q    <= 1'b0;
      stripe_q     <= '0;
      tile_q       <= '0;
      left_q       <= '0;
      position_q   <= '0;
      channel_q    <= '0;
      bank_q       <= 1'b0;
      tile_start_q <= 1'b0;
      step_q       <= 1'b0;
      swap_q       <= 1'b0;
      sum_done_q   <= 1'b0;
      tap_q        <= 1'b0;
    end else if (clear_i) begin
      {running_q, bank_q, step_q, swap_q, sum_done_q, tap_q} <= '0;
    end else begin
      if (start) begin
        running_q    <= 1'b1;
        stripe_q     <= vector ? rows : stripes;
        tile_q       <= column_tiles;
        left_q       <= vector ? columns : (stripes == 16'd1 ? last_len : stripe_len);
        position_q   <= '0;
        channel_q    <= '0;
        tile_start_q <= 1'b1;
      end else if (issue && vector) begin
        if (win_last) begin
          channel_q <= channel_q + 24'(V);
          tile_q    <= tile_q - 16'd1;
        end
        if (group_end) begin
          channel_q <= '0;
          tile_q    <= column_tiles;
          left_q    <= left_q - 16'd1;
          if (position_end) begin
            left_q   <= columns;
            stripe_q <= stripe_q - 16'd1;
          end
        end
      end else if (issue) begin
        tile_start_q <= position_end;
        left_q       <= left_q - 16'd1;
        position_q   <= position_q + 1'b1;
        if (position_end) begin
          position_q <= '0;
          left_q     <= stripe_q == 16'd1 ? last_len : stripe_len;
        end
        if (tile_end) begin
          tile_q <= tile_q - 16'd1;
          if (last) bank_q <= !bank_q;
          if (tile_q == 16'd1) begin
            tile_q   <= column_tiles;
            stripe_q <= stripe_q - 16'd1;
            left_q   <= stripe_q == 16'd2 ? last_len : stripe_len;
          end
        end
      end
      if (finish) running_q <= 1'b0;
      step_q       <= issue && !vector;
      swap_q       <= issue && !vector && tile_start_q;
      sum_done_q   <= issue && !vector && tile_end;
      tap_q        <= issue && vector;
    end
  end

  always_ff @(posedge clk_i) begin
    if (issue) begin
      position1_q <= position_q;
      first_q     <= win_first && first;
      bank1_q     <= bank_q;
      tap_first_q <= win_first;
      tap_last_q  <= win_last;
      operation_q <= operation;
    end
  end

  assign cmd_ready_o  = finish;
  assign done_o       = finish;
  assign tile_take_o  = issue && !vector && tile_start_q;
  assign bank_claim_o = issue && new_sum;
  assign bank_o       = bank_q;

  assign read_o     = issue;
  assign a_group_o  = o_par ^ a_par;
  assign a_addr_o   = a_addr[$clog2(GroupBytes)-1:0];
  assign b_use_o    = b_use;
  assign b_addr_o   = b_addr[$clog2(GroupBytes)-1:0];
  assign lanes_we_o = issue && tile_start_q;
  assign a_len_o    = a_len;
  assign ab_len_o   = ab_len;

  assign step_o          = step_q;
  assign swap_o          = swap_q;
  assign position_o      = position1_q;
  assign first_o         = first_q;
  assign step_bank_o     = bank1_q;
  assign sum_done_o      = sum_done_q;
  assign tap_o           = tap_q;
  assign tap_first_o     = tap_first_q;
  assign tap_last_o      = tap_last_q;
  assign tap_operation_o = operation_q;

  always_comb begin
    if (issue) activity_o = ds_pkg::ActBusy;
    else if (running_q) activity_o = blocked_tile ? ds_pkg::ActWaitIn : ds_pkg::ActWaitOut;
    else activity_o = cmd_valid_i ? ds_pkg::ActWaitOut : ds_pkg::ActIdle;
  end
  assign active_o     = issue;
  assign range_o      = issue && (a_bad || b_bad);
  assign range_addr_o = a_bad ? 32'(a_addr) : 32'(b_first);

endmodule
