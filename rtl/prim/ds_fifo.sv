// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_fifo: first-in first-out queue whose head is visible without a pop.
//
// Latency     an item pushed in one cycle is at data_o in the next.
// Throughput  one push and one pop per cycle.
// Stall       a push while full_o or a pop while empty_o is ignored.
// Reset       pointers; the storage keeps its contents.
// Test        tests/rtl/ds_fifo_test.cc

module ds_fifo #(
  parameter int Width = 8,
  parameter int Depth = 4  // a power of two, at least 2
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             clear_i,  // empties the queue

  input  logic             push_i,
  input  logic [Width-1:0] data_i,
  output logic             full_o,

  input  logic             pop_i,
  output logic [Width-1:0] data_o,
  output logic             empty_o
);

  localparam int PtrW = $clog2(Depth);

  logic [Width-1:0] mem [0:Depth-1];
  logic [Width-1:0] head_q;  // the oldest item
  logic [PtrW:0] wr_q, rd_q, rd_next;
  logic push, pop, refill;

  assign empty_o = wr_q == rd_q;
  assign full_o  = wr_q == (rd_q ^ {1'b1, {PtrW{1'b0}}});
  assign data_o  = head_q;

  assign push    = push_i && !full_o;
  assign pop     = pop_i && !empty_o;
  assign rd_next = rd_q + 1'b1;
  // The head comes from the storage unless the item pushed now is the only one.
  assign refill  = pop && wr_q != rd_next;

  // The write blocks: it comes after the only read, and simulates much faster.
  always_ff @(posedge clk_i) begin
    if (refill) head_q <= mem[rd_next[PtrW-1:0]];
    else if (push && (pop || empty_o)) head_q <= data_i;
    if (push) mem[wr_q[PtrW-1:0]] = data_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      wr_q <= '0;
      rd_q <= '0;
    end else if (clear_i) begin
      wr_q <= '0;
      rd_q <= '0;
    end else begin
      if (push) wr_q <= wr_q + 1'b1;
      if (pop) rd_q <= rd_next;
    end
  end

endmodule
