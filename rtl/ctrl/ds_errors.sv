// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_errors: picks one error when several units raise theirs together.
//
// Combinational; the lowest unit wins. A token counter's overflow counts as an error
// of the unit that gave the token, after the unit's own. Without an error the index
// is that of the oldest command of a given unit, for the watchdog.
//
// Golden      docs/registers.md, Errors
// Test        tests/rtl/ds_job_test.cc

module ds_errors (
  input  logic [4:0]  raise_i,     // by unit
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

  input  logic [7:0]  stuck_unit_i,  // whose command index_o shows while there is no error

  output logic        error_o,
  output logic [7:0]  code_o,
  output logic [7:0]  unit_o,
  output logic [31:0] index_o,
  output logic [31:0] addr_o
);

  assign error_o = raise_i != 5'd0 || overflow_i != 5'd0;

  always_comb begin
    code_o  = ds_pkg::ErrToken;
    unit_o  = ds_pkg::UnitSequencer;
    addr_o  = '0;
    case (stuck_unit_i)
      ds_pkg::UnitLoad:   index_o = load_index_i;
      ds_pkg::UnitFeeder: index_o = feeder_index_i;
      ds_pkg::UnitPost:   index_o = post_index_i;
      ds_pkg::UnitStore:  index_o = store_index_i;
      default:            index_o = seq_index_i;
    endcase
    if (raise_i[0]) begin
      code_o  = seq_code_i;
      index_o = seq_index_i;
      addr_o  = seq_addr_i;
    end else if (raise_i[1] || overflow_i[0]) begin
      unit_o  = ds_pkg::UnitLoad;
      index_o = load_index_i;
      if (raise_i[1]) begin
        code_o = load_code_i;
        addr_o = load_addr_i;
      end
    end else if (raise_i[2] || overflow_i[1]) begin
      unit_o  = ds_pkg::UnitFeeder;
      index_o = feeder_give_index_i;
      if (raise_i[2]) begin
        code_o  = ds_pkg::ErrRange;
        index_o = feeder_index_i;
        addr_o  = feeder_addr_i;
      end
    end else if (raise_i[3] || overflow_i[2]) begin
      unit_o  = ds_pkg::UnitPost;
      index_o = post_give_index_i;
      if (raise_i[3]) begin
        code_o  = ds_pkg::ErrRange;
        index_o = post_index_i;
        addr_o  = post_addr_i;
      end
    end else if (raise_i[4] || overflow_i[4:3] != 2'd0) begin
      unit_o  = ds_pkg::UnitStore;
      index_o = store_index_i;
      if (raise_i[4]) begin
        code_o = store_code_i;
        addr_o = store_addr_i;
      end
    end
  end

endmodule
