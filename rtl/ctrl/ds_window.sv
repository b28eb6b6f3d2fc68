// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_window: walks the runs and steps of a kernel window (docs/commands.md).
//
// Shows the current step: where its one or two parts start, relative to the
// output position, and how many bytes each holds. For VECTOR commands a step is
// one tap: every run is one step without a second part.
//
// Latency     start_i or next_i in one cycle, the new step in the next.
// Reset       none: start_i initialises everything.
// Golden      docs/commands.md, CONV, Steps
// Test        tests/rtl/ds_window_test.cc

module ds_window #(
  parameter int Lanes = 16
) (
  input  logic         clk_i,

  input  logic [511:0] cmd_i,     // CONV or VECTOR
  input  logic         vector_i,  // cmd_i is VECTOR
  input  logic         start_i,   // go to the first step of cmd_i
  input  logic         next_i,    // go to the next step

  // Row of the first part relative to the position's row: parity, words of even
  // row pairs; byte offset in the row; bytes.
  output logic         a_par_o,
  output logic [16:0]  a_slot_o,
  output logic [23:0]  a_byte_o,
  output logic [6:0]   a_len_o,
  // The same of the second part while b_use_o. Its byte offset is such that lane
  // a_len_o reads the run's first byte.
  output logic         b_use_o,
  output logic         b_par_o,
  output logic [16:0]  b_slot_o,
  output logic [23:0]  b_byte_o,
  output logic [6:0]   ab_len_o,  // lanes used by both parts

  output logic         first_o,   // first step of the window
  output logic         last_o     // last step of the window
);

  // Command fields.
  logic [15:0] pitch, run_len, row_step;
  logic [23:0] x0, run_step;
  logic [7:0]  runs_x, runs_y;
  logic        row_step_odd, dual;
  assign pitch        = cmd_i[2*32+16 +: 16];
  assign x0           = cmd_i[3*32 +: 24];
  assign run_len      = vector_i ? 16'd1 : cmd_i[5*32 +: 16];
  assign row_step     = cmd_i[5*32+16 +: 16];
  assign runs_x       = cmd_i[6*32 +: 8];
  assign runs_y       = cmd_i[6*32+8 +: 8];
  assign dual         = !vector_i && cmd_i[10*32+11];
  assign run_step     = cmd_i[15*32 +: 24];
  assign row_step_odd = cmd_i[15*32+24];

  logic        first_q, par_q;
  logic [7:0]  x_left_q, y_left_q;  // runs left, this one included
  logic [16:0] slot_q;
  logic [23:0] run_byte_q, byte_q;
  logic [15:0] run_left_q;

  logic [16:0] down_slot, down2_slot;
  logic        down_par, ends, last_run, b_whole;
  logic [6:0]  a_len, b_room, b_len;

  // One and two kernel rows further down.
  always_comb begin
    down_par   = 1'b0;
    down_slot  = '0;
    down2_slot = '0;
    if (b_use_o || next_i) begin
      down_par   = par_q ^ row_step_odd;
      down_slot  = slot_q + 17'(row_step) + ((par_q && row_step_odd) ? 17'(pitch) : 17'd0);
      down2_slot = down_slot + 17'(row_step)
                 + ((down_par && row_step_odd) ? 17'(pitch) : 17'd0);
    end
  end

  assign last_run = x_left_q == 8'd1 && y_left_q == 8'd1;
  assign ends     = run_left_q <= 16'(Lanes);
  assign a_len    = ends ? run_left_q[6:0] : 7'(Lanes);
  assign b_use_o  = dual && a_len != 7'(Lanes) && !last_run;

  always_comb begin
    b_room   = '0;
    b_whole  = 1'b0;
    b_len    = '0;
    b_byte_o = '0;
    if (b_use_o) begin
      b_room   = 7'(Lanes) - a_len;
      b_whole  = run_len <= 16'(b_room);
      b_len    = b_whole ? run_len[6:0] : b_room;
      b_byte_o = x0 - 24'(a_len);
    end
  end

  assign a_par_o  = par_q;
  assign a_slot_o = slot_q;
  assign a_byte_o = byte_q;
  assign a_len_o  = a_len;
  assign b_par_o  = down_par;
  assign b_slot_o = down_slot;
  assign ab_len_o = a_len + b_len;
  assign first_o  = first_q;
  assign last_o   = b_use_o ? (b_whole && y_left_q == 8'd2) : (ends && last_run);

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      first_q    <= 1'b1;
      par_q      <= 1'b0;
      slot_q     <= '0;
      x_left_q   <= runs_x;
      y_left_q   <= runs_y;
      run_byte_q <= x0;
      byte_q     <= x0;
      run_left_q <= run_len;
    end else if (next_i) begin
      first_q <= 1'b0;
      if (b_use_o) begin
        // The second part was in the next kernel row; go on there or below it.
        par_q      <= b_whole ? par_q : down_par;
        slot_q     <= b_whole ? down2_slot : down_slot;
        y_left_q   <= b_whole ? y_left_q - 8'd2 : y_left_q - 8'd1;
        byte_q     <= b_whole ? x0 : x0 + 24'(b_len);
        run_left_q <= b_whole ? run_len : run_len - 16'(b_len);
      end else if (!ends) begin
        byte_q     <= byte_q + 24'(Lanes);
        run_left_q <= run_left_q - 16'(Lanes);
      end else begin
        run_left_q <= run_len;
        if (x_left_q != 8'd1) begin
          x_left_q   <= x_left_q - 8'd1;
          run_byte_q <= run_byte_q + run_step;
          byte_q     <= run_byte_q + run_step;
        end else begin
          x_left_q   <= runs_x;
          y_left_q   <= y_left_q - 8'd1;
          par_q      <= down_par;
          slot_q     <= down_slot;
          run_byte_q <= x0;
          byte_q     <= x0;
        end
      end
    end
  end

  logic unused;
  assign unused = ^cmd_i;

endmodule
