// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_axi_read: joins the sequencer and the load unit on one AXI read port.
//
// Commands use ID 0 and go first, loads use ID 1. The two never compete: the
// sequencer does not begin to show an address while the load unit shows one.
// Responses return by their ID, while both can take them: no output follows from
// an input of the bus.
//
// Latency     none: addresses and data pass through.
// Throughput  one address and one beat per cycle.
// Stall       an address once shown stays until it is accepted: nothing goes before it.
// Reset       no state.
// Test        tests/rtl/ds_axi_read_test.cc

module ds_axi_read (
  // Sequencer.
  input  logic        seq_arvalid_i,
  input  logic [31:0] seq_araddr_i,
  input  logic [7:0]  seq_arlen_i,
  output logic        seq_arready_o,
  output logic        seq_rvalid_o,   // with seq_rready_i the bus takes the beat
  input  logic        seq_rready_i,

  // Load unit.
  input  logic        load_arvalid_i,
  input  logic [31:0] load_araddr_i,
  input  logic [7:0]  load_arlen_i,
  output logic        load_arready_o,
  output logic        load_rvalid_o,
  input  logic        load_rready_i,

  // Bus.
  output logic        arvalid_o,
  output logic        arid_o,
  output logic [31:0] araddr_o,
  output logic [7:0]  arlen_o,
  input  logic        arready_i,
  input  logic        rvalid_i,
  input  logic        rid_i,
  output logic        rready_o
);

  logic load;
  assign load = !seq_arvalid_i;

  assign arvalid_o      = load ? load_arvalid_i : seq_arvalid_i;
  assign arid_o         = load;
  assign araddr_o       = load ? load_araddr_i : seq_araddr_i;
  assign arlen_o        = load ? load_arlen_i : seq_arlen_i;
  assign seq_arready_o  = arready_i && !load;
  assign load_arready_o = arready_i && load;
  assign seq_rvalid_o   = rvalid_i && !rid_i && load_rready_i;
  assign load_rvalid_o  = rvalid_i && rid_i && seq_rready_i;
  assign rready_o       = seq_rready_i && load_rready_i;

endmodule
