// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_act_buffer: activation buffer of two groups, read unaligned.
//
// A step reads up to Lanes bytes at any byte address of one group and, for a
// dual step, the bytes that follow in the next kernel row from the other group.
// Each group is interleaved over Banks memories of one bus word.
//
// Latency     1 cycle from read_i to u_o and x_o.
// Throughput  one step and one written word per cycle.
// Reset       none: data only.
// Golden      docs/commands.md, Buffers and Steps
// Test        tests/rtl/ds_act_buffer_test.cc

module ds_act_buffer #(
  parameter int Lanes      = 16,
  parameter int BusBytes   = 16,
  parameter int GroupBytes = 65536
) (
  input  logic clk_i,

  // Written by the load unit.
  input  logic                                   we_i,
  input  logic                                   wgroup_i,
  input  logic [$clog2(GroupBytes/BusBytes)-1:0] waddr_i,  // word
  input  logic [BusBytes*8-1:0]                  wdata_i,

  // Read by the feeder.
  input  logic                          read_i,
  input  logic                          a_group_i,
  input  logic [$clog2(GroupBytes)-1:0] a_addr_i,   // byte
  input  logic                          b_use_i,    // second part from the other group
  input  logic [$clog2(GroupBytes)-1:0] b_addr_i,   // byte; may wrap below 0
  input  logic                          lanes_we_i,
  input  logic [6:0]                    a_len_i,    // lanes of the first part
  input  logic [6:0]                    ab_len_i,   // lanes of both

  output logic [Lanes*8-1:0] u_o,  // x + 128 of the lanes in use, 0 in the others
  output logic [Lanes*8-1:0] x_o   // first part as stored
);

  localparam int BusBits = BusBytes*8;
  localparam int Banks = (Lanes > BusBytes) ? 2*Lanes/BusBytes : 2;
  localparam int BankW = $clog2(Banks);
  localparam int OffW = $clog2(BusBytes);
  localparam int AddrW = $clog2(GroupBytes);
  localparam int Depth = GroupBytes/BusBytes/Banks;
  localparam int IndexW = $clog2(Depth);

  logic [Banks*BusBits-1:0] group_words [0:1];

  for (genvar g = 0; g < 2; g++) begin : gen_group
    logic re;
    logic [AddrW-1:0] addr;
    assign re   = read_i && (a_group_i == 1'(g) || b_use_i);
    assign addr = (a_group_i == 1'(g)) ? a_addr_i : b_addr_i;

    logic unused;
    assign unused = ^addr[OffW-1:0];

    logic [Banks*BusBits-1:0] words;
    for (genvar k = 0; k < Banks; k++) begin : gen_bank
      // Places before the first word hold words of the next row of banks.
      logic [IndexW-1:0] index;
      if (k == Banks-1) begin : gen_last
        assign index = addr[AddrW-1 -: IndexW];
      end else begin : gen_other
        assign index = addr[AddrW-1 -: IndexW] + IndexW'(addr[OffW +: BankW] > BankW'(k));
      end
      ds_ram #(.Width(BusBits), .Depth(Depth)) u_ram (
        .clk_i,
        .we_i   (we_i && wgroup_i == 1'(g) && waddr_i[BankW-1:0] == BankW'(k)),
        .waddr_i(waddr_i[BankW +: IndexW]),
        .wdata_i,
        .re_i   (re),
        .raddr_i(index),
        .rdata_o(words[k*BusBits +: BusBits])
      );
    end
    assign group_words[g] = words;
  end

  logic a_group_q, b_use_q;
  logic [BankW+OffW-1:0] a_low_q, b_low_q;
  logic [Lanes*8-1:0] a_mask_q, b_mask_q;

  always_ff @(posedge clk_i) begin
    if (read_i) begin
      a_group_q <= a_group_i;
      b_use_q   <= b_use_i;
      a_low_q   <= a_addr_i[BankW+OffW-1:0];
      b_low_q   <= b_addr_i[BankW+OffW-1:0];
    end
  end

  for (genvar i = 0; i < Lanes; i++) begin : gen_mask
    always_ff @(posedge clk_i) begin
      if (lanes_we_i) begin
        a_mask_q[i*8 +: 8] <= {8{7'(i) < a_len_i}};
        b_mask_q[i*8 +: 8] <= {8{7'(i) >= a_len_i && 7'(i) < ab_len_i}};
      end
    end
  end

  logic [Lanes*8-1:0] a_bytes, b_bytes;
  ds_align #(.Lanes(Lanes), .BusBytes(BusBytes), .Banks(Banks)) u_align_a (
    .words_i (a_group_q ? group_words[1] : group_words[0]),
    .first_i (a_low_q[OffW +: BankW]),
    .offset_i(a_low_q[OffW-1:0]),
    .bytes_o (a_bytes)
  );
  ds_align #(.Lanes(Lanes), .BusBytes(BusBytes), .Banks(Banks)) u_align_b (
    .words_i (a_group_q ? group_words[0] : group_words[1]),
    .first_i (b_low_q[OffW +: BankW]),
    .offset_i(b_low_q[OffW-1:0]),
    .bytes_o (b_bytes)
  );

  always_comb begin
    u_o = (a_bytes ^ {Lanes{8'h80}}) & a_mask_q;
    if (b_use_q) u_o = u_o | ((b_bytes ^ {Lanes{8'h80}}) & b_mask_q);
  end
  assign x_o = a_bytes;

endmodule
