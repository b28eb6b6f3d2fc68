// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_top: the accelerator: AXI4-Lite slave, AXI4 master, interrupt.
//
// Wiring only; docs/architecture.md shows the units.
//
// Reset       asynchronous, active low, held over a rising edge; no job runs after it.
// Golden      docs/architecture.md
// Test        tests/system/

module ds_top #(
  parameter int Lanes        = 16,      // power of two, 4..64
  parameter int Columns      = 16,      // power of two, 4..64
  parameter int MaxCodeBits  = 4,       // 2..4
  parameter int AccW         = 32,      // 16..32
  parameter int AccDepth     = 256,     // power of two, 16..1024
  parameter int BusBytes     = 16,      // 8, 16, 32
  parameter int ActBytes     = 131072,  // powers of two
  parameter int WgtBytes     = 65536,
  parameter int OutBytes     = 65536,
  parameter int ParamEntries = 256
) (
  input  logic clk_i,
  input  logic rst_ni,
  output logic irq_o,

  // Registers.
  input  logic [11:0] s_axil_awaddr_i,
  input  logic        s_axil_awvalid_i,
  output logic        s_axil_awready_o,
  input  logic [31:0] s_axil_wdata_i,
  input  logic [3:0]  s_axil_wstrb_i,
  input  logic        s_axil_wvalid_i,
  output logic        s_axil_wready_o,
  output logic [1:0]  s_axil_bresp_o,
  output logic        s_axil_bvalid_o,
  input  logic        s_axil_bready_i,
  input  logic [11:0] s_axil_araddr_i,
  input  logic        s_axil_arvalid_i,
  output logic        s_axil_arready_o,
  output logic [31:0] s_axil_rdata_o,
  output logic [1:0]  s_axil_rresp_o,
  output logic        s_axil_rvalid_o,
  input  logic        s_axil_rready_i,

  // Memory, reads.
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

  // Memory, writes.
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

  // Job and registers.
  logic        regs_start, start, running, clear, abort, done, idle, quiet, progress;
  logic [31:0] list_addr, list_count, watchdog, error_index, error_addr;
  logic [63:0] cycles, count;
  logic [7:0]  error_code, error_unit;
  logic [4:0]  counter;

  // Units.
  logic         seq_error, load_error, feeder_error, post_error, store_error;
  logic [7:0]   seq_code, load_code, store_code;
  logic [31:0]  seq_index, load_index, feeder_index, post_index, store_index;
  logic [31:0]  seq_addr, load_addr_err, feeder_addr, post_addr, store_addr_err;
  logic [1:0]   seq_activity, load_activity, feeder_activity, post_activity, store_activity;
  logic         seq_active, compute_active, seq_idle, load_idle, compute_idle, store_idle;
  logic         seq_quiet, load_quiet, store_quiet, feeder_held, post_held;
  logic [31:0]  give_a_index, give_b_index;
  logic [4:0]   overflow;  // of a token counter
  logic [543:0] cmd;
  logic         load_push, load_full, compute_push, compute_full, store_push, store_full;
  logic         load_hold, load_issued;

  ds_regs #(
    .Lanes(Lanes), .Columns(Columns), .MaxCodeBits(MaxCodeBits), .AccW(AccW),
    .AccDepth(AccDepth), .BusBytes(BusBytes), .ActBytes(ActBytes), .WgtBytes(WgtBytes),
    .OutBytes(OutBytes), .ParamEntries(ParamEntries)
  ) u_regs (
    .clk_i, .rst_ni,
    .awaddr_i(s_axil_awaddr_i), .awvalid_i(s_axil_awvalid_i), .awready_o(s_axil_awready_o),
    .wdata_i(s_axil_wdata_i), .wstrb_i(s_axil_wstrb_i), .wvalid_i(s_axil_wvalid_i),
    .wready_o(s_axil_wready_o), .bvalid_o(s_axil_bvalid_o), .bready_i(s_axil_bready_i),
    .araddr_i(s_axil_araddr_i), .arvalid_i(s_axil_arvalid_i), .arready_o(s_axil_arready_o),
    .rdata_o(s_axil_rdata_o), .rvalid_o(s_axil_rvalid_o), .rready_i(s_axil_rready_i),
    .irq_o,
    .start_o(regs_start), .list_addr_o(list_addr), .list_count_o(list_count),
    .watchdog_o(watchdog), .running_i(running), .done_i(done), .cycles_i(cycles),
    .error_code_i(error_code), .error_unit_i(error_unit), .error_index_i(error_index),
    .error_addr_i(error_addr), .counter_o(counter), .count_i(count)
  );
  assign s_axil_bresp_o = 2'b00;
  assign s_axil_rresp_o = 2'b00;

  logic        raised, stuck;
  logic [7:0]  raised_code, raised_unit;
  logic [31:0] raised_index, raised_addr;
  ds_errors u_errors (
    .abort_i(abort),
    .seq_error_i(seq_error), .load_error_i(load_error), .feeder_error_i(feeder_error),
    .post_error_i(post_error), .store_error_i(store_error),
    .overflow_i(overflow),
    .seq_code_i(seq_code), .seq_index_i(seq_index), .seq_addr_i(seq_addr),
    .load_code_i(load_code), .load_index_i(load_index), .load_addr_i(load_addr_err),
    .feeder_index_i(feeder_index), .feeder_addr_i(feeder_addr),
    .feeder_give_index_i(give_a_index),
    .post_index_i(post_index), .post_addr_i(post_addr), .post_give_index_i(give_b_index),
    .store_code_i(store_code), .store_index_i(store_index), .store_addr_i(store_addr_err),
    .stuck_i(stuck), .seq_held_i(!seq_quiet), .load_held_i(!load_idle),
    .feeder_held_i(feeder_held), .post_held_i(post_held), .store_held_i(!store_idle),
    .error_o(raised), .code_o(raised_code), .unit_o(raised_unit),
    .index_o(raised_index), .addr_o(raised_addr)
  );

  ds_job u_job (
    .clk_i, .rst_ni,
    .start_i(regs_start), .watchdog_i(watchdog),
    .idle_i(idle), .quiet_i(quiet), .progress_i(progress), .computes_i(compute_active),
    .error_i(raised), .stuck_o(stuck), .code_i(raised_code), .unit_i(raised_unit),
    .index_i(raised_index), .addr_i(raised_addr),
    .start_o(start), .running_o(running), .clear_o(clear), .abort_o(abort), .done_o(done),
    .cycles_o(cycles),
    .error_code_o(error_code), .error_unit_o(error_unit), .error_index_o(error_index),
    .error_addr_o(error_addr)
  );

  ds_counters u_counters (
    .clk_i, .rst_ni, .clear_i(start), .running_i(running),
    .seq_activity_i(seq_activity), .load_activity_i(load_activity),
    .feeder_activity_i(feeder_activity), .post_activity_i(post_activity),
    .store_activity_i(store_activity),
    .select_i(counter), .count_o(count)
  );

  // Tokens.
  logic [7:0] load_compute, compute_load, compute_store, store_compute, store_load;
  logic       load_take, compute_take, store_take;
  logic [3:0] load_take_a, load_take_b, compute_take_a, compute_take_b, store_take_a;
  logic       load_give, compute_give_a, compute_give_b, store_give_a, store_give_b;
  ds_dependencies u_dependencies (
    .clk_i, .rst_ni, .clear_i(clear),
    .load_give_i(load_give), .compute_give_a_i(compute_give_a),
    .compute_give_b_i(compute_give_b), .store_give_a_i(store_give_a),
    .store_give_b_i(store_give_b),
    .load_take_i(load_take), .load_take_a_i(load_take_a), .load_take_b_i(load_take_b),
    .compute_take_i(compute_take), .compute_take_a_i(compute_take_a),
    .compute_take_b_i(compute_take_b), .store_take_i(store_take), .store_take_a_i(store_take_a),
    .load_compute_o(load_compute), .compute_load_o(compute_load),
    .compute_store_o(compute_store), .store_compute_o(store_compute), .store_load_o(store_load),
    .overflow_o(overflow)
  );

  // Read channels.
  logic        seq_arvalid, seq_arready, seq_rvalid, seq_rready;
  logic        load_arvalid, load_arready, load_rvalid, load_rready;
  logic [31:0] seq_araddr, load_araddr;
  logic [7:0]  seq_arlen, load_arlen;
  ds_axi_read u_axi_read (
    .seq_arvalid_i(seq_arvalid), .seq_araddr_i(seq_araddr), .seq_arlen_i(seq_arlen),
    .seq_arready_o(seq_arready), .seq_rvalid_o(seq_rvalid), .seq_rready_i(seq_rready),
    .load_arvalid_i(load_arvalid), .load_araddr_i(load_araddr), .load_arlen_i(load_arlen),
    .load_arready_o(load_arready), .load_rvalid_o(load_rvalid), .load_rready_i(load_rready),
    .arvalid_o(m_axi_arvalid_o), .arid_o(m_axi_arid_o), .araddr_o(m_axi_araddr_o),
    .arlen_o(m_axi_arlen_o), .arready_i(m_axi_arready_i), .rvalid_i(m_axi_rvalid_i),
    .rid_i(m_axi_rid_i), .rready_o(m_axi_rready_o)
  );
  assign m_axi_arsize_o  = 3'($clog2(BusBytes));
  assign m_axi_arburst_o = 2'b01;

  ds_sequencer #(
    .Lanes(Lanes), .Columns(Columns), .MaxCodeBits(MaxCodeBits), .AccDepth(AccDepth),
    .BusBytes(BusBytes)
  ) u_sequencer (
    .clk_i, .rst_ni, .clear_i(clear), .abort_i(abort),
    .start_i(start), .list_addr_i(list_addr), .list_count_i(list_count),
    .arvalid_o(seq_arvalid), .araddr_o(seq_araddr), .arlen_o(seq_arlen),
    .arready_i(seq_arready), .rvalid_i(seq_rvalid), .rdata_i(m_axi_rdata_i),
    .rresp_i(m_axi_rresp_i), .rlast_i(m_axi_rlast_i), .rready_o(seq_rready),
    .cmd_o(cmd), .load_push_o(load_push), .compute_push_o(compute_push),
    .store_push_o(store_push), .load_full_i(load_full), .compute_full_i(compute_full),
    .store_full_i(store_full),
    .load_hold_o(load_hold), .load_issued_i(load_issued),
    .load_arvalid_i(load_arvalid), .load_arready_i(load_arready),
    .activity_o(seq_activity), .active_o(seq_active), .idle_o(seq_idle), .quiet_o(seq_quiet),
    .error_o(seq_error), .error_code_o(seq_code), .error_index_o(seq_index),
    .error_addr_o(seq_addr)
  );

  // Load.
  logic                  load_we, load_group;
  logic [1:0]            load_dest;
  logic [16:0]           load_addr;
  logic [BusBytes*8-1:0] load_data;
  ds_load #(
    .Columns(Columns), .BusBytes(BusBytes), .ActBytes(ActBytes), .WgtBytes(WgtBytes),
    .ParamEntries(ParamEntries)
  ) u_load (
    .clk_i, .rst_ni, .clear_i(clear), .abort_i(abort),
    .push_i(load_push), .cmd_i(cmd), .full_o(load_full), .hold_i(load_hold),
    .issued_o(load_issued),
    .count_a_i(compute_load), .count_b_i(store_load), .take_o(load_take),
    .take_a_o(load_take_a), .take_b_o(load_take_b), .give_o(load_give),
    .arvalid_o(load_arvalid), .araddr_o(load_araddr), .arlen_o(load_arlen),
    .arready_i(load_arready), .rvalid_i(load_rvalid), .rdata_i(m_axi_rdata_i),
    .rresp_i(m_axi_rresp_i), .rlast_i(m_axi_rlast_i), .rready_o(load_rready),
    .we_o(load_we), .dest_o(load_dest), .group_o(load_group), .addr_o(load_addr),
    .data_o(load_data),
    .activity_o(load_activity), .idle_o(load_idle), .quiet_o(load_quiet),
    .error_o(load_error), .error_code_o(load_code), .error_index_o(load_index),
    .error_addr_o(load_addr_err)
  );

  // Compute.
  logic                                 store_read;
  logic [$clog2(OutBytes/BusBytes)-1:0] store_raddr;
  logic [BusBytes*8-1:0]                store_rdata;
  ds_compute #(
    .Lanes(Lanes), .Columns(Columns), .MaxCodeBits(MaxCodeBits), .AccW(AccW),
    .AccDepth(AccDepth), .BusBytes(BusBytes), .ActBytes(ActBytes), .WgtBytes(WgtBytes),
    .OutBytes(OutBytes), .ParamEntries(ParamEntries)
  ) u_compute (
    .clk_i, .rst_ni, .clear_i(clear), .abort_i(abort),
    .push_i(compute_push), .cmd_i(cmd), .full_o(compute_full),
    .count_a_i(load_compute), .count_b_i(store_compute), .take_o(compute_take),
    .take_a_o(compute_take_a), .take_b_o(compute_take_b),
    .give_a_o(compute_give_a), .give_b_o(compute_give_b),
    .give_a_index_o(give_a_index), .give_b_index_o(give_b_index),
    .load_we_i(load_we), .load_dest_i(load_dest), .load_group_i(load_group),
    .load_addr_i(load_addr), .load_data_i(load_data),
    .store_read_i(store_read), .store_raddr_i(store_raddr), .store_rdata_o(store_rdata),
    .feeder_activity_o(feeder_activity), .post_activity_o(post_activity),
    .active_o(compute_active), .idle_o(compute_idle), .feeder_held_o(feeder_held),
    .post_held_o(post_held),
    .feeder_error_o(feeder_error), .feeder_error_index_o(feeder_index),
    .feeder_error_addr_o(feeder_addr), .post_error_o(post_error),
    .post_error_index_o(post_index), .post_error_addr_o(post_addr)
  );

  // Store.
  ds_store #(.BusBytes(BusBytes), .OutBytes(OutBytes)) u_store (
    .clk_i, .rst_ni, .clear_i(clear), .abort_i(abort),
    .push_i(store_push), .cmd_i(cmd), .full_o(store_full),
    .count_a_i(compute_store), .take_o(store_take), .take_a_o(store_take_a),
    .give_a_o(store_give_a), .give_b_o(store_give_b), .cycles_i(cycles),
    .awvalid_o(m_axi_awvalid_o), .awaddr_o(m_axi_awaddr_o), .awlen_o(m_axi_awlen_o),
    .awready_i(m_axi_awready_i), .wvalid_o(m_axi_wvalid_o), .wdata_o(m_axi_wdata_o),
    .wstrb_o(m_axi_wstrb_o), .wlast_o(m_axi_wlast_o), .wready_i(m_axi_wready_i),
    .bvalid_i(m_axi_bvalid_i), .bresp_i(m_axi_bresp_i),
    .read_o(store_read), .raddr_o(store_raddr), .rdata_i(store_rdata),
    .activity_o(store_activity), .idle_o(store_idle), .quiet_o(store_quiet),
    .error_o(store_error), .error_code_o(store_code), .error_index_o(store_index),
    .error_addr_o(store_addr_err)
  );
  assign m_axi_awid_o    = 1'b0;
  assign m_axi_awsize_o  = 3'($clog2(BusBytes));
  assign m_axi_awburst_o = 2'b01;
  assign m_axi_bready_o  = 1'b1;

  // Job state.
  assign idle  = seq_idle && load_idle && compute_idle && store_idle;
  assign quiet = seq_quiet && load_quiet && store_quiet;
  assign progress = seq_active || load_activity == ds_pkg::ActBusy
                 || store_activity == ds_pkg::ActBusy
                 || (m_axi_arvalid_o && m_axi_arready_i) || (m_axi_rvalid_i && m_axi_rready_o)
                 || (m_axi_awvalid_o && m_axi_awready_i) || m_axi_bvalid_i
                 || load_take || store_take;

  logic unused;
  assign unused = m_axi_bid_i;

endmodule
