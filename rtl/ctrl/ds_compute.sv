// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_compute: compute unit: issue, unpacker, feeder, array, accumulators, post.
//
// Wires the three walkers to the buffers and to each other.
//
// Latency     5 cycles from a stripe's last issue to its bank being drained.
// Golden      docs/architecture.md, Who works when
// Test        tests/system/

module ds_compute #(
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
  input  logic clk_i,
  input  logic rst_ni,
  input  logic clear_i,
  input  logic abort_i,  // errors do not count any more

  // Commands and tokens.
  input  logic         push_i,
  input  logic [543:0] cmd_i,
  output logic         full_o,
  input  logic [7:0]   count_a_i,
  input  logic [7:0]   count_b_i,
  output logic         take_o,
  output logic [3:0]   take_a_o,
  output logic [3:0]   take_b_o,
  output logic         give_a_o,
  output logic         give_b_o,
  output logic [31:0]  give_a_index_o,
  output logic [31:0]  give_b_index_o,

  // Written by the load unit.
  input  logic                  load_we_i,
  input  logic [1:0]            load_dest_i,
  input  logic                  load_group_i,
  input  logic [16:0]           load_addr_i,
  input  logic [BusBytes*8-1:0] load_data_i,

  // Read by the store unit.
  input  logic                                 store_read_i,
  input  logic [$clog2(OutBytes/BusBytes)-1:0] store_raddr_i,
  output logic [BusBytes*8-1:0]                store_rdata_o,

  output logic [1:0]  feeder_activity_o,
  output logic [1:0]  post_activity_o,
  output logic        active_o,
  output logic        idle_o,
  output logic        feeder_held_o,  // the feeder side holds a command
  output logic        post_held_o,

  // Buffer range errors: feeder side (feeder or unpacker), post. Without an error
  // the index is that of the oldest command.
  output logic        feeder_error_o,
  output logic [31:0] feeder_error_index_o,
  output logic [31:0] feeder_error_addr_o,
  output logic        post_error_o,
  output logic [31:0] post_error_index_o,
  output logic [31:0] post_error_addr_o
);

  localparam int GroupBytes = ActBytes/2;
  localparam int PosW = $clog2(AccDepth);
  // Rows of codes a bus word holds at 2 bits, between one row and the whole tile.
  localparam int BusRows = BusBytes*8/(2*Columns);
  localparam int GroupRows = BusRows < 1 ? 1 : BusRows > Lanes ? Lanes : BusRows;

  // Walkers' commands.
  logic         unpacker_valid, unpacker_ready, feeder_valid, feeder_ready;
  logic         post_valid, post_ready, waiting;
  logic [31:0]  waiting_index;
  logic [543:0] unpacker_cmd, feeder_cmd, post_cmd;

  ds_issue u_issue (
    .clk_i, .clear_i, .push_i, .cmd_i, .full_o,
    .count_a_i, .count_b_i, .take_o, .take_a_o, .take_b_o,
    .unpacker_valid_o(unpacker_valid), .unpacker_cmd_o(unpacker_cmd),
    .unpacker_ready_i(unpacker_ready),
    .feeder_valid_o(feeder_valid), .feeder_cmd_o(feeder_cmd), .feeder_ready_i(feeder_ready),
    .post_valid_o(post_valid), .post_cmd_o(post_cmd), .post_ready_i(post_ready),
    .waiting_o(waiting), .waiting_index_o(waiting_index)
  );

  // Unpacker and weight buffer.
  logic                                 wgt_read;
  logic [$clog2(WgtBytes/BusBytes)-1:0] wgt_raddr;
  logic [BusBytes*8-1:0]                wgt_rdata;
  logic                                 group_we, swap, tile_take, tile_ready;
  logic [6:0]                           group;
  logic [GroupRows*Columns*4-1:0]       group_codes;
  logic                                 unpacker_active, unpacker_range;
  logic [31:0]                          unpacker_range_addr;

  ds_ram #(.Width(BusBytes*8), .Depth(WgtBytes/BusBytes)) u_wgt_buffer (
    .clk_i,
    .we_i   (load_we_i && load_dest_i == ds_pkg::DestWeight),
    .waddr_i(load_addr_i[$clog2(WgtBytes/BusBytes)-1:0]),
    .wdata_i(load_data_i),
    .re_i   (wgt_read),
    .raddr_i(wgt_raddr),
    .rdata_o(wgt_rdata)
  );

  ds_unpacker #(
    .Lanes(Lanes), .Columns(Columns), .MaxCodeBits(MaxCodeBits), .BusBytes(BusBytes),
    .WgtBytes(WgtBytes), .GroupRows(GroupRows)
  ) u_unpacker (
    .clk_i, .rst_ni, .clear_i,
    .cmd_valid_i(unpacker_valid), .cmd_i(unpacker_cmd[511:0]), .cmd_ready_o(unpacker_ready),
    .read_o(wgt_read), .raddr_o(wgt_raddr), .rdata_i(wgt_rdata),
    .group_we_o(group_we), .group_o(group), .group_codes_o(group_codes),
    .swap_i(swap), .take_i(tile_take), .tile_ready_o(tile_ready),
    .active_o(unpacker_active), .range_o(unpacker_range), .range_addr_o(unpacker_range_addr)
  );

  // Between feeder and post.
  logic       bank_claim, claim_bank, bank_free, free_bank, post_running, post_caught_up;
  logic [1:0] banks_free;
  ds_handoff u_handoff (
    .clk_i, .rst_ni, .clear_i,
    .claim_i(bank_claim), .claim_bank_i(claim_bank), .free_i(bank_free), .free_bank_i(free_bank),
    .bank_free_o(banks_free),
    .feeder_end_i(feeder_ready), .post_end_i(post_ready), .post_running_i(post_running),
    .post_caught_up_o(post_caught_up)
  );

  // Feeder and activation buffer.
  logic                          act_read, a_group, b_use, lanes_we;
  logic [$clog2(GroupBytes)-1:0] a_addr, b_addr;
  logic [6:0]                    a_len, ab_len;
  logic                          step, first, step_bank, sum_done;
  logic [PosW-1:0]               position;
  logic                          tap, tap_first, tap_last, feeder_done;
  logic [1:0]                    tap_operation;
  logic [Lanes*8-1:0]            u, x;
  logic                          feeder_active, feeder_range;
  logic [1:0]                    feeder_activity;
  logic [31:0]                   feeder_range_addr;

  ds_feeder #(
    .Lanes(Lanes), .Columns(Columns), .AccDepth(AccDepth), .BusBytes(BusBytes),
    .GroupBytes(GroupBytes)
  ) u_feeder (
    .clk_i, .rst_ni, .clear_i,
    .cmd_valid_i(feeder_valid), .cmd_i(feeder_cmd[511:0]), .cmd_ready_o(feeder_ready),
    .done_o(feeder_done),
    .tile_ready_i(tile_ready), .tile_take_o(tile_take),
    .bank_free_i(banks_free), .bank_claim_o(bank_claim), .bank_o(claim_bank),
    .post_idle_i(post_caught_up),
    .read_o(act_read), .a_group_o(a_group), .a_addr_o(a_addr), .b_use_o(b_use),
    .b_addr_o(b_addr), .lanes_we_o(lanes_we), .a_len_o(a_len), .ab_len_o(ab_len),
    .step_o(step), .swap_o(swap), .position_o(position), .first_o(first),
    .step_bank_o(step_bank), .sum_done_o(sum_done),
    .tap_o(tap), .tap_first_o(tap_first), .tap_last_o(tap_last),
    .tap_operation_o(tap_operation),
    .activity_o(feeder_activity), .active_o(feeder_active),
    .range_o(feeder_range), .range_addr_o(feeder_range_addr)
  );

  ds_act_buffer #(
    .Lanes(Lanes), .BusBytes(BusBytes), .GroupBytes(GroupBytes)
  ) u_act_buffer (
    .clk_i,
    .we_i    (load_we_i && load_dest_i == ds_pkg::DestActivation),
    .wgroup_i(load_group_i),
    .waddr_i (load_addr_i[$clog2(GroupBytes/BusBytes)-1:0]),
    .wdata_i (load_data_i),
    .read_i(act_read), .a_group_i(a_group), .a_addr_i(a_addr), .b_use_i(b_use),
    .b_addr_i(b_addr), .lanes_we_i(lanes_we), .a_len_i(a_len), .ab_len_i(ab_len),
    .u_o(u), .x_o(x)
  );

  // Array and accumulators.
  logic [Columns*32-1:0] sums;
  ds_array #(.Lanes(Lanes), .Columns(Columns), .GroupRows(GroupRows)) u_array (
    .clk_i,
    .group_we_i(group_we), .group_i(group), .group_codes_i(group_codes),
    .step_i(step), .swap_i(swap), .u_i(u), .sum_o(sums)
  );

  // The step's flags meet its column sums two cycles after stage 1.
  logic            step2_q, first2_q, bank2_q, sum_done2_q, sum_done3_q;
  logic [PosW-1:0] position2_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      step2_q     <= 1'b0;
      sum_done2_q <= 1'b0;
      sum_done3_q <= 1'b0;
    end else if (clear_i) begin
      step2_q     <= 1'b0;
      sum_done2_q <= 1'b0;
      sum_done3_q <= 1'b0;
    end else begin
      step2_q     <= step;
      sum_done2_q <= sum_done;
      sum_done3_q <= sum_done2_q;
    end
  end
  always_ff @(posedge clk_i) begin
    if (step) begin
      first2_q    <= first;
      bank2_q     <= step_bank;
      position2_q <= position;
    end
  end

  logic                    acc_read;
  logic [PosW-1:0]         acc_position;
  logic [Columns*AccW-1:0] acc_rdata;
  ds_accumulators #(.Columns(Columns), .AccW(AccW), .AccDepth(AccDepth)) u_accumulators (
    .clk_i, .rst_ni,
    .step_i(step2_q), .bank_i(bank2_q), .position_i(position2_q), .first_i(first2_q),
    .sum_i(sums),
    .read_i(acc_read), .read_bank_i(free_bank), .read_position_i(acc_position),
    .rdata_o(acc_rdata)
  );

  // Post, parameters and output buffer.
  logic                            param_read, out_we, post_done, post_give, post_idle;
  logic [$clog2(ParamEntries)-1:0] param_entry;
  logic [Columns*64-1:0]           params;
  logic [$clog2(OutBytes)-1:0]     out_waddr;
  logic [6:0]                      out_wlen;
  logic [Columns*8-1:0]            out_wdata;
  logic                            post_active;

  ds_post #(
    .Lanes(Lanes), .Columns(Columns), .AccW(AccW), .AccDepth(AccDepth), .BusBytes(BusBytes),
    .OutBytes(OutBytes), .ParamEntries(ParamEntries)
  ) u_post (
    .clk_i, .rst_ni, .clear_i, .abort_i,
    .cmd_valid_i(post_valid), .cmd_i(post_cmd[511:0]), .index_i(post_cmd[543:512]),
    .cmd_ready_o(post_ready), .running_o(post_running),
    .done_o(post_done), .done_give_o(post_give), .done_index_o(give_b_index_o),
    .idle_o(post_idle),
    .sum_done_i(sum_done3_q), .bank_free_o(bank_free), .bank_o(free_bank),
    .acc_read_o(acc_read), .acc_position_o(acc_position), .acc_rdata_i(acc_rdata),
    .tap_i(tap), .tap_first_i(tap_first), .tap_last_i(tap_last),
    .tap_operation_i(tap_operation), .x_i(x),
    .param_read_o(param_read), .param_entry_o(param_entry), .params_i(params),
    .we_o(out_we), .waddr_o(out_waddr), .wlen_o(out_wlen), .wdata_o(out_wdata),
    .activity_o(post_activity_o), .active_o(post_active),
    .range_o(post_error_o), .range_addr_o(post_error_addr_o), .range_index_o(post_error_index_o)
  );

  localparam int ParamWords = ParamEntries*Columns*8/BusBytes;
  ds_param_buffer #(
    .Columns(Columns), .BusBytes(BusBytes), .ParamEntries(ParamEntries)
  ) u_param_buffer (
    .clk_i,
    .we_i   (load_we_i && load_dest_i == ds_pkg::DestParameter),
    .waddr_i(load_addr_i[$clog2(ParamWords)-1:0]),
    .wdata_i(load_data_i),
    .read_i(param_read), .raddr_i(param_entry), .params_o(params)
  );

  ds_out_buffer #(
    .Columns(Columns), .BusBytes(BusBytes), .OutBytes(OutBytes)
  ) u_out_buffer (
    .clk_i,
    .we_i(out_we), .waddr_i(out_waddr), .wlen_i(out_wlen), .wdata_i(out_wdata),
    .read_i(store_read_i), .raddr_i(store_raddr_i), .rdata_o(store_rdata_o)
  );

  assign give_a_o       = feeder_done && feeder_cmd[24];
  assign give_a_index_o = feeder_cmd[543:512];
  assign give_b_o       = post_done && post_give;

  // A command that waits for its tokens counts as the feeder's.
  assign feeder_activity_o = (waiting && feeder_activity == ds_pkg::ActIdle)
                           ? ds_pkg::ActWaitIn : feeder_activity;

  always_comb begin
    if (feeder_active) active_o = 1'b1;
    else active_o = take_o || unpacker_active || post_active;
  end
  assign idle_o        = !waiting && !feeder_valid && post_idle;
  assign feeder_held_o = waiting || feeder_valid;
  assign post_held_o   = !post_idle;

  assign feeder_error_o       = feeder_range || unpacker_range;
  assign feeder_error_index_o = unpacker_range && !feeder_range && !abort_i ? unpacker_cmd[543:512]
                              : feeder_valid ? feeder_cmd[543:512] : waiting_index;
  assign feeder_error_addr_o  = feeder_range ? feeder_range_addr : unpacker_range_addr;

  logic unused;
  assign unused = ^load_addr_i;

endmodule
