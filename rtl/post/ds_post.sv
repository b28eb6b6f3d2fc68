// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_post: turns finished sums and pooled values into output bytes.
//
// Walks the same loops as the feeder with its own copy of the command. A CONV
// bank is drained position by position once its last step is accumulated; taps
// of a VECTOR command pass through the pools. This module is stage 0, which reads
// bank and parameters; ds_post_stages is the rest.
//
// Latency     4 cycles from stage 0 to the write.
// Throughput  one position of a column tile, or one tap, per cycle.
// Stall       none once a value has entered stage 0.
// Range       a write outside the output buffer or a parameter entry outside the
//             parameter buffer raises range_o; the write is dropped.
// Reset       control state.
// Golden      docs/arithmetic.md sections 3 to 5, docs/commands.md
// Test        tests/rtl/ds_post_test.cc

module ds_post #(
  parameter int Lanes        = 16,
  parameter int Columns      = 16,
  parameter int AccW         = 32,
  parameter int AccDepth     = 256,
  parameter int BusBytes     = 16,
  parameter int OutBytes     = 65536,
  parameter int ParamEntries = 256
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,
  input  logic abort_i,

  // Commands.
  input  logic         cmd_valid_i,
  input  logic [511:0] cmd_i,
  input  logic [31:0]  index_i,      // of the command in the list
  output logic         cmd_ready_o,
  output logic         running_o,
  output logic         done_o,       // last output written: signal_b may be given
  output logic         done_give_o,  // the command asked for it
  output logic [31:0]  done_index_o,
  output logic         idle_o,       // no command and no value under way

  // Accumulators.
  input  logic                        sum_done_i,   // a column tile's sums are stored
  output logic                        bank_free_o,  // bank bank_o is drained
  output logic                        bank_o,
  output logic                        acc_read_o,
  output logic [$clog2(AccDepth)-1:0] acc_position_o,
  input  logic [Columns*AccW-1:0]     acc_rdata_i,

  // Taps, at the feeder's stage 1.
  input  logic               tap_i,
  input  logic               tap_first_i,
  input  logic               tap_last_i,
  input  logic [1:0]         tap_operation_i,
  input  logic [Lanes*8-1:0] x_i,

  // Parameters.
  output logic                            param_read_o,
  output logic [$clog2(ParamEntries)-1:0] param_entry_o,
  input  logic [Columns*64-1:0]           params_i,

  // Output buffer.
  output logic                        we_o,
  output logic [$clog2(OutBytes)-1:0] waddr_o,
  output logic [6:0]                  wlen_o,
  output logic [Columns*8-1:0]        wdata_o,

  output logic [1:0]  activity_o,
  output logic        active_o,
  output logic        range_o,
  output logic [31:0] range_addr_o,
  output logic [31:0] range_index_o  // without an error: of the oldest command
);

  localparam int PosW = $clog2(AccDepth);
  localparam int EntryW = $clog2(ParamEntries);
  localparam int V = (Lanes < Columns) ? Lanes : Columns;

  // Command fields.
  logic        vector, last;
  logic [15:0] columns, rows, stripe_len, stripes, last_len, column_tiles, param_base;
  logic [23:0] out_base;
  assign vector        = cmd_i[0];  // of OpConv and OpVector
  assign columns       = cmd_i[7*32 +: 16];
  assign rows          = cmd_i[7*32+16 +: 16];
  assign stripe_len    = cmd_i[8*32 +: 16];
  assign stripes       = cmd_i[8*32+16 +: 16];
  assign last_len      = cmd_i[9*32 +: 16];
  assign column_tiles  = cmd_i[9*32+16 +: 16];
  assign last          = cmd_i[10*32+13];
  assign out_base      = cmd_i[12*32 +: 24];
  assign param_base    = cmd_i[14*32 +: 16];

  logic        running_q, bank_q, fresh_q;
  logic [15:0] stripe_q, tile_q, left_q, entry_q;
  logic [PosW-1:0] position_q;
  logic [23:0] channel_q;
  logic [2:0]  sums_q;  // column tiles accumulated but not drained
  logic        take_sum;

  // Stage 0.
  logic start, drain, skip, tap, hold, output_now, tile_end, group_end, finish;
  logic pos_next, pos_rewind, pos_save;
  assign start = !running_q && cmd_valid_i;
  assign drain = running_q && !vector && last && sums_q != 3'd0;
  assign skip  = running_q && !vector && !last && sums_q != 3'd0;  // sums stay for the next command
  assign tap   = running_q && vector && tap_i;
  assign hold  = tap && tap_operation_i == ds_pkg::VecAddition && tap_first_i;
  assign output_now = drain || (tap && tap_last_i);

  assign tile_end  = drain && left_q == 16'd1;
  assign group_end = tap && tap_last_i && tile_q == 16'd1;
  assign finish    = skip
                  || (tile_end && tile_q == 16'd1 && stripe_q == 16'd1)
                  || (group_end && left_q == 16'd1 && stripe_q == 16'd1);
  assign take_sum  = skip || tile_end;

  assign pos_next   = drain || group_end;
  assign pos_rewind = tile_end && tile_q != 16'd1;
  assign pos_save   = tile_end && tile_q == 16'd1;

  logic [16:0] o_slot;
  logic [23:0] o_byte;
  logic        unused_par;
  ds_position u_position (
    .clk_i,
    .par_i           (1'b0),
    .base_i          (16'd0),
    .pitch_i         (16'd0),
    .row_stride_i    (cmd_i[13*32+16 +: 16]),
    .row_stride_odd_i(1'b0),
    .column_stride_i ({8'd0, cmd_i[13*32 +: 16]}),
    .columns_i       (columns),
    .start_i(start), .next_i(pos_next), .rewind_i(pos_rewind), .save_i(pos_save),
    .par_o(unused_par), .slot_o(o_slot), .byte_o(o_byte)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      running_q  <= 1'b0;
      bank_q     <= 1'b0;
      fresh_q    <= 1'b0;
      stripe_q   <= '0;
      tile_q     <= '0;
      left_q     <= '0;
      entry_q    <= '0;
      position_q <= '0;
      channel_q  <= '0;
      sums_q     <= '0;
    end else if (clear_i) begin
      running_q <= 1'b0;
      bank_q    <= 1'b0;
      sums_q    <= '0;
    end else begin
      if (sum_done_i != take_sum) sums_q <= sum_done_i ? sums_q + 3'd1 : sums_q - 3'd1;
      if (start) begin
        running_q  <= 1'b1;
        fresh_q    <= 1'b1;
        stripe_q   <= vector ? rows : stripes;
        tile_q     <= column_tiles;
        left_q     <= vector ? columns : (stripes == 16'd1 ? last_len : stripe_len);
        entry_q    <= param_base;
        position_q <= '0;
        channel_q  <= '0;
      end else if (drain) begin
        fresh_q    <= tile_end;
        left_q     <= left_q - 16'd1;
        position_q <= position_q + 1'b1;
        if (tile_end) begin
          bank_q     <= !bank_q;
          position_q <= '0;
          tile_q     <= tile_q - 16'd1;
          entry_q    <= entry_q + 16'd1;
          channel_q  <= channel_q + 24'(Columns);
          left_q     <= stripe_q == 16'd1 ? last_len : stripe_len;
          if (tile_q == 16'd1) begin
            tile_q    <= column_tiles;
            entry_q   <= param_base;
            channel_q <= '0;
            stripe_q  <= stripe_q - 16'd1;
            left_q    <= stripe_q == 16'd2 ? last_len : stripe_len;
          end
        end
      end else if (tap && tap_last_i) begin
        tile_q    <= tile_q - 16'd1;
        channel_q <= channel_q + 24'(V);
        if (group_end) begin
          tile_q    <= column_tiles;
          channel_q <= '0;
          left_q    <= left_q - 16'd1;
          if (left_q == 16'd1) begin
            left_q   <= columns;
            stripe_q <= stripe_q - 16'd1;
          end
        end
      end
      if (finish) running_q <= 1'b0;
    end
  end

  logic        second, stages_idle, write_bad;
  logic [31:0] write_bad_addr;
  assign second = tap && tap_operation_i == ds_pkg::VecAddition && !tap_first_i;
  ds_post_stages #(
    .Lanes(Lanes), .Columns(Columns), .AccW(AccW), .OutBytes(OutBytes)
  ) u_stages (
    .clk_i, .rst_ni, .clear_i,
    .write_i(output_now), .hold_i(hold), .join_i(second), .done_i(finish), .give_i(cmd_i[25]),
    .index_i, .vector_i(vector),
    .addr_i ({1'b0, out_base} + 25'({o_slot, {$clog2(BusBytes){1'b0}}}) + 25'(o_byte)
             + 25'(channel_q)),
    .len_i  ((tile_q == 16'd1) ? cmd_i[10*32 +: 7] : vector ? 7'(V) : 7'(Columns)),
    .clamp_i({cmd_i[12*32+24 +: 8], cmd_i[14*32+16 +: 16]}),
    .tap_i, .tap_first_i, .tap_operation_i, .x_i, .acc_rdata_i, .params_i,
    .we_o, .waddr_o, .wlen_o, .wdata_o,
    .done_o, .done_give_o, .index_o(done_index_o), .idle_o(stages_idle),
    .range_o(write_bad), .range_addr_o(write_bad_addr)
  );

  // An addition's second operand uses the entry after the first's.
  logic        entry_bad;
  logic [16:0] entry;
  assign entry     = {1'b0, entry_q} + 17'(second);
  assign entry_bad = param_read_o && entry >= 17'(ParamEntries);

  assign cmd_ready_o    = finish;
  assign running_o      = running_q;
  assign idle_o         = !running_q && !cmd_valid_i && stages_idle;
  assign bank_free_o    = tile_end;
  assign bank_o         = bank_q;
  assign acc_read_o     = drain;
  assign acc_position_o = position_q;
  // Sets change with the column tile, and with every operand of an addition.
  assign param_read_o   = (drain && fresh_q) || tap;
  assign param_entry_o  = entry[EntryW-1:0];
  assign range_o        = entry_bad || write_bad;
  assign range_addr_o   = entry_bad ? 32'(entry) << $clog2(Columns*8) : write_bad_addr;
  assign range_index_o  = write_bad && !entry_bad && !abort_i ? done_index_o : index_i;

  always_comb begin
    if (drain || tap) activity_o = ds_pkg::ActBusy;
    else if (running_q || cmd_valid_i) activity_o = ds_pkg::ActWaitIn;
    else activity_o = ds_pkg::ActIdle;
  end
  assign active_o = drain || tap || skip;

  logic unused;
  assign unused = unused_par ^ (^cmd_i);

endmodule
