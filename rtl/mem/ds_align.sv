// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_align: cuts Lanes bytes at any byte offset out of neighbouring bus words.
//
// words_i holds Banks words, word w of the buffer in place w mod Banks. first_i
// is the place of the word the bytes start in, offset_i the byte inside it.
// Combinational.
//
// Test        tests/rtl/ds_act_buffer_test.cc

module ds_align #(
  parameter int Lanes    = 16,
  parameter int BusBytes = 16,
  parameter int Banks    = 2
) (
  input  logic [Banks*BusBytes*8-1:0]  words_i,
  input  logic [$clog2(Banks)-1:0]     first_i,
  input  logic [$clog2(BusBytes)-1:0]  offset_i,
  output logic [Lanes*8-1:0]           bytes_o
);

  localparam int BusBits = BusBytes*8;
  // Words that Lanes bytes can touch.
  localparam int Window = (Lanes > BusBytes ? Lanes/BusBytes : 1) + 1;

  logic [Window*BusBits-1:0] window;
  for (genvar k = 0; k < Window; k++) begin : gen_word
    logic [$clog2(Banks)-1:0] place;
    assign place = first_i + ($clog2(Banks))'(k);
    assign window[k*BusBits +: BusBits] = words_i[{place, {$clog2(BusBits){1'b0}}} +: BusBits];
  end

  logic [Window*BusBits-1:0] shifted;
  assign shifted = window >> {offset_i, 3'b000};
  assign bytes_o = shifted[Lanes*8-1:0];

  logic unused;
  assign unused = ^shifted[Window*BusBits-1:Lanes*8];

endmodule
