// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// ds_fifo: first-in first-out queue whose head is visible without a pop.
//
// Latency     an item pushed in one cycle is at data_o in the next.
// Throughput  one push and one pop per cycle.
// Stall       a push while full_o or a pop while empty_o is ignored.
// Reset       clear_i in one cycle; the storage keeps its contents.
// Test        tests/rtl/ds_fifo_test.cc

module ds_fifo #(
  parameter int Width = 8,
  parameter int Depth = 4  // at least 2
) (
  input  logic             clk_i,
  input  logic             clear_i,  // empties the queue; high during reset

  input  logic             push_i,
  input  logic [Width-1:0] data_i,
  output logic             full_o,

  input  logic             pop_i,
  output logic [Width-1:0] data_o,
  output logic             empty_o
);

  localparam int PtrW = $clog2(Depth);

  logic [Width-1:0] mem [0:Depth-1];
  logic [Width-1:0] head_q;          // the oldest item
  logic [PtrW-1:0]  wr_q, next_q;    // where the next item goes; the one after the head
  logic [PtrW:0]    count_q;
  logic             empty_q, full_q;

  assign empty_o = empty_q;
  assign full_o  = full_q;
  assign data_o  = head_q;

  function automatic logic [PtrW-1:0] after(input logic [PtrW-1:0] place);
    after = (place == PtrW'(Depth - 1)) ? '0 : place + 1'b1;
  endfunction

  // The head comes from the storage unless the item pushed now is the only one.
  // The write blocks: it comes after the only read, and simulates much faster.
  always_ff @(posedge clk_i) begin
    if (clear_i) begin
      wr_q    <= '0;
      next_q  <= PtrW'(1);
      count_q <= '0;
      empty_q <= 1'b1;
      full_q  <= 1'b0;
    end else if (push_i || pop_i) begin
      if (pop_i && !empty_q) begin
        if (count_q != (PtrW+1)'(1)) head_q <= mem[next_q];
        else if (push_i) head_q <= data_i;
        next_q <= after(next_q);
        if (!push_i || full_q) begin
          full_q  <= 1'b0;
          empty_q <= count_q == (PtrW+1)'(1);
          count_q <= count_q - 1'b1;
        end
      end else if (push_i && !full_q) begin
        if (empty_q) head_q <= data_i;
        empty_q <= 1'b0;
        full_q  <= count_q == (PtrW+1)'(Depth - 1);
        count_q <= count_q + 1'b1;
      end
      if (push_i && !full_q) begin
        mem[wr_q] = data_i;
        wr_q <= after(wr_q);
      end
    end
  end

endmodule
