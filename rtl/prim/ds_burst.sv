// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_burst: length of the next AXI burst of a linear transfer.
//
// The longest burst that keeps to MaxBurst beats, the words left and the
// 4 KiB page of its address. Combinational; 0 while nobody asks.
//
// Test        tests/rtl/ds_burst_test.cc

module ds_burst #(
  parameter int BusBytes = 16
) (
  input  logic        en_i,     // a burst is sent now
  input  logic [31:0] addr_i,   // byte address, a multiple of BusBytes
  input  logic [15:0] words_i,  // words left, at least 1
  output logic [7:0]  beats_o   // beats of this burst, 1..MaxBurst
);

  localparam int OffW = $clog2(BusBytes);
  localparam int PageW = 12 - OffW;  // bits of a word index inside a page

  logic [PageW:0] to_page_end;
  logic [15:0] room;

  always_comb begin
    to_page_end = '0;
    room        = '0;
    beats_o     = '0;
    if (en_i) begin
      to_page_end = {1'b1, {PageW{1'b0}}} - {1'b0, addr_i[11:OffW]};
      room = (16'(to_page_end) < 16'(ds_pkg::MaxBurst)) ? 16'(to_page_end)
                                                       : 16'(ds_pkg::MaxBurst);
      beats_o = (words_i < room) ? words_i[7:0] : room[7:0];
    end
  end

  logic unused;
  assign unused = ^{addr_i[31:12], addr_i[OffW-1:0], room[15:8]};

endmodule
