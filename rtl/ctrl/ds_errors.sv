// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_errors: picks one error when several units raise theirs together.
//
// Combinational; the lowest unit wins. A token counter's overflow counts as an error
// of the unit that gave the token, after the unit's own. The watchdog comes last: it
// names the lowest unit that holds a command, and the oldest of that unit's commands.
//
// Golden      docs/registers.md, Errors
// Test        tests/rtl/ds_job_test.cc

module ds_errors (
  input  logic        abort_i,     // the job has its error: show no other
  input  logic        seq_error_i,
  input  logic        load_error_i,
  input  logic        feeder_error_i,
  input  logic        post_error_i,
  input  logic        store_error_i,
  input  logic [4:0]  overflow_i,  // load, compute a, compute b, store a, store b

  input  logic [7:0]  seq_code_i,
  input  logic [31:0] seq_index_i,
  input  logic [31:0] seq_addr_i,
  input  logic [7:0]  load_code_i,
  input  logic [31:0] load_index_i,
  input  logic [31:0] load_addr_i,
  // Feeder and post raise range errors only.
  input  logic [31:0] feeder_index_i,
  input  logic [31:0] feeder_addr_i,
  input  logic [31:0] feeder_give_index_i,
  input  logic [31:0] post_index_i,
  input  logic [31:0] post_addr_i,
  input  logic [31:0] post_give_index_i,
  input  logic [7:0]  store_code_i,
  input  logic [31:0] store_index_i,
  input  logic [31:0] store_addr_i,

  // The watchdog expired, an error unless there is another; the units that hold a command.
  input  logic        stuck_i,
  input  logic        seq_held_i,
  input  logic        load_held_i,
  input  logic        feeder_held_i,
  input  logic        post_held_i,
  input  logic        store_held_i,

  output logic        error_o,
  output logic [7:0]  code_o,
  output logic [7:0]  unit_o,
  output logic [31:0] index_o,
  output logic [31:0] addr_o
);

  assign error_o = !abort_i && (seq_error_i || load_error_i || feeder_error_i || post_error_i
                                || store_error_i || overflow_i != 5'd0);

  // The unit whose error, or whose oldest command, is shown.
  logic [7:0] unit;
  always_comb begin
    unit = ds_pkg::UnitSequencer;
    if (error_o) begin
      if (seq_error_i) unit = ds_pkg::UnitSequencer;
      else if (load_error_i || overflow_i[0]) unit = ds_pkg::UnitLoad;
      else if (feeder_error_i || overflow_i[1]) unit = ds_pkg::UnitFeeder;
      else if (post_error_i || overflow_i[2]) unit = ds_pkg::UnitPost;
      else unit = ds_pkg::UnitStore;
    end else if (stuck_i) begin
      if (seq_held_i) unit = ds_pkg::UnitSequencer;
      else if (load_held_i) unit = ds_pkg::UnitLoad;
      else if (feeder_held_i) unit = ds_pkg::UnitFeeder;
      else if (post_held_i) unit = ds_pkg::UnitPost;
      else if (store_held_i) unit = ds_pkg::UnitStore;
    end
  end

  always_comb begin
    code_o  = ds_pkg::ErrNone;
    unit_o  = unit;
    index_o = '0;
    addr_o  = '0;
    if (error_o || stuck_i) begin
      code_o = error_o ? ds_pkg::ErrToken : ds_pkg::ErrWatchdog;
      case (unit)
        ds_pkg::UnitLoad: begin
          index_o = load_index_i;
          if (error_o && load_error_i) begin
            code_o = load_code_i;
            addr_o = load_addr_i;
          end
        end
        ds_pkg::UnitFeeder: begin
          index_o = (error_o && !feeder_error_i) ? feeder_give_index_i : feeder_index_i;
          if (error_o && feeder_error_i) begin
            code_o = ds_pkg::ErrRange;
            addr_o = feeder_addr_i;
          end
        end
        ds_pkg::UnitPost: begin
          index_o = (error_o && !post_error_i) ? post_give_index_i : post_index_i;
          if (error_o && post_error_i) begin
            code_o = ds_pkg::ErrRange;
            addr_o = post_addr_i;
          end
        end
        ds_pkg::UnitStore: begin
          index_o = store_index_i;
          if (error_o && store_error_i) begin
            code_o = store_code_i;
            addr_o = store_addr_i;
          end
        end
        default: begin
          index_o = seq_index_i;
          if (error_o && seq_error_i) begin
            code_o = seq_code_i;
            addr_o = seq_addr_i;
          end
        end
      endcase
    end
  end

endmodule
