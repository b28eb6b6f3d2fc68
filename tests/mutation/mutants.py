# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Mutants of the RTL: drawn by Yosys, many to a netlist, one of them selected by the port mutsel."""

import collections
import hashlib
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NETLIST_MUTANTS = 250  # of one netlist: more of them build faster in all, but simulate slower
# A cycle simulation cannot see which clock edge is used.
CLOCK_PORT = re.compile(r" -port (?:CLK|clk_i|[A-Z]+_CLK) ")
SHIMS = ("tests/mutation/shim/mutated_ds_top.cc", "sim/rtl/shim/ds_top.cc")

# Registers, by the ending rtl_style wants; one that is an array is split into its items.
REGISTERS = "w:*_q w:*_q[[]* %u w:$* %d"

# Registers that stimuli can set: counters no simulation runs through. Module and outputs of flip-flops.
PRESETS = {"ds_counters": r"gen_unit\[\d\]\.gen_activity\[\d\]\.count_q", "ds_job": "cycles_o|stall_q",
           "ds_sequencer": "index_q|received_q"}


class Mutant:
    """One line of `mutate -list`: how Yosys changes which port of which cell."""

    def __init__(self, line):
        self.line = re.sub(r" -ctrl \S+ \d+ \d+", "", line)
        words = line.split()
        fields = collections.defaultdict(list)
        for option, value in zip(words, words[1:]):
            if option.startswith("-") and not value.startswith("-"):
                fields[option[1:]].append(value)
        self.mode = fields["mode"][0]
        self.module = fields["module"][0]
        self.cell = fields["cell"][0]
        self.port = fields["port"][0]
        self.bit = fields["portbit"][0]
        self.control_bit = fields["ctrlbit"][0] if fields["ctrlbit"] else None
        wires = zip(fields["wire"], fields["wirebit"] or ["0"])
        self.wire = "".join(f"{wire}[{bit}]" for wire, bit in list(wires)[:1])
        self.sources = [re.sub(r"^.*?/(?=rtl/)", "", source) for source in fields["src"]]

    @property
    def unit(self):
        """The module's name in the RTL, without its parameters."""
        return re.search(r"(ds_\w+)", self.module.split("\\", 1)[-1] if "\\" in self.module
                         else self.module).group(1)

    def selected_by(self, number):
        """The line that makes this mutant number `number` of its netlist."""
        return self.line.replace("mutate ", f"mutate -ctrl mutsel 16 {number} ", 1)

    def description(self):
        mode = self.mode if self.control_bit is None else f"{self.mode} by bit {self.control_bit}"
        cell = re.sub(r"\$\S*/(?=rtl/)", "", self.cell)
        return f"{cell}.{self.port}[{self.bit}] {mode} {self.wire}".rstrip()


def yosys(script, timeout=None):
    """Runs Yosys commands and returns their output. Raises RuntimeError if they fail."""
    done = subprocess.run(["yosys", "-q", "-p", script], capture_output=True, text=True, timeout=timeout)
    if done.returncode != 0:
        raise RuntimeError(f"yosys failed: {(done.stdout + done.stderr)[-2000:]}")
    return done.stdout + done.stderr


def rtl_sources():
    lines = (ROOT / "rtl/rtl.f").read_text(encoding="utf-8").splitlines()
    return [ROOT / line.strip() for line in lines if line.strip() and not line.strip().startswith("//")]


def write_design(path, parameters):
    """The RTL as a Yosys design, hierarchical, every memory one cell."""
    chparam = " ".join(f"-chparam {name} {value}" for name, value in parameters.items())
    sources = " ".join(str(source) for source in rtl_sources())
    # What opt would remove must go before mutants are drawn: they would be equivalent. Registers keep their names
    # and all their bits, because they are compared.
    yosys(f"read_verilog -sv {sources}; hierarchy -check -top ds_top {chparam}; setattr -set keep 1 {REGISTERS}; prep; opt -full; "
          f"opt_clean -purge; write_rtlil {path}")


def _preset_cell(cell, number):
    """A flip-flop that takes preset_value_i instead of its input while preset_i is high."""
    width = int(re.search(r"parameter \\WIDTH (\d+)", cell)[1])
    wires = [f"  wire width {width} \\preset_d_{number}\n"]
    value = re.search(r"connect \\D (.*)\n", cell)[1]
    cell = cell.replace(f"connect \\D {value}\n", f"connect \\D \\preset_d_{number}\n")
    cell += (f"  cell $mux \\preset_mux_{number}\n    parameter \\WIDTH {width}\n    connect \\A {value}\n"
             f"    connect \\B \\preset_value_i [{width - 1}:0]\n    connect \\S \\preset_i\n"
             f"    connect \\Y \\preset_d_{number}\n  end\n")
    enable = re.search(r"connect \\EN (.*)\n", cell)
    if enable:
        wires.append(f"  wire \\preset_en_{number}\n")
        cell = cell.replace(enable[0], f"connect \\EN \\preset_en_{number}\n")
        cell += (f"  cell $or \\preset_or_{number}\n" + "".join(
            f"    parameter \\{name} {value}\n" for name, value in
            (("A_SIGNED", 0), ("A_WIDTH", 1), ("B_SIGNED", 0), ("B_WIDTH", 1), ("Y_WIDTH", 1)))
            + f"    connect \\A {enable[1]}\n    connect \\B \\preset_i\n    connect \\Y \\preset_en_{number}\n  end\n")
    return "".join(wires), cell


def add_presets(design, path):
    """Writes the design with ports that set PRESETS. Cells keep their names, so mutants fit both."""
    ports = "  wire input 9001 \\preset_i\n  wire width 64 input 9002 \\preset_value_i\n"
    connections = "    connect \\preset_i \\preset_i\n    connect \\preset_value_i \\preset_value_i\n"
    out = []
    for module in re.split(r"(?m)^(?=module )", design.read_text(encoding="utf-8")):
        head = re.match(r"module \S*\\(ds_\w+)[^\n]*\n", module)
        if head and head[1] == "ds_top":
            units = "|".join(PRESETS)
            module = re.sub(rf"(?m)^(  cell \S*\\(?:{units}) .*\n)", r"\1" + connections.replace("\\", r"\\"), module)
            module = head[0] + ports + module[len(head[0]):]
        elif head and head[1] in PRESETS:
            wires, found = ports, 0
            cells = re.split(r"(?m)^(?=  cell )", module)
            for number, cell in enumerate(cells):
                if re.match(r"  cell \$adffe? ", cell) and re.search(rf"connect \\Q \\(?:{PRESETS[head[1]]})\n", cell):
                    end = cell.index("\n  end\n") + 7
                    more, cells[number] = _preset_cell(cell[:end], number)
                    cells[number] += cell[end:]
                    wires += more
                    found += 1
            if found == 0:
                raise RuntimeError(f"{head[1]} has no register {PRESETS[head[1]]}")
            module = "".join(cells)
            module = head[0] + wires + module[len(head[0]):]
        out.append(module)
    path.write_text("".join(out), encoding="utf-8")


def draw(design, count, seed):
    """Mutants spread evenly over modules, cells and source lines."""
    listing = design.with_suffix(".mutants")
    yosys(f"read_rtlil {design}; mutate -list {count} -seed {seed} -o {listing}")
    lines = listing.read_text(encoding="utf-8").splitlines()
    return [Mutant(line) for line in lines if line.strip() and not CLOCK_PORT.search(line)]


def _whole_registers(netlist, listing):
    """Puts registers that splitnets took apart together again, under their own names.

    `listing` has the registers as they were before. Items of arrays get names as if each lay in a generate block.
    """
    text = netlist.read_text(encoding="utf-8")
    nets = set(re.findall(r"(?m)^  (?:wire|reg) (?:\[\d+:\d+\] )?\\(\S+) ", text))
    lines = []
    wires = re.findall(r"(?m)^\s*wire (?:width (\d+) )?(?:offset (\d+) )?(?:signed )?\\(\S+)$",
                       listing.read_text(encoding="utf-8"))
    for width, first, name in wires:
        first = int(first or 0)
        last = first + int(width or 1) - 1
        item = re.fullmatch(r"(.*\.)?(\w+)\[(\d+)\]", name)
        shown = f"{item[1] or ''}gen_item[{item[3]}].{item[2]}" if item else name
        shown = re.sub(r"\bgen_\w+\.", "", shown)  # Verilator abbreviates long names
        if name in nets and shown == name:
            continue
        pieces, bit = [], last
        while bit >= first and name not in nets:
            ends = (low for low in range(first, bit + 1) if f"{name}[{bit}:{low}]" in nets)
            low = bit if f"{name}[{bit}]" in nets else next(ends, None)
            if low is None:
                raise RuntimeError(f"the netlist has no bit {bit} of {name}")
            pieces.append(f"\\{name}[{bit}] " if low == bit else f"\\{name}[{bit}:{low}] ")
            bit = low - 1
        lines.append(f"  wire [{last}:{first}] \\{shown} = {{ {', '.join(pieces) or f'{chr(92)}{name} '} }};\n")
    netlist.write_text(text.replace("endmodule\n", "".join(lines) + "endmodule\n", 1), encoding="utf-8")


def write_netlist(folder, design, mutants):
    """A netlist with these mutants: 1 is the first of them, 0 is none."""
    folder.mkdir(parents=True, exist_ok=True)
    script = ["mutate -ctrl mutsel 16 0 -mode none"]
    script += [mutant.selected_by(number) for number, mutant in enumerate(mutants, 1)]
    (folder / "mutate.ys").write_text("\n".join(script) + "\n", encoding="utf-8")
    netlist = folder / "netlist.v"
    # Nets split by driver leave Verilator no loops through unrelated bits of one vector.
    listing = folder / "registers.il"
    yosys(f"read_rtlil {design}; script {folder / 'mutate.ys'}; flatten; opt_clean; dump -o {listing} {REGISTERS}; "
          f"splitnets -driver; write_verilog -noattr {netlist}")
    _whole_registers(netlist, listing)
    # The shims are compiled with the netlist: their checksum makes it another model when they change.
    digest = hashlib.sha256(b"".join((ROOT / shim).read_bytes() for shim in SHIMS)).hexdigest()
    netlist.write_text(f"// shims {digest}\n" + netlist.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "netlist.f").write_text("netlist.v\n", encoding="utf-8")
