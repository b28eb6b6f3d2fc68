// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_position: walks output positions row by row and keeps their address.
//
// The feeder uses it for input addresses, post for output addresses.
//
// save_i remembers the position after the current one as a stripe's start,
// rewind_i returns to the remembered start.
//
// Latency     a command of one cycle shows in the next.
// Reset       none: start_i initialises everything.
// Golden      docs/commands.md, Buffers and CONV, Order
// Test        tests/rtl/ds_position_test.cc

module ds_position (
  input  logic         clk_i,

  // Fields of the command, stable while it runs.
  input  logic         par_i,             // parity of row 0
  input  logic [15:0]  base_i,            // words
  input  logic [15:0]  pitch_i,           // words from one row pair to the next
  input  logic [15:0]  row_stride_i,      // words of the even part of the row stride
  input  logic         row_stride_odd_i,
  input  logic [23:0]  column_stride_i,   // bytes
  input  logic [15:0]  columns_i,

  input  logic         start_i,   // go to position 0
  input  logic         next_i,    // go to the next position
  input  logic         rewind_i,  // with next_i: go to the saved start instead
  input  logic         save_i,    // with next_i: the next position is a start

  output logic         par_o,     // group of the position's row
  output logic [16:0]  slot_o,    // words of the row's start inside its group
  output logic [23:0]  byte_o     // bytes from the row's start
);

  logic        par_q, start_par_q, next_par;
  logic [16:0] slot_q, start_slot_q, next_slot;
  logic [23:0] byte_q, start_byte_q, next_byte;
  logic [15:0] left_q, start_left_q, next_left;  // columns left in the row, this one included

  always_comb begin
    if (left_q != 16'd1) begin
      next_par  = par_q;
      next_slot = slot_q;
      next_byte = byte_q + column_stride_i;
      next_left = left_q - 16'd1;
    end else begin
      next_par  = par_q ^ row_stride_odd_i;
      next_slot = slot_q + 17'(row_stride_i) + ((par_q && row_stride_odd_i) ? 17'(pitch_i) : 17'd0);
      next_byte = '0;
      next_left = columns_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      par_q        <= par_i;
      slot_q       <= 17'(base_i);
      byte_q       <= '0;
      left_q       <= columns_i;
      start_par_q  <= par_i;
      start_slot_q <= 17'(base_i);
      start_byte_q <= '0;
      start_left_q <= columns_i;
    end else if (next_i) begin
      par_q  <= rewind_i ? start_par_q : next_par;
      slot_q <= rewind_i ? start_slot_q : next_slot;
      byte_q <= rewind_i ? start_byte_q : next_byte;
      left_q <= rewind_i ? start_left_q : next_left;
      if (save_i) begin
        start_par_q  <= next_par;
        start_slot_q <= next_slot;
        start_byte_q <= next_byte;
        start_left_q <= next_left;
      end
    end
  end

  assign par_o  = par_q;
  assign slot_o = slot_q;
  assign byte_o = byte_q;

endmodule
