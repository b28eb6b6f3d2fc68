// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_store: store unit: copies output buffer rows to memory and writes stamps.
//
// Announces write bursts ahead, reads the output buffer into a short FIFO and
// sends a burst's beats once its address was accepted. A command ends when every
// response has arrived.
//
// Latency     2 cycles from the buffer read to the write beat.
// Throughput  one beat per cycle; up to 4 bursts announced ahead of their data.
// Stall       by the bus.
// Range       a read outside the output buffer raises an error.
// Reset       control state.
// Golden      docs/commands.md, STORE and STAMP
// Test        tests/rtl/ds_store_test.cc

module ds_store #(
  parameter int BusBytes = 16,
  parameter int OutBytes = 65536
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,
  input  logic abort_i,  // announce no further burst

  // Commands: index in the list above the 16 words.
  input  logic         push_i,
  input  logic [543:0] cmd_i,
  output logic         full_o,

  // Tokens.
  input  logic [7:0] count_a_i,
  output logic       take_o,
  output logic [3:0] take_a_o,
  output logic       give_a_o,
  output logic       give_b_o,

  input  logic [63:0] cycles_i,  // of the job

  // AXI write channels.
  output logic                  awvalid_o,
  output logic [31:0]           awaddr_o,
  output logic [7:0]            awlen_o,
  input  logic                  awready_i,
  output logic                  wvalid_o,
  output logic [BusBytes*8-1:0] wdata_o,
  output logic [BusBytes-1:0]   wstrb_o,
  output logic                  wlast_o,
  input  logic                  wready_i,
  input  logic                  bvalid_i,
  input  logic [1:0]            bresp_i,

  // Output buffer.
  output logic                                 read_o,
  output logic [$clog2(OutBytes/BusBytes)-1:0] raddr_o,
  input  logic [BusBytes*8-1:0]                rdata_i,

  output logic [1:0]  activity_o,
  output logic        idle_o,        // no command, nothing outstanding
  output logic        quiet_o,       // nothing outstanding
  output logic        error_o,
  output logic [7:0]  error_code_o,
  output logic [31:0] error_index_o,
  output logic [31:0] error_addr_o
);

  localparam int OffW = $clog2(BusBytes);
  localparam int WordW = $clog2(OutBytes/BusBytes);

  logic [543:0] cmd;
  logic         empty, stamp, finish;
  logic [15:0]  rows, words, base, pitch;
  logic [5:0]   head, tail;
  ds_fifo #(.Width(544), .Depth(4)) u_queue (
    .clk_i, .clear_i, .push_i, .data_i(cmd_i), .full_o,
    .pop_i(finish), .data_o(cmd), .empty_o(empty)
  );
  assign stamp = cmd[7:0] == ds_pkg::OpStamp;
  assign rows  = stamp ? 16'd1 : cmd[4*32 +: 16];
  assign words = stamp ? 16'd1 : cmd[4*32+16 +: 16];
  assign head  = stamp ? 6'd0 : cmd[5*32 +: 6];
  assign tail  = stamp ? 6'(BusBytes) : cmd[5*32+16 +: 6];
  assign base  = cmd[8*32 +: 16];
  assign pitch = cmd[8*32+16 +: 16];

  // Announcing: one write address per burst.
  logic        running_q, start;
  logic        awvalid_q, aw_free, announce, row_end, lens_full, bursts_full;
  logic [31:0] row_addr_q, addr_q, awaddr_q, next_row;
  logic [15:0] rows_q, words_q;
  logic [7:0]  beats, awlen_q;
  logic [63:0] stamp_q;

  ds_burst #(.BusBytes(BusBytes)) u_burst (
    .en_i(announce), .addr_i(addr_q), .words_i(words_q), .beats_o(beats)
  );

  assign aw_free  = !awvalid_q || awready_i;
  always_comb begin
    start    = 1'b0;
    announce = 1'b0;
    finish   = 1'b0;
    if (running_q) begin
      announce = rows_q != 16'd0 && aw_free && ahead_q < 3'd4 && !bursts_full && !abort_i;
      finish   = rows_q == 16'd0 && !awvalid_q && bursts_empty;
    end else if (!empty) begin
      start = !abort_i && count_a_i >= {4'b0, cmd[19:16]};
    end
  end
  assign row_end  = announce && words_q == 16'(beats);
  assign next_row = row_addr_q + cmd[3*32 +: 32];

  // Accepted bursts whose beats are to be sent, and all that await a response.
  logic [2:0]  ahead_q;  // bursts announced whose beats are not all sent
  logic        aw_done, lens_empty, len_pop, bursts_empty;
  logic [7:0]  len;
  logic [31:0] burst;
  assign aw_done = awvalid_q && awready_i;
  ds_fifo #(.Width(8), .Depth(4)) u_lens (
    .clk_i, .clear_i, .push_i(aw_done), .data_i(awlen_q), .full_o(lens_full),
    .pop_i(len_pop), .data_o(len), .empty_o(lens_empty)
  );
  ds_fifo #(.Width(32), .Depth(16)) u_bursts (
    .clk_i, .clear_i, .push_i(announce), .data_i(addr_q), .full_o(bursts_full),
    .pop_i(bvalid_i), .data_o(burst), .empty_o(bursts_empty)
  );

  // Reading: rows of the output buffer into a FIFO of 4 words.
  logic        reading_q, read, read_row_end, read_q, stamp_read_q, in_range;
  logic [15:0] read_rows_q, read_word_q;
  logic [17:0] read_base_q, read_addr;
  logic [2:0]  credit_q;  // words read but not sent
  logic [BusBytes-1:0] strobes, strobes_q;
  logic [BusBytes*8-1:0] fifo_data;
  logic        fifo_full, fifo_empty, fifo_pop;

  assign read = reading_q && credit_q < 3'd4;
  always_comb begin
    read_row_end = 1'b0;
    read_addr    = '0;
    in_range     = 1'b0;
    strobes      = '0;
    if (read) begin
      read_row_end = read_word_q + 16'd1 == words;
      read_addr    = read_base_q + 18'(read_word_q);
      in_range     = stamp || read_addr < 18'(OutBytes/BusBytes);
      for (int b = 0; b < BusBytes; b = b + 1) begin
        strobes[b] = !(read_word_q == 16'd0 && 6'(b) < head) && !(read_row_end && 6'(b) >= tail);
      end
    end
  end
  if (BusBytes == 8) begin : gen_narrow
    assign fifo_data = stamp_read_q ? stamp_q : rdata_i;
  end else begin : gen_wide
    assign fifo_data = stamp_read_q ? {{(BusBytes*8-64){1'b0}}, stamp_q} : rdata_i;
  end
  ds_fifo #(.Width(BusBytes*9), .Depth(4)) u_words (
    .clk_i, .clear_i, .push_i(read_q), .data_i({strobes_q, fifo_data}),
    .full_o(fifo_full), .pop_i(fifo_pop), .data_o({wstrb_o, wdata_o}), .empty_o(fifo_empty)
  );

  // Sending.
  logic [7:0] beat_q;
  assign wvalid_o = !fifo_empty && !lens_empty;
  assign wlast_o  = beat_q == len;
  assign fifo_pop = wvalid_o && wready_i;
  assign len_pop  = fifo_pop && wlast_o;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      running_q   <= 1'b0;
      awvalid_q   <= 1'b0;
      row_addr_q  <= '0;
      addr_q      <= '0;
      awaddr_q    <= '0;
      awlen_q     <= '0;
      rows_q      <= '0;
      words_q     <= '0;
      reading_q   <= 1'b0;
      read_rows_q <= '0;
      read_word_q <= '0;
      read_base_q <= '0;
      read_q      <= 1'b0;
      credit_q    <= '0;
      ahead_q     <= '0;
      beat_q      <= '0;
    end else if (clear_i) begin
      running_q <= 1'b0;
      awvalid_q <= 1'b0;
      reading_q <= 1'b0;
      read_q    <= 1'b0;
      credit_q  <= '0;
      ahead_q   <= '0;
      beat_q    <= '0;
    end else begin
      if (start) begin
        running_q   <= 1'b1;
        row_addr_q  <= cmd[2*32 +: 32];
        addr_q      <= cmd[2*32 +: 32];
        rows_q      <= rows;
        words_q     <= words;
        reading_q   <= 1'b1;
        read_rows_q <= rows;
        read_word_q <= '0;
        read_base_q <= 18'(base);
      end else if (finish) begin
        running_q <= 1'b0;
      end
      if (aw_free) awvalid_q <= announce;
      if (announce) begin
        awaddr_q <= addr_q;
        awlen_q  <= beats - 8'd1;
        addr_q   <= addr_q + (32'(beats) << OffW);
        words_q  <= words_q - 16'(beats);
        if (row_end) begin
          row_addr_q <= next_row;
          addr_q     <= next_row;
          words_q    <= words;
          rows_q     <= rows_q - 16'd1;
        end
      end
      if (read) begin
        read_word_q <= read_word_q + 16'd1;
        if (read_row_end) begin
          read_word_q <= '0;
          read_base_q <= read_base_q + 18'(pitch);
          read_rows_q <= read_rows_q - 16'd1;
          if (read_rows_q == 16'd1) reading_q <= 1'b0;
        end
      end
      read_q   <= read;
      if (read != fifo_pop) credit_q <= read ? credit_q + 3'd1 : credit_q - 3'd1;
      if (announce != len_pop) ahead_q <= announce ? ahead_q + 3'd1 : ahead_q - 3'd1;
      if (fifo_pop) beat_q <= wlast_o ? 8'd0 : beat_q + 8'd1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start) stamp_q <= cycles_i;
    if (read) begin
      strobes_q    <= strobes;
      stamp_read_q <= stamp;
    end
  end

  // Outputs.
  logic bus_error, range_error;
  assign bus_error   = bvalid_i && bresp_i[1];
  assign range_error = read && !in_range;

  assign take_o    = start;
  assign take_a_o  = cmd[19:16];
  assign give_a_o  = finish && cmd[24];
  assign give_b_o  = finish && cmd[25];
  assign awvalid_o = awvalid_q;
  assign awaddr_o  = awaddr_q;
  assign awlen_o   = awlen_q;
  assign read_o    = read && !stamp;
  assign raddr_o   = read_addr[WordW-1:0];

  assign error_o       = bus_error || range_error;
  assign error_code_o  = !bus_error ? ds_pkg::ErrRange
                       : bresp_i[0] ? ds_pkg::ErrWriteDecode : ds_pkg::ErrWriteSlave;
  assign error_index_o = cmd[543:512];
  assign error_addr_o  = bus_error ? burst : 32'(read_addr) << OffW;

  always_comb begin
    if (fifo_pop) activity_o = ds_pkg::ActBusy;
    else if (!running_q) activity_o = empty ? ds_pkg::ActIdle : ds_pkg::ActWaitIn;
    else if (fifo_empty && reading_q && !lens_empty) activity_o = ds_pkg::ActWaitIn;
    else activity_o = ds_pkg::ActWaitOut;
  end
  assign quiet_o = bursts_empty && !awvalid_q && lens_empty;
  assign idle_o  = empty && !running_q && quiet_o;

  logic unused;
  assign unused = fifo_full ^ lens_full ^ (^cmd);

endmodule
