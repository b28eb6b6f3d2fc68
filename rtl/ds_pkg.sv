// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_pkg: constants of the command set and the register map.
//
// docs/commands.md and docs/registers.md define every value.

package ds_pkg;

  // Opcodes and the command set version.
  localparam logic [7:0] OpLoad   = 8'd1;
  localparam logic [7:0] OpConv   = 8'd2;
  localparam logic [7:0] OpVector = 8'd3;
  localparam logic [7:0] OpStore  = 8'd4;
  localparam logic [7:0] OpStamp  = 8'd5;
  localparam logic [7:0] CommandVersion = 8'd1;
  localparam logic [15:0] RegisterVersion = 16'd1;

  // LOAD destinations.
  localparam logic [1:0] DestActivation = 2'd0;
  localparam logic [1:0] DestWeight     = 2'd1;
  localparam logic [1:0] DestParameter  = 2'd2;

  // VECTOR operations.
  localparam logic [1:0] VecMaximum  = 2'd0;
  localparam logic [1:0] VecSum      = 2'd1;
  localparam logic [1:0] VecAddition = 2'd2;

  // Error codes.
  localparam logic [7:0] ErrNone        = 8'd0;
  localparam logic [7:0] ErrIllegal     = 8'd1;
  localparam logic [7:0] ErrReadSlave   = 8'd2;
  localparam logic [7:0] ErrReadDecode  = 8'd3;
  localparam logic [7:0] ErrWriteSlave  = 8'd4;
  localparam logic [7:0] ErrWriteDecode = 8'd5;
  localparam logic [7:0] ErrWatchdog    = 8'd6;
  localparam logic [7:0] ErrRange       = 8'd7;
  localparam logic [7:0] ErrToken       = 8'd8;

  // Units, as in the error register and the counter map.
  localparam logic [7:0] UnitSequencer = 8'd0;
  localparam logic [7:0] UnitLoad      = 8'd1;
  localparam logic [7:0] UnitFeeder    = 8'd2;
  localparam logic [7:0] UnitPost      = 8'd3;
  localparam logic [7:0] UnitStore     = 8'd4;

  // What a unit does in a cycle; selects its counter.
  localparam logic [1:0] ActBusy    = 2'd0;
  localparam logic [1:0] ActWaitIn  = 2'd1;
  localparam logic [1:0] ActWaitOut = 2'd2;
  localparam logic [1:0] ActIdle    = 2'd3;

  // Longest AXI burst, beats.
  localparam int MaxBurst = 32;

endpackage
