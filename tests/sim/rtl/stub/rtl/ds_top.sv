// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_top: the ports of the accelerator around a copier of 4 words from CMD_ADDR to CMD_ADDR + 256.

module ds_top #(
  parameter int Lanes        = 16,
  parameter int Columns      = 16,
  parameter int MaxCodeBits  = 4,
  parameter int AccW         = 32,
  parameter int AccDepth     = 256,
  parameter int BusBytes     = 16,
  parameter int ActBytes     = 131072,
  parameter int WgtBytes     = 65536,
  parameter int OutBytes     = 65536,
  parameter int ParamEntries = 256
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  output logic                  irq_o,

  input  logic [11:0]           s_axil_awaddr_i,
  input  logic                  s_axil_awvalid_i,
  output logic                  s_axil_awready_o,
  input  logic [31:0]           s_axil_wdata_i,
  input  logic [3:0]            s_axil_wstrb_i,
  input  logic                  s_axil_wvalid_i,
  output logic                  s_axil_wready_o,
  output logic [1:0]            s_axil_bresp_o,
  output logic                  s_axil_bvalid_o,
  input  logic                  s_axil_bready_i,
  input  logic [11:0]           s_axil_araddr_i,
  input  logic                  s_axil_arvalid_i,
  output logic                  s_axil_arready_o,
  output logic [31:0]           s_axil_rdata_o,
  output logic [1:0]            s_axil_rresp_o,
  output logic                  s_axil_rvalid_o,
  input  logic                  s_axil_rready_i,

  output logic                  m_axi_arid_o,
  output logic [31:0]           m_axi_araddr_o,
  output logic [7:0]            m_axi_arlen_o,
  output logic [2:0]            m_axi_arsize_o,
  output logic [1:0]            m_axi_arburst_o,
  output logic                  m_axi_arvalid_o,
  input  logic                  m_axi_arready_i,
  input  logic                  m_axi_rid_i,
  input  logic [BusBytes*8-1:0] m_axi_rdata_i,
  input  logic [1:0]            m_axi_rresp_i,
  input  logic                  m_axi_rlast_i,
  input  logic                  m_axi_rvalid_i,
  output logic                  m_axi_rready_o,
  output logic                  m_axi_awid_o,
  output logic [31:0]           m_axi_awaddr_o,
  output logic [7:0]            m_axi_awlen_o,
  output logic [2:0]            m_axi_awsize_o,
  output logic [1:0]            m_axi_awburst_o,
  output logic                  m_axi_awvalid_o,
  input  logic                  m_axi_awready_i,
  output logic [BusBytes*8-1:0] m_axi_wdata_o,
  output logic [BusBytes-1:0]   m_axi_wstrb_o,
  output logic                  m_axi_wlast_o,
  output logic                  m_axi_wvalid_o,
  input  logic                  m_axi_wready_i,
  input  logic                  m_axi_bid_i,
  input  logic [1:0]            m_axi_bresp_i,
  input  logic                  m_axi_bvalid_i,
  output logic                  m_axi_bready_o
);

  typedef enum logic [2:0] {StIdle, StReadAddress, StRead, StWriteAddress, StWrite, StResponse} state_e;
  state_e state_q;

  logic start;
  logic [31:0] address;
  logic [1:0] beat_q;
  logic [BusBytes*8-1:0] data_q [0:3];

  stub_registers u_registers (
    .clk_i,
    .rst_ni,
    .awaddr_i (s_axil_awaddr_i),
    .awvalid_i(s_axil_awvalid_i),
    .awready_o(s_axil_awready_o),
    .wdata_i  (s_axil_wdata_i),
    .wvalid_i (s_axil_wvalid_i),
    .wready_o (s_axil_wready_o),
    .bvalid_o (s_axil_bvalid_o),
    .bready_i (s_axil_bready_i),
    .araddr_i (s_axil_araddr_i),
    .arvalid_i(s_axil_arvalid_i),
    .arready_o(s_axil_arready_o),
    .rdata_o  (s_axil_rdata_o),
    .rvalid_o (s_axil_rvalid_o),
    .rready_i (s_axil_rready_i),
    .start_o  (start),
    .address_o(address),
    .done_i   (state_q == StResponse && m_axi_bvalid_i),
    .irq_o
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StIdle;
      beat_q  <= '0;
    end else begin
      case (state_q)
        StIdle:         if (start) state_q <= StReadAddress;
        StReadAddress:  if (m_axi_arready_i) state_q <= StRead;
        StRead:         if (m_axi_rvalid_i) begin
          beat_q <= beat_q + 1;
          if (m_axi_rlast_i) state_q <= StWriteAddress;
        end
        StWriteAddress: if (m_axi_awready_i) state_q <= StWrite;
        StWrite:        if (m_axi_wready_i) begin
          beat_q <= beat_q + 1;
          if (m_axi_wlast_o) state_q <= StResponse;
        end
        StResponse:     if (m_axi_bvalid_i) state_q <= StIdle;
        default:        state_q <= StIdle;
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    if (state_q == StRead && m_axi_rvalid_i) data_q[beat_q] <= m_axi_rdata_i;
  end

  assign s_axil_bresp_o  = 2'b00;
  assign s_axil_rresp_o  = 2'b00;
  assign m_axi_arid_o    = 1'b0;
  assign m_axi_araddr_o  = address;
  assign m_axi_arlen_o   = 8'd3;
  assign m_axi_arsize_o  = 3'($clog2(BusBytes));
  assign m_axi_arburst_o = 2'b01;
  assign m_axi_arvalid_o = state_q == StReadAddress;
  assign m_axi_rready_o  = state_q == StRead;
  assign m_axi_awid_o    = 1'b0;
  assign m_axi_awaddr_o  = address + 256;
  assign m_axi_awlen_o   = 8'd3;
  assign m_axi_awsize_o  = 3'($clog2(BusBytes));
  assign m_axi_awburst_o = 2'b01;
  assign m_axi_awvalid_o = state_q == StWriteAddress;
  assign m_axi_wdata_o   = data_q[beat_q];
  assign m_axi_wstrb_o   = '1;
  assign m_axi_wlast_o   = beat_q == 2'd3;
  assign m_axi_wvalid_o  = state_q == StWrite;
  assign m_axi_bready_o  = state_q == StResponse;

  initial if (Lanes < 4) $fatal(1, "ds_top: Lanes must be at least 4");

endmodule
