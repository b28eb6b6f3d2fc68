// A device with the ports of ds_top that copies one burst: enough to test how models are built and run.
rtl/stub_registers.sv
rtl/ds_top.sv
