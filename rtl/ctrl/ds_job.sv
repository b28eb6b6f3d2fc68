// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_job: starts and ends jobs, catches errors and lack of progress.
//
// Outside a job every unit is held cleared. The first error is kept; bursts under
// way are then completed.
//
// Latency     the job ends 1 cycle after the last unit became idle; units are told
//             to abort 2 cycles after an error was raised.
// Reset       no job, no error.
// Golden      docs/registers.md, Errors
// Test        tests/rtl/ds_job_test.cc

module ds_job (
  input  logic        clk_i,
  input  logic        rst_ni,

  input  logic        start_i,     // ignored while a job runs
  input  logic [31:0] watchdog_i,

  // State of the units.
  input  logic        idle_i,      // everything handed over, done and answered
  input  logic        quiet_i,     // nothing outstanding on the bus
  input  logic        progress_i,  // something moved,
  input  logic        computes_i,  // or compute did: split, for it decides nearly always

  // The error to keep: raised by a unit or, with stuck_o, the watchdog's.
  input  logic        error_i,
  output logic        stuck_o,
  input  logic [7:0]  code_i,
  input  logic [7:0]  unit_i,
  input  logic [31:0] index_i,
  input  logic [31:0] addr_i,

  output logic        start_o,     // a job begins: next cycle is its first
  output logic        running_o,
  output logic        clear_o,     // hold the units cleared
  output logic        abort_o,
  output logic        done_o,      // the job ended

  output logic [63:0] cycles_o,
  output logic [7:0]  error_code_o,
  output logic [7:0]  error_unit_o,
  output logic [31:0] error_index_o,
  output logic [31:0] error_addr_o
);

  typedef enum logic [1:0] {StIdle, StRun, StAbort, StStuck} state_e;
  state_e state_d, state_q;

  logic [31:0] stall_d, stall_q, limit_q;
  logic [63:0] cycles_q;
  logic        expired, start, done, refused, keep;

  // The first error of a job is kept; a start while the bus owes answers is one, too.
  assign refused = state_q == StStuck && start_i;
  assign stuck_o = expired || refused;
  assign keep    = refused
                || (state_q == StRun && code_q == ds_pkg::ErrNone && (error_i || expired));
  assign start   = state_q == StIdle && start_i;
  assign expired = stall_q >= limit_q;

  always_comb begin
    state_d = state_q;
    done    = 1'b0;
    unique case (state_q)
      StIdle: if (start_i) state_d = StRun;
      // Units work.
      StRun: begin
        if (code_q != ds_pkg::ErrNone || expired) begin
          state_d = StAbort;
        end else if (idle_i) begin
          state_d = StIdle;
          done    = 1'b1;
        end
      end
      // An error is known; the bus finishes what was begun.
      StAbort: begin
        if (quiet_i || expired) begin
          state_d = StStuck;
          if (quiet_i) state_d = StIdle;
          done    = 1'b1;
        end
      end
      // The job ended but the bus still owes answers: nothing may start, or be taken back.
      StStuck: begin
        done = start_i;
        if (quiet_i) state_d = StIdle;
      end
      default: state_d = StIdle;
    endcase
  end

  logic [7:0]  code_q, unit_q;
  logic [31:0] index_q, addr_q;

  always_comb begin
    stall_d = '0;
    if (!computes_i) begin
      if (!progress_i && state_d == state_q) stall_d = stall_q + 32'd1;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q  <= StIdle;
      stall_q  <= '0;
      limit_q  <= '0;
      cycles_q <= '0;
      code_q   <= ds_pkg::ErrNone;
      unit_q   <= '0;
      index_q  <= '0;
      addr_q   <= '0;
    end else begin
      state_q <= state_d;
      stall_q <= stall_d;
      if (start) begin
        limit_q  <= (watchdog_i == 32'd0) ? 32'd1 : watchdog_i;
        cycles_q <= '0;
        code_q   <= ds_pkg::ErrNone;
        unit_q   <= '0;
        index_q  <= '0;
        addr_q   <= '0;
      end else if (running_o) begin
        cycles_q <= cycles_q + 64'd1;
      end
      if (keep) begin
        code_q  <= code_i;
        unit_q  <= unit_i;
        index_q <= index_i;
        addr_q  <= addr_i;
      end
    end
  end

  assign start_o       = start;
  assign running_o     = state_q == StRun || state_q == StAbort;
  assign clear_o       = state_q == StIdle;
  assign abort_o       = state_q == StAbort || state_q == StStuck;
  assign done_o        = done;
  assign cycles_o      = cycles_q;
  assign error_code_o  = code_q;
  assign error_unit_o  = unit_q;
  assign error_index_o = index_q;
  assign error_addr_o  = addr_q;

endmodule
