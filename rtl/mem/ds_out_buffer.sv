// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_out_buffer: output buffer, written unaligned by post, read by store.
//
// Two memories of Wide bytes hold even and odd rows of the buffer, so that up to
// Columns bytes at any byte address are written in one cycle.
//
// Latency     1 cycle from read_i to rdata_o.
// Throughput  one write and one read per cycle.
// Reset       none: data only.
// Golden      docs/commands.md, Buffers
// Test        tests/rtl/ds_out_buffer_test.cc

module ds_out_buffer #(
  parameter int Columns  = 16,
  parameter int BusBytes = 16,
  parameter int OutBytes = 65536
) (
  input  logic clk_i,

  input  logic                        we_i,
  input  logic [$clog2(OutBytes)-1:0] waddr_i,   // byte
  input  logic [6:0]                  wlen_i,    // bytes, 1..Columns
  input  logic [Columns*8-1:0]        wdata_i,

  input  logic                                 read_i,
  input  logic [$clog2(OutBytes/BusBytes)-1:0] raddr_i,  // word
  output logic [BusBytes*8-1:0]                rdata_o
);

  localparam int Wide = (Columns > BusBytes) ? Columns : BusBytes;
  localparam int OffW = $clog2(Wide);
  localparam int AddrW = $clog2(OutBytes);
  localparam int Depth = OutBytes/Wide/2;
  localparam int IndexW = $clog2(Depth);
  localparam int SubWords = Wide/BusBytes;  // bus words of a memory row

  // Bytes and strobes shifted to their place in two neighbouring rows.
  logic [2*Wide*8-1:0] data;
  logic [2*Wide-1:0] strobes;
  logic [OffW-1:0] offset;
  assign offset = waddr_i[OffW-1:0];
  always_comb begin
    data    = '0;
    strobes = '0;
    if (we_i) begin
      data[Columns*8-1:0] = wdata_i;
      data = data << {offset, 3'b000};
      for (int i = 0; i < Columns; i = i + 1) strobes[i] = 7'(i) < wlen_i;
      strobes = strobes << offset;
    end
  end

  logic odd;  // the first row is in the odd memory
  logic [IndexW-1:0] windex, rindex;
  assign odd    = waddr_i[OffW];
  assign windex = waddr_i[AddrW-1 -: IndexW];
  assign rindex = raddr_i[$clog2(OutBytes/BusBytes)-1 -: IndexW];

  logic [Wide*8-1:0] rows [0:1];
  for (genvar m = 0; m < 2; m++) begin : gen_memory
    logic here_first;
    assign here_first = odd == 1'(m);
    ds_ram_bytes #(.Bytes(Wide), .Depth(Depth)) u_ram (
      .clk_i,
      .we_i,
      .wstrb_i(here_first ? strobes[Wide-1:0] : strobes[2*Wide-1:Wide]),
      // The row after an odd one has the next index of the even memory.
      .waddr_i(windex + IndexW'(odd && m == 0)),
      .wdata_i(here_first ? data[Wide*8-1:0] : data[2*Wide*8-1:Wide*8]),
      .re_i   (read_i),
      .raddr_i(rindex),
      .rdata_o(rows[m])
    );
  end

  // Which bus word of the two rows was asked for.
  localparam int SelW = $clog2(2*SubWords);
  logic [SelW-1:0] select_q;
  always_ff @(posedge clk_i) begin
    if (read_i) select_q <= raddr_i[SelW-1:0];
  end
  logic [2*Wide*8-1:0] both;
  assign both    = {rows[1], rows[0]};
  assign rdata_o = both[{select_q, {$clog2(BusBytes*8){1'b0}}} +: BusBytes*8];

endmodule
