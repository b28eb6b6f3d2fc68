// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_param_buffer: one parameter set (bias, multiplier, shift) for each column and entry.
//
// Latency     1 cycle from read_i to the outputs, which hold until the next read.
// Throughput  one read and one written bus word per cycle.
// Reset       none: data only.
// Golden      docs/commands.md, Buffers
// Test        tests/rtl/ds_param_buffer_test.cc

module ds_param_buffer #(
  parameter int Columns      = 16,
  parameter int BusBytes     = 16,
  parameter int ParamEntries = 256
) (
  input  logic clk_i,

  input  logic                                             we_i,
  input  logic [$clog2(ParamEntries*Columns*8/BusBytes)-1:0] waddr_i,  // word
  input  logic [BusBytes*8-1:0]                            wdata_i,

  input  logic                            read_i,
  input  logic [$clog2(ParamEntries)-1:0] raddr_i,  // entry
  output logic [Columns*64-1:0]           params_o  // column n at [n*64 +: 64]
);

  localparam int Words = Columns*8/BusBytes;  // bus words of an entry
  localparam int EntryW = $clog2(ParamEntries);
  localparam int WordW = $clog2(ParamEntries*Words);

  logic [Words-1:0] we;
  if (Words == 1) begin : gen_one
    assign we = we_i;
  end else begin : gen_many
    always_comb begin
      we = '0;
      if (we_i) we[waddr_i[WordW-EntryW-1:0]] = 1'b1;
    end
  end

  for (genvar k = 0; k < Words; k++) begin : gen_word
    ds_ram #(.Width(BusBytes*8), .Depth(ParamEntries)) u_ram (
      .clk_i,
      .we_i   (we[k]),
      .waddr_i(waddr_i[WordW-1 -: EntryW]),
      .wdata_i,
      .re_i   (read_i),
      .raddr_i,
      .rdata_o(params_o[k*BusBytes*8 +: BusBytes*8])
    );
  end

endmodule
