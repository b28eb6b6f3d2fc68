// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_errors: picks one error when several units raise theirs together.
//
// Combinational; the lowest unit wins.
//
// Golden      docs/registers.md, Errors
// Test        tests/rtl/ds_job_test.cc

module ds_errors (
  input  logic [4:0]  raise_i,  // by unit

  input  logic [7:0]  seq_code_i,
  input  logic [31:0] seq_index_i,
  input  logic [31:0] seq_addr_i,
  input  logic [7:0]  load_code_i,
  input  logic [31:0] load_index_i,
  input  logic [31:0] load_addr_i,
  input  logic [7:0]  feeder_code_i,
  input  logic [31:0] feeder_index_i,
  input  logic [31:0] feeder_addr_i,
  input  logic [7:0]  post_code_i,
  input  logic [31:0] post_index_i,
  input  logic [31:0] post_addr_i,
  input  logic [7:0]  store_code_i,
  input  logic [31:0] store_index_i,
  input  logic [31:0] store_addr_i,

  output logic        error_o,
  output logic [7:0]  code_o,
  output logic [7:0]  unit_o,
  output logic [31:0] index_o,
  output logic [31:0] addr_o
);

  assign error_o = raise_i != 5'd0;

  always_comb begin
    code_o  = ds_pkg::ErrNone;
    unit_o  = ds_pkg::UnitSequencer;
    index_o = '0;
    addr_o  = '0;
    if (raise_i[0]) begin
      code_o  = seq_code_i;
      index_o = seq_index_i;
      addr_o  = seq_addr_i;
    end else if (raise_i[1]) begin
      code_o  = load_code_i;
      unit_o  = ds_pkg::UnitLoad;
      index_o = load_index_i;
      addr_o  = load_addr_i;
    end else if (raise_i[2]) begin
      code_o  = feeder_code_i;
      unit_o  = ds_pkg::UnitFeeder;
      index_o = feeder_index_i;
      addr_o  = feeder_addr_i;
    end else if (raise_i[3]) begin
      code_o  = post_code_i;
      unit_o  = ds_pkg::UnitPost;
      index_o = post_index_i;
      addr_o  = post_addr_i;
    end else if (raise_i[4]) begin
      code_o  = store_code_i;
      unit_o  = ds_pkg::UnitStore;
      index_o = store_index_i;
      addr_o  = store_addr_i;
    end
  end

endmodule
