// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_sequencer: fetches the command list and hands each command to its unit.
//
// Holds up to three chunks of four commands, assembles one command at a time,
// checks it and pushes it, with its index, into the queue of load, compute or store.
// The order of all read addresses follows from the list: a chunk is opened at a fixed
// place of the list and requested between the LOADs before and after that place. Two
// chunks can be open.
//
// Latency     a command is handed over 2 cycles after its last beat left the FIFO.
// Throughput  one command per 64 / BusBytes + 2 cycles.
// Stall       while the target queue is full; a LOAD while a chunk is due, which waits
//             for the addresses of the LOADs before it.
// Reset       control state.
// Golden      docs/commands.md
// Test        tests/rtl/ds_sequencer_test.cc

module ds_sequencer #(
  parameter int Lanes       = 16,
  parameter int Columns     = 16,
  parameter int MaxCodeBits = 4,
  parameter int AccDepth    = 256,
  parameter int BusBytes    = 16
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,
  input  logic abort_i,

  // Job.
  input  logic        start_i,
  input  logic [31:0] list_addr_i,
  input  logic [31:0] list_count_i,

  // AXI read channels.
  output logic                  arvalid_o,
  output logic [31:0]           araddr_o,
  output logic [7:0]            arlen_o,
  input  logic                  arready_i,
  input  logic                  rvalid_i,
  input  logic [BusBytes*8-1:0] rdata_i,
  input  logic [1:0]            rresp_i,
  input  logic                  rlast_i,
  output logic                  rready_o,

  // Units' queues.
  output logic [543:0] cmd_o,
  output logic         load_push_o,
  output logic         compute_push_o,
  output logic         store_push_o,
  input  logic         load_full_i,
  input  logic         compute_full_i,
  input  logic         store_full_i,

  // Read addresses of the load unit.
  output logic load_hold_o,    // no LOAD may begin to send any
  input  logic load_issued_i,  // a LOAD sent its last one
  input  logic load_arvalid_i,
  input  logic load_arready_i,

  output logic [1:0]  activity_o,
  output logic        active_o,
  output logic        idle_o,        // every command handed over
  output logic        quiet_o,       // nothing outstanding on the bus
  output logic        error_o,
  output logic [7:0]  error_code_o,
  output logic [31:0] error_index_o,
  output logic [31:0] error_addr_o
);

  localparam int OffW = $clog2(BusBytes);
  localparam int Beats = 64/BusBytes;   // of a command
  localparam int Chunk = 4*Beats;
  localparam int Depth = 3*Chunk;
  localparam int BeatW = $clog2(Beats);
  localparam int CountW = $clog2(Depth) + 1;

  // Fetching.
  logic [31:0] index_q;                  // of the command that is being assembled
  logic        whole;                    // it is all there
  logic [31:0] addr_q, fetch_q;          // next address; commands in no chunk yet
  logic [15:0] chunk_q, next_q;          // words of the open chunks not yet requested
  logic [15:0] opened;                   // words of the chunk that opens
  logic [CountW-1:0] held_q, held_limit; // beats of opened chunks not yet used
  logic [2:0]  loads_q;                  // LOADs handed over since, and not yet issued
  logic [2:0]  before_q, between_q;      // LOADs before the open chunks, not yet issued
  logic        first_done, due, open_chunk, chunk_done;
  logic        arvalid_q, ar_free, send, bursts_full, bursts_empty;
  logic [31:0] araddr_q, burst;
  logic [7:0]  arlen_q, beats;

  // While a chunk is due no LOAD is handed over: which of them go before the chunk does
  // not depend on when the memory answers. At first only one chunk is fetched ahead, so
  // that the first LOADs do not wait for commands that have time.
  assign first_done  = index_q[31:4] != '0 || (index_q[3:0] == 4'd15 && whole);
  assign held_limit  = first_done ? CountW'(Depth - Chunk) : CountW'(Chunk);
  assign due         = fetch_q != 32'd0 && held_q <= held_limit;
  assign open_chunk  = due && next_q == 16'd0;
  assign opened      = !open_chunk ? '0
                     : (fetch_q < 32'd4) ? 16'(fetch_q[1:0]) << BeatW : 16'(Chunk);
  assign load_hold_o = chunk_q != 16'd0 && before_q == 3'd0;
  assign ar_free     = !arvalid_q || arready_i;
  // An address the load unit shows has to stay.
  assign send = load_hold_o && (!load_arvalid_i || load_arready_i)
             && ar_free && !bursts_full && !abort_i;
  assign chunk_done = chunk_q == 16'd0 || (send && chunk_q == 16'(beats));

  ds_burst #(.BusBytes(BusBytes)) u_burst (
    .en_i(send), .addr_i(addr_q), .words_i(chunk_q), .beats_o(beats)
  );
  ds_fifo #(.Width(32), .Depth(4)) u_bursts (
    .clk_i, .clear_i, .push_i(send), .data_i(addr_q), .full_o(bursts_full),
    .pop_i(rvalid_i && rlast_i), .data_o(burst), .empty_o(bursts_empty)
  );

  // Assembling.
  logic                  unused_full, fifo_empty, fifo_pop;
  logic [BusBytes*8-1:0] word;
  logic [511:0]          cmd_q;
  logic [BeatW:0]        beat_q;  // beats of cmd_q that are there
  logic [31:0]           left_q, received_q;
  logic                  legal, checked_q, legal_q, push, hand_over, illegal;

  ds_fifo #(.Width(BusBytes*8), .Depth(Depth)) u_words (
    .clk_i, .clear_i, .push_i(rvalid_i), .data_i(rdata_i),
    .full_o(unused_full), .pop_i(fifo_pop), .data_o(word), .empty_o(fifo_empty)
  );

  ds_legal #(
    .Lanes(Lanes), .Columns(Columns), .MaxCodeBits(MaxCodeBits), .AccDepth(AccDepth),
    .BusBytes(BusBytes)
  ) u_legal (.cmd_i(cmd_q), .check_i(whole && !checked_q), .legal_o(legal));

  logic to_load, to_compute, target_full;
  assign to_load     = cmd_q[7:0] == ds_pkg::OpLoad;
  assign to_compute  = cmd_q[7:0] == ds_pkg::OpConv || cmd_q[7:0] == ds_pkg::OpVector;
  assign target_full = to_load ? load_full_i : to_compute ? compute_full_i : store_full_i;

  assign whole   = beat_q == (BeatW+1)'(Beats);
  assign illegal = whole && !checked_q && !legal;
  assign push    = checked_q && legal_q && !(due && to_load) && !abort_i;
  always_comb begin
    load_push_o    = 1'b0;
    compute_push_o = 1'b0;
    store_push_o   = 1'b0;
    hand_over      = 1'b0;
    if (push) begin
      load_push_o    = to_load;
      compute_push_o = to_compute;
      store_push_o   = !to_load && !to_compute;
      hand_over      = !target_full;
    end
  end
  assign fifo_pop  = !fifo_empty && !whole;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      addr_q     <= '0;
      fetch_q    <= '0;
      chunk_q    <= '0;
      next_q     <= '0;
      held_q     <= '0;
      loads_q    <= '0;
      before_q   <= '0;
      between_q  <= '0;
      arvalid_q  <= 1'b0;
      araddr_q   <= '0;
      arlen_q    <= '0;
      beat_q     <= '0;
      index_q    <= '0;
      left_q     <= '0;
      received_q <= '0;
      checked_q  <= 1'b0;
      legal_q    <= 1'b0;
    end else if (clear_i) begin
      fetch_q    <= start_i ? list_count_i : '0;
      left_q     <= start_i ? list_count_i : '0;
      addr_q     <= list_addr_i;
      chunk_q    <= '0;
      next_q     <= '0;
      held_q     <= '0;
      loads_q    <= '0;
      before_q   <= '0;
      between_q  <= '0;
      arvalid_q  <= 1'b0;
      beat_q     <= '0;
      index_q    <= '0;
      received_q <= '0;
      checked_q  <= 1'b0;
    end else begin
      if (open_chunk) fetch_q <= (fetch_q < 32'd4) ? 32'd0 : fetch_q - 32'd4;
      if (ar_free) arvalid_q <= send;
      if (send) begin
        araddr_q <= addr_q;
        arlen_q  <= beats - 8'd1;
        addr_q   <= addr_q + (32'(beats) << OffW);
      end
      if (!chunk_done) begin
        if (send) chunk_q <= chunk_q - 16'(beats);
        if (load_issued_i) before_q <= before_q - 3'd1;
        if (open_chunk) begin
          next_q    <= opened;
          between_q <= loads_q;
        end
      end else if (next_q != 16'd0) begin
        chunk_q  <= next_q;
        before_q <= between_q;
        next_q   <= '0;
      end else begin
        chunk_q <= opened;
        if (open_chunk) before_q <= loads_q - 3'(load_issued_i);
      end
      if (open_chunk) begin
        loads_q <= '0;
      end else if (load_issued_i || (hand_over && to_load)) begin
        loads_q <= loads_q + 3'(hand_over && to_load)
                 - 3'(load_issued_i && chunk_q == 16'd0);
      end
      if (open_chunk || fifo_pop) begin
        held_q <= held_q + CountW'(opened) - CountW'(fifo_pop);
      end
      if (rvalid_i) received_q <= received_q + 32'd1;
      if (fifo_pop) beat_q <= beat_q + 1'b1;
      checked_q <= whole && !hand_over;
      if (whole && !checked_q) legal_q <= legal;
      if (hand_over) begin
        beat_q  <= '0;
        index_q <= index_q + 32'd1;
        left_q  <= left_q - 32'd1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (fifo_pop) cmd_q <= {word, cmd_q[511:BusBytes*8]};
  end

  logic bus_error;
  assign bus_error = rvalid_i && rresp_i[1];

  assign arvalid_o = arvalid_q;
  assign araddr_o  = araddr_q;
  assign arlen_o   = arlen_q;
  assign rready_o  = 1'b1;  // what was requested always fits

  assign cmd_o = {index_q, cmd_q};

  assign error_o       = bus_error || illegal;
  assign error_code_o  = !bus_error ? ds_pkg::ErrIllegal
                       : rresp_i[0] ? ds_pkg::ErrReadDecode : ds_pkg::ErrReadSlave;
  assign error_index_o = bus_error && !abort_i ? received_q >> BeatW : index_q;
  assign error_addr_o  = bus_error ? burst : 32'd0;

  always_comb begin
    if (hand_over) activity_o = ds_pkg::ActBusy;
    else if (left_q == 32'd0) activity_o = ds_pkg::ActIdle;
    else activity_o = push ? ds_pkg::ActWaitOut : ds_pkg::ActWaitIn;
  end
  assign active_o = hand_over || fifo_pop;
  assign idle_o   = left_q == 32'd0;
  assign quiet_o  = bursts_empty && !arvalid_q;

endmodule
