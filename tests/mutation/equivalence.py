# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Proofs that a mutant cannot be told from the design, whatever program, host and memory do.

The whole design becomes one graph of gates with all questionable mutants in it, each with a control input of its own. A
mutant is equivalent if, in every state the design can reach, it computes the same outputs and the same next state. State
that no output ever depends on, in the design or in the mutant, does not count. Memories are cut out: both sides
must write the same; what they read is any value, the same one where they read the same address (assumptions.py).
"""

import collections
import concurrent.futures
import multiprocessing
import re

import aig
import mutants as mutation
from prover import Prover


def memory_modules(design):
    """Black boxes with the ports of the memories of a design: (module, type, Verilog of the type)."""
    module = None
    for part in re.split(r"\n(?=module |  cell \$mem_v2 )", design.read_text(encoding="utf-8")):
        if part.startswith("module "):
            module = part.split()[1]
        if not part.startswith("  cell $mem_v2 "):
            continue
        values = {name: int(value) for name, value in re.findall(r"parameter \\(\w+) (\d+)\n", part)}
        address, width, writers = values["ABITS"], values["WIDTH"], values["WR_PORTS"]
        if values["RD_PORTS"] != 1:
            raise RuntimeError(f"the memory of {module} has more than one read port")
        name = f"cut_memory_{address}_{width}_{writers}"
        ports = [f"output [{width - 1}:0] RD_DATA", f"input [{address - 1}:0] RD_ADDR"]
        ports += [f"input [{writers * bits - 1}:0] {port}"
                  for port, bits in (("WR_ADDR", address), ("WR_DATA", width), ("WR_EN", width))]
        ports += ["input RD_CLK", "input RD_EN", "input RD_ARST", "input RD_SRST", f"input [{writers - 1}:0] WR_CLK"]
        yield module, name, f"(* blackbox *) module {name}({', '.join(ports)}); endmodule\n"


def write_gates(folder, design, chosen):
    """One graph of the design with mutant number n controlled by the input mutant_n."""
    boxes = list(memory_modules(design))
    (folder / "memories.v").write_text("".join(sorted({text for _, _, text in boxes})), encoding="utf-8")
    # In a simulation by clock cycles every reset comes with a clock edge; registers keep their names that way.
    script = [mutant.line.replace("mutate ", f"mutate -ctrl mutant_{number} 1 1 ", 1).replace(" -port ARST ", " -port SRST ")
              for number, mutant in enumerate(chosen)]
    script += [f"chtype -set \\{name} {module}/t:$mem_v2" for module, name, _ in boxes]
    (folder / "gates.ys").write_text("\n".join(script) + "\n", encoding="utf-8")
    synchronous = folder / "design.il"
    synchronous.write_text(re.sub(r"(?m)^(  cell \$)a(dffe? )", r"\1s\2", design.read_text(encoding="utf-8"))
                           .replace("\\ARST", "\\SRST"), encoding="utf-8")
    path = folder / "gates.aig"
    mutation.yosys(f"read_rtlil {synchronous}; script {folder / 'gates.ys'}; read_verilog -lib {folder / 'memories.v'}; "
                   "flatten; opt_clean; expose -evert t:cut_memory_*; opt -full; techmap; simplemap; techmap; "
                   "simplemap; opt_clean; dffunmap; abc -fast -g AND; simplemap; aigmap; opt_clean -purge; "
                   f"write_aiger -zinit -symbols {path}")
    return aig.Circuit(path)


def instances(design):
    """The paths of all instances of each module, below the top."""
    cells = {}
    module = None
    for line in design.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("module "):
            module = cells.setdefault(words[1], [])
        elif line.startswith("  cell ") and "ds_" in words[1]:
            module.append((words[1], words[2].lstrip("\\")))
    paths = collections.defaultdict(set)

    def visit(name, path):
        for kind, cell in cells.get(name, []):
            paths[kind].add(path + cell)
            visit(kind, path + cell + ".")

    visit(next(name for name in cells if name.endswith("\\ds_top")), "")
    return paths


_proofs = None  # in the processes that prove: those they belong to


def _prove(method, number, seconds):
    return _proofs.prove(method, number, seconds)


class Proofs:
    """Proofs for mutants that were not killed; sets `proof` of those results whose mutants are equivalent."""

    def __init__(self, folder, design, device, results):
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self.prover = Prover(write_gates(self.folder, design, [result.mutant for result in results]), device)
        self.instances = instances(design)
        self.results = results

    def prove(self, method, number, seconds):
        return method(self.folder, self.prover, number, seconds, self.instances[self.results[number].mutant.module])

    def run(self, method, processes, seconds, save):
        """`method` is prover.prove_quickly or prover.prove_thoroughly; `save` is called when a proof is known."""
        global _proofs
        _proofs = self
        context = multiprocessing.get_context("fork")
        with concurrent.futures.ProcessPoolExecutor(processes, context) as pool:
            answers = [pool.submit(_prove, method, number, seconds) for number in range(len(self.results))]
            for result, answer in zip(self.results, answers):
                result.proof = answer.result()
                if result.proof:
                    save()
