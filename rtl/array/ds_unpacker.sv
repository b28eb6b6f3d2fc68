// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_unpacker: streams packed n-bit codes from the weight buffer into the array.
//
// For each stripe of a CONV command it reads the sweep once, word by word, cuts
// it into groups of GroupRows lanes and writes them, widened to 4 bits, into the
// array's shadow tile. A full tile waits until the feeder takes it; meanwhile the
// gearbox fills up. Commands queue up in front, so the weights of the next command
// load while this one still computes.
//
// Latency     2 cycles from the first read to the first group.
// Throughput  one bus word per cycle, at most one group per cycle.
// Stall       shadow full: until swap_i.
// Range       a read outside the weight buffer raises range_o and reads nothing more.
// Reset       all control state; the gearbox data is data.
// Test        tests/rtl/ds_unpacker_test.cc

module ds_unpacker #(
  parameter int Lanes       = 16,
  parameter int Columns     = 16,
  parameter int MaxCodeBits = 4,
  parameter int BusBytes    = 16,
  parameter int WgtBytes    = 65536,
  parameter int GroupRows   = 4  // ds_top derives it
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,

  // Commands (CONV only).
  input  logic         cmd_valid_i,
  input  logic [511:0] cmd_i,
  output logic         cmd_ready_o,

  // Weight buffer, one cycle of latency.
  output logic                                 read_o,
  output logic [$clog2(WgtBytes/BusBytes)-1:0] raddr_o,
  input  logic [BusBytes*8-1:0]                rdata_i,

  // Shadow tile.
  output logic                           group_we_o,
  output logic [6:0]                     group_o,
  output logic [GroupRows*Columns*4-1:0] group_codes_o,
  input  logic                           swap_i,        // the tile became active
  input  logic                           take_i,        // the feeder issues its first step
  output logic                           tile_ready_o,  // take_i is allowed

  output logic        active_o,
  output logic        range_o,
  output logic [31:0] range_addr_o
);

  localparam int BusBits = BusBytes*8;
  localparam int UnitBits = GroupRows*Columns;  // one bit of every code of a group
  localparam int WordUnits = BusBits/UnitBits;
  localparam int CapUnits = 4 + 2*WordUnits;
  localparam int CountW = $clog2(CapUnits + 1);
  localparam int Groups = Lanes/GroupRows;
  localparam int AddrW = $clog2(WgtBytes/BusBytes);

  // Command fields.
  logic [2:0]  bits;
  logic [15:0] stripes, column_tiles, steps, base, words;
  assign bits         = cmd_i[10*32+8 +: 3];
  assign stripes      = cmd_i[8*32+16 +: 16];
  assign column_tiles = cmd_i[9*32+16 +: 16];
  assign steps        = cmd_i[10*32+16 +: 16];
  assign base         = cmd_i[11*32 +: 16];
  assign words        = cmd_i[11*32+16 +: 16];

  logic running_q;
  logic [15:0] stripe_q, tile_q, step_q;
  logic [15:0] words_left_q;
  logic [16:0] addr_q;
  logic inflight_q;
  logic [CountW-1:0] count_q, count_kept;
  logic [CapUnits*UnitBits-1:0] gear_q;
  logic [6:0] group_q;
  logic full_q, full_d, reserved_q;

  logic start, base_ok, can_read, in_range, group_we, last_group, last_tile, sweep_end;
  logic [CountW-1:0] need;

  assign need = CountW'(bits);

  // Words on the way count as stored, so the gearbox never overflows.
  assign in_range = addr_q < 17'(WgtBytes/BusBytes);
  assign can_read = running_q && words_left_q != 16'd0 && in_range
                 && 32'(count_q) + (inflight_q ? 2*WordUnits : WordUnits) <= CapUnits;
  assign start    = !running_q && cmd_valid_i;  // reads the first word at once
  assign base_ok  = 32'(base) < WgtBytes/BusBytes;

  assign group_we   = running_q && count_q >= need && (!full_q || swap_i);
  assign last_group = group_we && group_q == 7'(Groups - 1);
  assign last_tile  = step_q == 16'd1 && tile_q == 16'd1;
  assign sweep_end  = last_group && last_tile;

  assign count_kept = group_we ? count_q - need : count_q;

  // A tile is reserved from its first step's issue until it becomes active.
  assign full_d       = last_group || (full_q && !swap_i);
  assign tile_ready_o = full_d && (swap_i || !reserved_q);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      running_q    <= 1'b0;
      stripe_q     <= '0;
      tile_q       <= '0;
      step_q       <= '0;
      words_left_q <= '0;
      addr_q       <= '0;
      inflight_q   <= 1'b0;
      count_q      <= '0;
      group_q      <= '0;
      full_q       <= 1'b0;
      reserved_q   <= 1'b0;
    end else if (clear_i) begin
      running_q    <= 1'b0;
      inflight_q   <= 1'b0;
      count_q      <= '0;
      group_q      <= '0;
      full_q       <= 1'b0;
      reserved_q   <= 1'b0;
    end else begin
      full_q     <= full_d;
      inflight_q <= can_read;
      count_q    <= inflight_q ? count_kept + CountW'(WordUnits) : count_kept;
      if (can_read) begin
        words_left_q <= words_left_q - 16'd1;
        addr_q       <= addr_q + 17'd1;
      end
      if (group_we) group_q <= last_group ? 7'd0 : group_q + 7'd1;
      if (last_group) begin
        step_q <= step_q - 16'd1;
        if (step_q == 16'd1) begin
          step_q <= steps;
          tile_q <= tile_q - 16'd1;
        end
      end
      // Sweep done: drop what is left of its last word and start over, or finish.
      if (sweep_end) begin
        tile_q       <= column_tiles;
        words_left_q <= words;
        addr_q       <= {1'b0, base};
        inflight_q   <= 1'b0;
        count_q      <= '0;
        stripe_q     <= stripe_q - 16'd1;
        if (stripe_q == 16'd1) running_q <= 1'b0;
      end
      if (start) begin
        running_q    <= 1'b1;
        stripe_q     <= stripes;
        tile_q       <= column_tiles;
        step_q       <= steps;
        inflight_q   <= base_ok;
        words_left_q <= base_ok ? words - 16'd1 : words;
        addr_q       <= {1'b0, base} + 17'(base_ok);
      end
      reserved_q   <= take_i || (reserved_q && !swap_i);
    end
  end

  // Gearbox: units leave at the bottom, a word enters above what is kept. Bits
  // above the stored units are 0.
  logic [31:0] out_shift, in_shift;
  logic [CapUnits*UnitBits-1:0] word_wide;
  assign out_shift = 32'(need) << $clog2(UnitBits);
  assign in_shift  = 32'(count_kept) << $clog2(UnitBits);
  assign word_wide = {{(CapUnits*UnitBits - BusBits){1'b0}}, rdata_i};
  always_ff @(posedge clk_i) begin
    if (!running_q || sweep_end) gear_q <= '0;
    else if (inflight_q && group_we) gear_q <= (gear_q >> out_shift) | (word_wide << in_shift);
    else if (inflight_q) gear_q <= gear_q | (word_wide << in_shift);
    else if (group_we) gear_q <= gear_q >> out_shift;
  end

  // Widen n-bit codes to sign and 3-bit exponent.
  logic [GroupRows*Columns*4-1:0] codes;
  always_comb begin
    codes = '0;
    if (group_we) begin
      for (int c = 0; c < GroupRows*Columns; c = c + 1) begin
        if (bits == 3'd2 || MaxCodeBits == 2) begin
          codes[c*4 +: 4] = {gear_q[c*2+1], 2'b00, gear_q[c*2]};
        end else if (bits == 3'd3 || MaxCodeBits == 3) begin
          codes[c*4 +: 4] = {gear_q[c*3+2], 1'b0, gear_q[c*3 +: 2]};
        end else begin
          codes[c*4 +: 4] = gear_q[c*4 +: 4];
        end
      end
    end
  end

  assign cmd_ready_o   = sweep_end && stripe_q == 16'd1;
  assign read_o        = can_read || (start && base_ok);
  assign raddr_o       = start ? base[AddrW-1:0] : addr_q[AddrW-1:0];
  assign group_we_o    = group_we;
  assign group_o       = group_q;
  assign group_codes_o = codes;
  assign active_o      = start || can_read || group_we;
  assign range_o       = running_q && words_left_q != 16'd0 && !in_range;
  assign range_addr_o  = 32'(addr_q) << $clog2(BusBytes);

  logic unused;
  assign unused = ^cmd_i;

endmodule
