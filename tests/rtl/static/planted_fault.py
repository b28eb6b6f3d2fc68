#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Shows that a check of the RTL can fail: plants one fault in a copy of rtl/ and runs the check on the copy.

Passes if the check fails and says what is expected of it.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
SMALL = ("Lanes=4", "Columns=4", "BusBytes=8", "AccDepth=16", "ActBytes=1024", "WgtBytes=1024", "OutBytes=1024",
         "ParamEntries=4")
LATCH = """
  logic planted_q;
  always @* if (rst_ni) planted_q = clk_i;
"""
# A ring of two inverters, each in a module of its own.
RING = """
  logic planted_a, planted_b;
  ds_planted u_planted_a (.a_i(planted_a), .b_o(planted_b));
  ds_planted u_planted_b (.a_i(planted_b), .b_o(planted_a));
"""
INVERTER = """
module ds_planted (input logic a_i, output logic b_o);
  assign b_o = ~a_i;
endmodule
"""
MULTIPLIER = """
  logic [31:0] planted;
  assign planted = s_axil_wdata_i * s_axil_wdata_i;
"""
UNUSED = """
  logic planted;
  assign planted = clk_i;
"""
UNKNOWN = """
  ds_fifo u_planted (.clk_i, .planted_i(clk_i));
"""


def into_top(text):
    """A fault: text before the end of ds_top."""
    return "rtl/ds_top.sv", r"(?m)^endmodule", text + "endmodule"


# name: (check to run, (file, pattern, replacement) ..., what the check must say)
FAULTS = {
    "latch": ("yosys", [into_top(LATCH)], r"t:\$dlatch"),
    "loop": ("yosys", [into_top(RING), ("rtl/ds_top.sv", r"\Z", INVERTER)], r"logic loop|Found [1-9]\d* problems"),
    "multiplier": ("yosys", [into_top(MULTIPLIER)], r"selection is not empty: @products"),
    "multiplier-in-pe": ("yosys", [("rtl/array/ds_pe.sv", r"<< exponent_q", "* exponent_q")], r"selection is not empty: @products"),
    "two-drivers": ("yosys", [into_top("  assign irq_o = clk_i;\n")], r"conflicting drivers"),
    "missing-reset": ("yosys", [("rtl/ctrl/ds_job.sv", r"state_q  <= StIdle;\n", "\n")], r"i:rst_ni"),
    "missing-reset-x": ("four-state", [("rtl/prim/ds_fifo.sv", r"count_q <= '0;\n", "\n")], r"FATAL: .*\bX on"),
    "unused": ("verilator", [into_top(UNUSED)], r"UNUSEDSIGNAL"),
    "width": ("verilator", [("rtl/array/ds_pe.sv", r"\(u_i \^ flip_q\)", "(u_i[30:0] ^ flip_q)")], r"WIDTH"),
    "unknown-port": ("iverilog", [into_top(UNKNOWN)], r"planted_i"),
    "long-line": ("style", [into_top("  // " + "x" * 100 + "\n")], r"columns; at most 100"),
    "port-name": ("style", [("rtl/array/ds_pe.sv", r"(?<=logic \[31:0\] )term_o\b", "term")], r"output 'term' does not end in _o"),
    "register-name": ("style", [("rtl/array/ds_pe.sv", r"exponent_q <=", "exponent <=")], r"register 'exponent' does not end in _q"),
    "module-name": ("style", [("rtl/array/ds_pe.sv", r"module ds_pe\b", "module ds_element")], r"expected exactly one"),
    "header": ("style", [("rtl/array/ds_pe.sv", r"// ds_pe: ", "// ")], r"expected '// ds_pe: '"),
    "order": ("style", [("rtl/rtl.f", r"(?s)(.*)\n(\S+ds_top\.sv)", r"\2\n\1")], r"comes later"),
    "unlisted": ("style", [("rtl/rtl.f", r"\S+ds_pe\.sv\n", "")], r"not in rtl/rtl\.f"),
}


def plant(root, edits):
    for name, pattern, replacement in edits:
        path = root / name
        text, count = re.subn(pattern, replacement, path.read_text(), count=1)
        if count != 1:
            sys.exit(f"planted_fault: {name} holds no '{pattern}'; bring the fault up to date")
        path.write_text(text)


def command(check, root):
    if check == "style":
        return [ROOT / "scripts" / "rtl_style", "--root", root]
    if check == "four-state":
        return [ROOT / "tests" / "rtl" / "static" / "four_state", "--root", root, "--folder", root]
    return [ROOT / "scripts" / "rtl_lint", check, "--root", root, *SMALL]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, help="where to put the copy; its contents are replaced")
    parser.add_argument("fault", choices=sorted(FAULTS))
    args = parser.parse_args()
    check, edits, expected = FAULTS[args.fault]
    root = (args.folder or pathlib.Path("planted")) / args.fault
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(ROOT / "rtl", root / "rtl")
    for folder in ("docs", "golden", "tests"):  # headers cite paths in them
        (root / folder).symlink_to(ROOT / folder)
    plant(root, edits)
    done = subprocess.run(command(check, root), capture_output=True, text=True, stdin=subprocess.DEVNULL)
    output = done.stdout + done.stderr
    print(output)
    if done.returncode == 0:
        sys.exit(f"planted_fault: {check} passed with the fault '{args.fault}' in {root}")
    if not re.search(expected, output):
        sys.exit(f"planted_fault: {check} failed, but not with '{expected}'")
    print(f"planted_fault: {check} found '{args.fault}'")


if __name__ == "__main__":
    main()
