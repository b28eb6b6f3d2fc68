// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_load: load unit: copies memory into the buffers, with fill around rows.
//
// Two halves work through the same commands: the issuer sends read bursts ahead,
// the writer puts arriving words and fill into the buffer in order.
//
// Latency     first burst 1 cycle after the tokens are there; a word is in the
//             buffer 1 cycle after it left the read FIFO.
// Throughput  one word per cycle, data or fill; up to 16 bursts outstanding.
// Stall       the writer waits for read data; the issuer for the bus, or for hold_i.
// Range       a write outside the buffer raises range_o and is dropped.
// Reset       control state.
// Golden      docs/commands.md, LOAD
// Test        tests/rtl/ds_load_test.cc

module ds_load #(
  parameter int Columns      = 16,
  parameter int BusBytes     = 16,
  parameter int ActBytes     = 131072,
  parameter int WgtBytes     = 65536,
  parameter int ParamEntries = 256
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,
  input  logic abort_i,  // issue no further burst, drop arriving data

  // Commands: index in the list above the 16 words.
  input  logic         push_i,
  input  logic [543:0] cmd_i,
  output logic         full_o,
  input  logic         hold_i,    // start no command: the sequencer's addresses go first
  output logic         issued_o,  // the oldest command sent its last address

  // Tokens.
  input  logic [7:0] count_a_i,
  input  logic [7:0] count_b_i,
  output logic       take_o,
  output logic [3:0] take_a_o,
  output logic [3:0] take_b_o,
  output logic       give_o,

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

  // Buffers.
  output logic                  we_o,
  output logic [1:0]            dest_o,
  output logic                  group_o,
  output logic [16:0]           addr_o,   // word
  output logic [BusBytes*8-1:0] data_o,

  output logic [1:0]  activity_o,
  output logic        idle_o,        // no command, nothing outstanding
  output logic        quiet_o,       // nothing outstanding
  output logic        error_o,
  output logic [7:0]  error_code_o,
  output logic [31:0] error_index_o, // without an error: of the oldest command
  output logic [31:0] error_addr_o
);

  localparam int OffW = $clog2(BusBytes);
  localparam int FifoDepth = 64;

  // Queue head: the issuer's command.
  logic [543:0] cmd;
  logic         empty, pop;
  ds_fifo #(.Width(544), .Depth(4)) u_queue (
    .clk_i, .clear_i, .push_i, .data_i(cmd_i), .full_o,
    .pop_i(pop), .data_o(cmd), .empty_o(empty)
  );

  // Issuer.
  logic        issuing_q, start, write_full, ar_free, arvalid_q, burst_full, send, row_end;
  logic [31:0] row_addr_q, addr_q, araddr_q, next_row;
  logic [15:0] rows_q, words_q;
  logic [7:0]  beats, arlen_q;

  ds_burst #(.BusBytes(BusBytes)) u_burst (
    .en_i(send), .addr_i(addr_q), .words_i(words_q), .beats_o(beats)
  );

  assign ar_free = !arvalid_q || arready_i;
  always_comb begin
    start = 1'b0;
    send  = 1'b0;
    if (issuing_q) begin
      send = rows_q != 16'd0 && ar_free && !burst_full && !abort_i;
    end else if (!empty) begin
      start = !write_full && !hold_i && !abort_i
           && count_a_i >= {4'b0, cmd[19:16]} && count_b_i >= {4'b0, cmd[23:20]};
    end
  end
  assign row_end  = send && words_q == 16'(beats);
  assign pop      = issuing_q && (rows_q == 16'd0 || (row_end && rows_q == 16'd1));
  assign next_row = row_addr_q + cmd[3*32 +: 32];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      issuing_q  <= 1'b0;
      arvalid_q  <= 1'b0;
      row_addr_q <= '0;
      addr_q     <= '0;
      araddr_q   <= '0;
      arlen_q    <= '0;
      rows_q     <= '0;
      words_q    <= '0;
    end else if (clear_i) begin
      issuing_q <= 1'b0;
      arvalid_q <= 1'b0;
    end else begin
      if (start) begin
        issuing_q  <= 1'b1;
        row_addr_q <= cmd[2*32 +: 32];
        addr_q     <= cmd[2*32 +: 32];
        rows_q     <= cmd[4*32 +: 16];
        words_q    <= cmd[4*32+16 +: 16];
      end else if (pop) begin
        issuing_q <= 1'b0;
      end
      if (ar_free) arvalid_q <= send;
      if (send) begin
        araddr_q <= addr_q;
        arlen_q  <= beats - 8'd1;
        addr_q   <= addr_q + (32'(beats) << OffW);
        words_q  <= words_q - 16'(beats);
        if (row_end) begin
          row_addr_q <= next_row;
          addr_q     <= next_row;
          words_q    <= cmd[4*32+16 +: 16];
          rows_q     <= rows_q - 16'd1;
        end
      end
    end
  end

  // Bursts on their way, for the address of an error.
  logic        burst_empty;
  logic [63:0] burst;
  ds_fifo #(.Width(64), .Depth(16)) u_bursts (
    .clk_i, .clear_i, .push_i(send), .data_i({cmd[543:512], addr_q}), .full_o(burst_full),
    .pop_i(rvalid_i && rready_o && rlast_i), .data_o(burst), .empty_o(burst_empty)
  );

  // Read data waits here while the writer fills.
  logic                  fifo_full, fifo_empty, fifo_pop;
  logic [BusBytes*8-1:0] word;
  ds_fifo #(.Width(BusBytes*8), .Depth(FifoDepth)) u_data (
    .clk_i, .clear_i, .push_i(rvalid_i && rready_o && !abort_i), .data_i(rdata_i),
    .full_o(fifo_full), .pop_i(fifo_pop), .data_o(word), .empty_o(fifo_empty)
  );

  // Writer.
  logic [543:0] wcmd;
  logic         wempty, write_end;
  ds_fifo #(.Width(544), .Depth(2)) u_writer_queue (
    .clk_i, .clear_i, .push_i(start), .data_i(cmd), .full_o(write_full),
    .pop_i(write_end), .data_o(wcmd), .empty_o(wempty)
  );

  logic [15:0] rows, words, left, right, top, bottom, base, pitch;
  logic [1:0]  dest;
  logic [7:0]  fill;
  logic [5:0]  tail;
  assign rows   = wcmd[4*32 +: 16];
  assign words  = wcmd[4*32+16 +: 16];
  assign dest   = wcmd[5*32 +: 2];
  assign fill   = wcmd[5*32+8 +: 8];
  assign tail   = wcmd[5*32+16 +: 6];
  assign left   = wcmd[6*32 +: 16];
  assign right  = wcmd[6*32+16 +: 16];
  assign top    = wcmd[7*32 +: 16];
  assign bottom = wcmd[7*32+16 +: 16];
  assign base   = wcmd[8*32 +: 16];
  assign pitch  = wcmd[8*32+16 +: 16];

  logic        writing_q, par_q;
  logic [17:0] row_q, column_q;
  logic [17:0] base_q, addr;
  logic [17:0] limit;
  logic        data_word, last_word, write, line_end, in_range;

  always_comb begin
    case (dest)
      ds_pkg::DestActivation: limit = 18'(ActBytes/2/BusBytes);
      ds_pkg::DestWeight:     limit = 18'(WgtBytes/BusBytes);
      default:                limit = 18'(ParamEntries*Columns*8/BusBytes);
    endcase
  end

  always_comb begin
    data_word = 1'b0;
    write     = 1'b0;
    last_word = 1'b0;
    line_end  = 1'b0;
    write_end = 1'b0;
    addr      = '0;
    in_range  = 1'b0;
    if (writing_q) begin
      data_word = row_q >= 18'(top) && row_q < 18'(top) + 18'(rows)
               && column_q >= 18'(left) && column_q < 18'(left) + 18'(words);
      write     = (!data_word || !fifo_empty) && !abort_i;
      if (write) begin
        last_word = column_q + 18'd1 == 18'(left) + 18'(words);
        line_end  = column_q + 18'd1 == 18'(left) + 18'(words) + 18'(right);
        write_end = line_end && row_q + 18'd1 == 18'(top) + 18'(rows) + 18'(bottom);
        addr      = base_q + column_q;
        in_range  = addr < limit;
      end
    end
  end
  assign fifo_pop = write && data_word;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      writing_q <= 1'b0;
      par_q     <= 1'b0;
      row_q     <= '0;
      column_q  <= '0;
      base_q    <= '0;
    end else if (clear_i) begin
      writing_q <= 1'b0;
    end else if (!writing_q) begin
      writing_q <= !wempty;
      par_q     <= wcmd[5*32+2];
      row_q     <= '0;
      column_q  <= '0;
      base_q    <= 18'(base);
    end else if (write) begin
      column_q <= column_q + 18'd1;
      if (line_end) begin
        column_q <= '0;
        row_q    <= row_q + 18'd1;
        par_q    <= !par_q;
        if (par_q) base_q <= base_q + 18'(pitch);
      end
      if (write_end) writing_q <= 1'b0;
    end
  end

  // Fill, or the word with its bytes after the tail replaced by fill.
  always_comb begin
    data_o = '0;
    if (write) begin
      data_o = data_word ? word : {BusBytes{fill}};
      if (data_word && last_word) begin
        for (int b = 0; b < BusBytes; b = b + 1) begin
          if (6'(b) >= tail) data_o[b*8 +: 8] = fill;
        end
      end
    end
  end

  logic unused;
  assign unused = ^wcmd;

  // Outputs.
  logic bus_error, range_error;
  assign bus_error   = rvalid_i && rready_o && rresp_i[1];
  assign range_error = write && !in_range;

  assign issued_o  = pop;
  assign take_o    = start;
  assign take_a_o  = cmd[19:16];
  assign take_b_o  = cmd[23:20];
  assign give_o    = write_end && wcmd[24];
  assign arvalid_o = arvalid_q;
  assign araddr_o  = araddr_q;
  assign arlen_o   = arlen_q;
  assign rready_o  = !fifo_full || abort_i;
  assign we_o      = write && in_range;
  assign dest_o    = dest;
  assign group_o   = par_q;
  assign addr_o    = addr[16:0];

  assign error_o       = bus_error || range_error;
  assign error_code_o  = !bus_error ? ds_pkg::ErrRange
                       : rresp_i[0] ? ds_pkg::ErrReadDecode : ds_pkg::ErrReadSlave;
  assign error_index_o = bus_error && !abort_i ? burst[63:32]
                       : wempty ? cmd[543:512] : wcmd[543:512];
  assign error_addr_o  = bus_error ? burst[31:0] : 32'(addr) << OffW;
  always_comb begin
    if (write) activity_o = ds_pkg::ActBusy;
    else if (writing_q || !wempty || issuing_q || !empty) activity_o = ds_pkg::ActWaitIn;
    else activity_o = ds_pkg::ActIdle;
  end
  assign quiet_o = burst_empty && !arvalid_q;
  assign idle_o  = empty && !issuing_q && wempty && quiet_o;

endmodule
