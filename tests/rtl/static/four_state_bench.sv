// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// four_state_bench: ds_top in a four-state simulator.
//
// A register without its reset, or data sampled before it is valid, shows as X
// here and nowhere else. Checks, on every falling clock edge, that no
// handshake output is X and no payload is X while its valid is high; that the
// registers read known values; and that four jobs end with the right results:
// an empty list, a STAMP, a 1x1 convolution with each code width, and a list
// that cannot be read.

`timescale 1ns / 1ps

module four_state_bench;

  localparam int BusBytes = 8;
  localparam int Columns = 4;
  localparam int ListAddr = 32'h0400;
  localparam int ActAddr = 32'h0800;
  localparam int WgtAddr = 32'h0900;
  localparam int ParamAddr = 32'h0a00;
  localparam int OutAddr = 32'h0ff8;  // two rows: on both sides of a 4 KiB page

  logic clk = 1'b0;
  logic rst_n = 1'b0;
  always #5 clk = !clk;

  // AXI4-Lite.
  logic [11:0] awaddr, araddr;
  logic awvalid = 1'b0, wvalid = 1'b0, bready = 1'b0, arvalid = 1'b0, rready = 1'b0;
  logic awready, wready, bvalid, arready, rvalid;
  logic [31:0] wdata, rdata;
  logic [3:0] wstrb;
  logic [1:0] bresp, rresp;
  logic irq;

  // AXI4.
  logic m_arid, m_arvalid, m_arready, m_rid, m_rlast, m_rvalid, m_rready;
  logic m_awid, m_awvalid, m_awready, m_wlast, m_wvalid, m_wready, m_bid, m_bvalid, m_bready;
  logic [31:0] m_araddr, m_awaddr;
  logic [7:0] m_arlen, m_awlen;
  logic [2:0] m_arsize, m_awsize;
  logic [1:0] m_arburst, m_awburst, m_rresp, m_bresp;
  logic [BusBytes*8-1:0] m_rdata, m_wdata;
  logic [BusBytes-1:0] m_wstrb;

  ds_top #(
    .Lanes(4), .Columns(Columns), .MaxCodeBits(4), .AccW(32), .AccDepth(16), .BusBytes(BusBytes),
    .ActBytes(1024), .WgtBytes(1024), .OutBytes(1024), .ParamEntries(4)
  ) u_dut (
    .clk_i(clk), .rst_ni(rst_n), .irq_o(irq),
    .s_axil_awaddr_i(awaddr), .s_axil_awvalid_i(awvalid), .s_axil_awready_o(awready),
    .s_axil_wdata_i(wdata), .s_axil_wstrb_i(wstrb), .s_axil_wvalid_i(wvalid),
    .s_axil_wready_o(wready),
    .s_axil_bresp_o(bresp), .s_axil_bvalid_o(bvalid), .s_axil_bready_i(bready),
    .s_axil_araddr_i(araddr), .s_axil_arvalid_i(arvalid), .s_axil_arready_o(arready),
    .s_axil_rdata_o(rdata), .s_axil_rresp_o(rresp), .s_axil_rvalid_o(rvalid),
    .s_axil_rready_i(rready),
    .m_axi_arid_o(m_arid), .m_axi_araddr_o(m_araddr), .m_axi_arlen_o(m_arlen),
    .m_axi_arsize_o(m_arsize), .m_axi_arburst_o(m_arburst), .m_axi_arvalid_o(m_arvalid),
    .m_axi_arready_i(m_arready),
    .m_axi_rid_i(m_rid), .m_axi_rdata_i(m_rdata), .m_axi_rresp_i(m_rresp), .m_axi_rlast_i(m_rlast),
    .m_axi_rvalid_i(m_rvalid), .m_axi_rready_o(m_rready),
    .m_axi_awid_o(m_awid), .m_axi_awaddr_o(m_awaddr), .m_axi_awlen_o(m_awlen),
    .m_axi_awsize_o(m_awsize), .m_axi_awburst_o(m_awburst), .m_axi_awvalid_o(m_awvalid),
    .m_axi_awready_i(m_awready),
    .m_axi_wdata_o(m_wdata), .m_axi_wstrb_o(m_wstrb), .m_axi_wlast_o(m_wlast),
    .m_axi_wvalid_o(m_wvalid), .m_axi_wready_i(m_wready),
    .m_axi_bid_i(m_bid), .m_axi_bresp_i(m_bresp), .m_axi_bvalid_i(m_bvalid),
    .m_axi_bready_o(m_bready)
  );

  axi_memory #(.BusBytes(BusBytes)) u_memory (
    .clk_i(clk), .rst_ni(rst_n),
    .arid_i(m_arid), .araddr_i(m_araddr), .arlen_i(m_arlen), .arvalid_i(m_arvalid),
    .arready_o(m_arready), .rid_o(m_rid), .rdata_o(m_rdata), .rresp_o(m_rresp), .rlast_o(m_rlast),
    .rvalid_o(m_rvalid), .rready_i(m_rready),
    .awid_i(m_awid), .awaddr_i(m_awaddr), .awlen_i(m_awlen), .awvalid_i(m_awvalid),
    .awready_o(m_awready), .wdata_i(m_wdata), .wstrb_i(m_wstrb), .wlast_i(m_wlast),
    .wvalid_i(m_wvalid), .wready_o(m_wready), .bid_o(m_bid), .bresp_o(m_bresp),
    .bvalid_o(m_bvalid), .bready_i(m_bready)
  );

  // X on an output. In reset, too, every valid must be known from the first rising edge on. (The
  // simulator sees an asynchronous reset only with an event, here that edge: one more.)
  logic [1:0] edges = 2'b00;
  logic clocked;
  always @(posedge clk) edges <= {edges[0], 1'b1};
  assign clocked = edges[1];

  logic write_bits_known;
  always_comb begin
    write_bits_known = 1'b1;
    for (int b = 0; b < BusBytes; b++) begin
      if (m_wstrb[b] !== 1'b0 && ^m_wdata[b*8 +: 8] === 1'bx) write_bits_known = 1'b0;
    end
  end

  always @(negedge clk) begin
    if (clocked && ^{irq, bvalid, rvalid, m_arvalid, m_awvalid, m_wvalid} === 1'bx) begin
      $fatal(1, "X on irq_o or a valid: irq %b, b %b, r %b, ar %b, aw %b, w %b", irq, bvalid,
             rvalid, m_arvalid, m_awvalid, m_wvalid);
    end
    if (rst_n && ^{awready, wready, arready, m_rready, m_bready} === 1'bx) begin
      $fatal(1, "X on a ready: aw %b, w %b, ar %b, m_r %b, m_b %b", awready, wready, arready,
             m_rready, m_bready);
    end
    if (bvalid && ^bresp === 1'bx) $fatal(1, "X on s_axil_bresp_o");
    if (rvalid && ^{rdata, rresp} === 1'bx) $fatal(1, "X on s_axil_rdata_o: %h", rdata);
    if (m_arvalid && ^{m_arid, m_araddr, m_arlen, m_arsize, m_arburst} === 1'bx) begin
      $fatal(1, "X on a read address: %h, length %h", m_araddr, m_arlen);
    end
    if (m_awvalid && ^{m_awid, m_awaddr, m_awlen, m_awsize, m_awburst} === 1'bx) begin
      $fatal(1, "X on a write address: %h, length %h", m_awaddr, m_awlen);
    end
    if (m_wvalid && (^{m_wstrb, m_wlast} === 1'bx || !write_bits_known)) begin
      $fatal(1, "X in write data: %h, strobes %b", m_wdata, m_wstrb);
    end
  end

  initial begin
    #2000000 $fatal(1, "the bench did not end in time");
  end

  task automatic write_register(input logic [11:0] address, input logic [31:0] value);
    awaddr  <= address;
    wdata   <= value;
    wstrb   <= 4'b1111;
    awvalid <= 1'b1;
    wvalid  <= 1'b1;
    bready  <= 1'b1;
    do begin
      @(posedge clk);
      if (awvalid && awready) begin
        awvalid <= 1'b0;
        awaddr  <= 'x;
      end
      if (wvalid && wready) begin
        wvalid <= 1'b0;
        wdata  <= 'x;
        wstrb  <= 'x;
      end
    end while (!bvalid);
    bready <= 1'b0;
    @(posedge clk);
  endtask

  task automatic read_register(input logic [11:0] address, output logic [31:0] value);
    araddr  <= address;
    arvalid <= 1'b1;
    rready  <= 1'b1;
    do begin
      @(posedge clk);
      if (arvalid && arready) begin
        arvalid <= 1'b0;
        araddr  <= 'x;
      end
    end while (!rvalid);
    value = rdata;
    rready <= 1'b0;
    @(posedge clk);
  endtask

  task automatic expect_register(input logic [11:0] address, input logic [31:0] expected);
    logic [31:0] value;
    read_register(address, value);
    if (value !== expected) begin
      $fatal(1, "register %h reads %h, expected %h", address, value, expected);
    end
  endtask

  // Runs a list of commands and checks the error register.
  task automatic run_job(input int commands, input logic [31:0] expected_error);
    logic [31:0] control;
    write_register(12'h010, ListAddr);
    write_register(12'h014, commands);
    write_register(12'h000, 32'h1);
    control = '0;
    while (!control[1]) read_register(12'h000, control);
    expect_register(12'h01c, expected_error);
  endtask

  task automatic put_word(input int address, input logic [31:0] value);
    u_memory.mem[address/BusBytes][(address%BusBytes)*8 +: 32] = value;
  endtask

  task automatic put_byte(input int address, input logic [7:0] value);
    u_memory.mem[address/BusBytes][(address%BusBytes)*8 +: 8] = value;
  endtask

  // Zeros for command `index`, then its first word.
  task automatic begin_command(input int index, input logic [31:0] word0);
    for (int w = 1; w < 16; w++) put_word(ListAddr + 64*index + 4*w, 32'h0);
    put_word(ListAddr + 64*index, word0);
  endtask

  task automatic set_word(input int index, input int word, input logic [31:0] value);
    put_word(ListAddr + 64*index + 4*word, value);
  endtask

  task automatic check_stamp();
    begin_command(0, 32'h0000_0105);
    set_word(0, 2, OutAddr);
    run_job(1, 32'h0);
    if (u_memory.mem[OutAddr/BusBytes] === '0 || ^u_memory.mem[OutAddr/BusBytes] === 1'bx) begin
      $fatal(1, "STAMP wrote %h", u_memory.mem[OutAddr/BusBytes]);
    end
  endtask

  // 2 x 2 positions of 4 channels, 1 x 1 kernel, 4 output channels: one step, one tile.
  task automatic check_convolution(input int bits);
    int x [0:15];      // activation of (position, channel) at 4 * position + channel
    int w [0:15];      // weight of (channel, column) at 4 * channel + column
    int multiplier [0:3];
    int bias [0:3];
    logic [63:0] tile;
    tile = '0;
    for (int k = 0; k < 16; k++) begin
      int exponent;
      x[k] = int'($urandom % 256) - 128;
      put_byte(ActAddr + k, x[k][7:0]);
      exponent = int'($urandom % (1 << (bits - 1)));
      w[k] = 1 << exponent;
      tile = tile | (64'(exponent) << (k * bits));
      if ($urandom % 2 == 1) begin
        w[k] = -w[k];
        tile = tile | (64'd1 << (k * bits + bits - 1));
      end
    end
    put_word(WgtAddr, tile[31:0]);
    put_word(WgtAddr + 4, tile[63:32]);
    for (int c = 0; c < Columns; c++) begin
      int folded;
      bias[c] = int'($urandom % 2001) - 1000;
      multiplier[c] = 32768 + int'($urandom % 32768);
      folded = bias[c];  // docs/arithmetic.md section 2.1, zero_in = 0
      for (int i = 0; i < 4; i++) begin
        folded += (w[4*i+c] > 0) ? -128 * w[4*i+c] : 127 * w[4*i+c];
      end
      put_word(ParamAddr + 8*c, folded);
      put_word(ParamAddr + 8*c + 4, multiplier[c] | (18 << 16));
    end

    begin_command(0, 32'h0000_0101);  // LOAD activations: two rows of one word
    set_word(0, 2, ActAddr);
    set_word(0, 3, BusBytes);
    set_word(0, 4, 32'h0001_0002);
    set_word(0, 5, BusBytes << 16);
    set_word(0, 8, 32'h0001_0000);
    begin_command(1, 32'h0000_0101);  // LOAD weights: one word
    set_word(1, 2, WgtAddr);
    set_word(1, 4, 32'h0001_0001);
    set_word(1, 5, (BusBytes << 16) | 1);
    begin_command(2, 32'h0100_0101);  // LOAD parameters: four words; a token to compute
    set_word(2, 2, ParamAddr);
    set_word(2, 4, 32'h0004_0001);
    set_word(2, 5, (BusBytes << 16) | 2);
    begin_command(3, 32'h0201_0102);  // CONV: a token from load, one to store
    set_word(3, 2, 32'h0001_0000);
    set_word(3, 4, 32'h0100_0004);
    set_word(3, 5, 32'h0000_0004);
    set_word(3, 6, 32'h0000_0101);
    set_word(3, 7, 32'h0002_0002);
    set_word(3, 8, 32'h0001_0004);
    set_word(3, 9, 32'h0001_0004);
    set_word(3, 10, 32'h0001_3004 | (bits << 8));
    set_word(3, 11, 32'h0001_0000);
    set_word(3, 12, 32'h0300_0000);  // zero_out 3
    set_word(3, 13, 32'h0001_0004);
    set_word(3, 14, 32'h7f80_0000);
    begin_command(4, 32'h0001_0104);  // STORE: two rows of one word
    set_word(4, 2, OutAddr);
    set_word(4, 3, BusBytes);
    set_word(4, 4, 32'h0001_0002);
    set_word(4, 5, BusBytes << 16);
    set_word(4, 8, 32'h0001_0000);
    run_job(5, 32'h0);

    for (int p = 0; p < 4; p++) begin
      for (int c = 0; c < Columns; c++) begin
        int sum;
        longint rounded;
        logic signed [7:0] expected, actual;
        sum = bias[c];
        for (int i = 0; i < 4; i++) sum += w[4*i+c] * x[4*p+i];
        rounded = ((longint'(sum) * multiplier[c] + (1 << 17)) >>> 18) + 3;
        expected = (rounded > 127) ? 127 : (rounded < -128) ? -128 : rounded[7:0];
        actual = u_memory.mem[(OutAddr + 4*p + c)/BusBytes][((4*p + c)%BusBytes)*8 +: 8];
        if (actual !== expected) begin
          $fatal(1, "%0d-bit convolution, position %0d, column %0d: %0d, expected %0d", bits, p, c,
                 actual, expected);
        end
      end
    end
  endtask

  initial begin
    logic [31:0] value;
    repeat (4) @(posedge clk);
    rst_n <= 1'b1;
    repeat (4) @(posedge clk);

    expect_register(12'h000, 32'h4);
    expect_register(12'h040, 32'h54465344);
    expect_register(12'h044, 32'h00010001);
    for (int address = 0; address < 12'h140; address += 4) read_register(12'(address), value);

    write_register(12'h004, 32'h1);
    write_register(12'h008, 32'h1);
    run_job(0, 32'h0);
    if (irq !== 1'b1) $fatal(1, "no interrupt after the empty job");
    write_register(12'h00c, 32'h1);
    if (irq !== 1'b0) $fatal(1, "the interrupt stays after its acknowledgement");

    check_stamp();
    for (int round = 0; round < 12; round++) check_convolution(2 + round % 3);

    u_memory.fail_reads = 1'b1;
    run_job(1, 32'h0000_0002);
    for (int address = 0; address < 12'h140; address += 4) read_register(12'(address), value);

    $display("four_state_bench: passed");
    $finish;
  end

endmodule
