# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Compares a design with one of its mutants, both in one graph of gates."""

import collections
import heapq
import re
import subprocess

import aig
import assumptions

MEMORY_PORT = re.compile(r"^(.*\.mem)\.([A-Z_]+)(?:\[(\d+)\])?$")

LOCAL_SECONDS = 5
MOST_COPIES = 1500  # latches a mutant may have of its own


class Memory:
    """A memory that was cut out: variables of what it reads, literals of what it is given."""

    def __init__(self):
        self.read_data = {}  # bit: variable
        self.given = collections.defaultdict(dict)  # port: bit: literal


class Prover:
    """The design as a graph. Its latches, inputs and memory contents are the same on both sides."""

    def __init__(self, circuit, device):
        self.circuit = circuit
        self.readers = circuit.fanouts()
        self.graph = aig.Graph()
        self.memories = collections.defaultdict(Memory)
        self.latch_of = {}  # node: number of the latch
        self.read_of = {}  # node: memory, bit
        self.registers = {}  # name: leaf
        self.places = {}  # number of a latch: instances that have a name for it
        self.mutants = {}  # number: variable
        self.outputs = []
        self.values = [0]
        # Whatever the registers hold at power up, the first cycle is a reset.
        self.started = self.graph.leaf()
        self._make_leaves()
        for left, right in circuit.gates:
            self.values.append(self.graph.both(self._value(left), self._value(right)))
        self._find_outputs()
        read_data = {name: [self.values[variable] for _, variable in sorted(self.memories[name + ".mem"].read_data.items())]
                     for name in assumptions.QUEUES}
        # A register that is itself mutated has no name here; nothing is assumed of it.
        register = lambda name: self.registers.get(name) or self.graph.leaf()  # noqa: E731
        heads = {name: [register(f"{name}.head_q[{bit}]") for bit in range(512)] for name in assumptions.QUEUES}
        holds = assumptions.legal_queues(self.graph, read_data, heads, device)
        self.commands = {literal >> 1 for name in assumptions.QUEUES for literal in (*read_data[name], *heads[name])}
        was_broken = self.graph.leaf()
        self.assumed = self.graph.both(holds, was_broken ^ 1)
        self.marks = {self.started >> 1: 1, was_broken >> 1: self.assumed ^ 1}
        self.latches = dict(self.marks)
        for node, number in self.latch_of.items():
            self.latches[node] = self._value(circuit.next[number])
        self.seen = set()
        self.items = set()
        self._close(self.outputs, {}, self.seen, self.items)

    def _make_leaves(self):
        for name in self.circuit.names["i"]:
            name = name or ""
            leaf = self.graph.leaf()
            memory = MEMORY_PORT.match(name)
            if name.startswith("mutant_"):
                self.mutants[int(name[7:].split("[")[0])] = len(self.values)
                leaf = 0
            elif name == "rst_ni":
                leaf = self.graph.both(leaf, self.started)
            elif memory:
                bit = int(memory[3] or 0)
                self.memories[memory[1]].read_data[bit] = len(self.values)
                self.read_of[leaf >> 1] = (memory[1], bit)
            self.values.append(leaf)
        for number, following in enumerate(self.circuit.next):
            if following == 1:
                # Yosys adds it: until it is set, registers show inputs of their own, which stand for any power-up state.
                self.values.append(self.started)
                continue
            leaf = self.graph.leaf()
            self.latch_of[leaf >> 1] = number
            self.values.append(leaf)
            names = (self.circuit.names["l"][number] or "").split()
            self.registers.update((name, leaf) for name in names)
            self.places[number] = {re.sub(r"\[\d+\]$", "", name).rpartition(".")[0] for name in names}

    def _find_outputs(self):
        for name, literal in zip(self.circuit.names["o"], self.circuit.outputs):
            memory = MEMORY_PORT.match(name)
            if memory:
                self.memories[memory[1]].given[memory[2]][int(memory[3] or 0)] = literal
            else:
                self.outputs.append(literal)

    def _value(self, literal, changed=None):
        variable = literal >> 1
        value = self.values[variable]
        if changed:
            value = changed.get(variable, value)
        return value ^ (literal & 1)

    def _propagate(self, changed, sources):
        """Computes anew the gates behind the variables `sources`, whose new values are in `changed`."""
        first = self.circuit.first_gate
        heap = [gate for source in sources for gate in self.readers[source]]
        heapq.heapify(heap)
        last = None
        while heap:
            gate = heapq.heappop(heap)
            if gate == last:
                continue
            last = gate
            left, right = self.circuit.gates[gate]
            value = self.graph.both(self._value(left, changed), self._value(right, changed))
            variable = first + gate
            if value != self._value(2 * variable, changed):
                changed[variable] = value
                for reader in self.readers[variable]:
                    heapq.heappush(heap, reader)

    def _mutate(self, number, copies):
        """The values that differ in a mutant, or None if memories would have to be followed further."""
        sources = [self.mutants[number]]
        changed = {self.mutants[number]: 1}
        first = self.circuit.first_gate - len(self.circuit.next)
        for latch in copies:
            leaf = self.graph.leaf()
            self.latch_of[leaf >> 1] = latch
            changed[first + latch] = leaf
            sources.append(first + latch)
        self._propagate(changed, sources)
        sources = []
        moved = {}
        for name, memory in self.memories.items():
            pairs = [(self._value(literal), self._value(literal, changed))
                     for literal in memory.given["RD_ADDR"].values()]
            if all(a == b for a, b in pairs):
                continue
            moved[name] = pairs
            differs = self.graph.any(self.graph.differ(a, b) for a, b in pairs)
            for variable in memory.read_data.values():
                changed[variable] = self.graph.choose(differs, self.graph.leaf(), self.values[variable])
                sources.append(variable)
        self._propagate(changed, sources)
        for name, memory in self.memories.items():
            pairs = [(self._value(literal), self._value(literal, changed))
                     for literal in memory.given["RD_ADDR"].values()]
            if moved.get(name, [(a, a) for a, _ in pairs]) != pairs:
                return None
        return changed

    def _needs(self, item):
        """The literals that make up the next value of a latch, or what a memory bit will hold and where it is read."""
        if isinstance(item, int):
            return [self.circuit.next[item]]
        memory = self.memories[item[0]]
        literals = [*memory.given["RD_ADDR"].values(), *memory.given["WR_ADDR"].values()]
        for bit, literal in memory.given["WR_EN"].items():
            if bit % len(memory.read_data) == item[1]:
                literals += [literal, memory.given["WR_DATA"][bit]]
        return literals

    def _close(self, literals, changed, seen, items):
        """Adds to `seen` and `items` what the literals depend on, in this cycle and all before."""
        todo = list(literals)
        while todo:
            leaves = self.graph.cone([self._value(literal, changed) for literal in todo], seen)
            todo = []
            for leaf in leaves:
                item = self.latch_of.get(leaf, self.read_of.get(leaf))
                if item is not None and item not in items:
                    items.add(item)
                    todo += self._needs(item)

    def _difference(self, item, changed):
        """True if the mutant makes another next value of the item."""
        pair = lambda literal: (self._value(literal), self._value(literal, changed))  # noqa: E731
        if isinstance(item, int):
            return self.graph.differ(*pair(self.circuit.next[item]))
        memory = self.memories[item[0]]
        differences = []
        width = len(memory.read_data)
        enables = memory.given["WR_EN"]
        addresses = memory.given["WR_ADDR"]
        for bit, enable in enables.items():
            if bit % width != item[1]:
                continue
            port = bit // width
            bits = len(addresses) * width // len(enables)
            places = [pair(addresses[n]) for n in range(port * bits, (port + 1) * bits)]
            content = self.graph.any(self.graph.differ(a, b)
                                     for a, b in [pair(memory.given["WR_DATA"][bit]), *places])
            before, after = pair(enable)
            differences += [self.graph.differ(before, after), self.graph.both(before, content)]
        return self.graph.any(differences)

    def write_local(self, path, bad, instances):
        """The question whether `bad` can become true if only these instances and commands are what they are.

        And the state of the job, because that clears what has no reset.
        """
        inside = lambda place: any((place + ".").startswith(name + ".") for name in instances)  # noqa: E731
        always = {*self.marks, *(leaf >> 1 for name, leaf in self.registers.items() if name.startswith("u_job.state_q"))}
        latches = {node: literal for node, literal in self.latches.items()
                   if node in always or any(map(inside, self.places[self.latch_of[node]]))}
        aig.write(path, self.graph, bad, latches, self.graph.depends_on(self.commands | set(latches)))

    def question(self, number, copies=frozenset()):
        """What has to be shown never to happen for a mutant to be equivalent.

        `copies` are latches the mutant has of its own and that may differ; all others are the same on both sides.
        Returns the literal that is true where others or an output part ways, the next literals of all latches, and the
        latches that part ways; None if it cannot be said this way.
        """
        changed = self._mutate(number, copies)
        if changed is None:
            return None
        seen, items = set(self.seen), set(self.items)
        # State that only the mutant depends on counts as well.
        roots = list(self.outputs)
        for item in self.items:
            roots += self._needs(item)
        roots = [literal for literal in roots if self._value(literal, changed) != self._value(literal)]
        self._close(roots, changed, seen, items)
        differences = [self.graph.differ(self._value(literal), self._value(literal, changed))
                       for literal in self.outputs]
        parting = set()
        for item in items:
            if item not in copies:
                difference = self._difference(item, changed)
                differences.append(difference)
                if difference != 0 and isinstance(item, int):
                    parting.add(item)
        first = self.circuit.first_gate - len(self.circuit.next)
        latches = dict(self.latches)
        for latch in copies:
            latches[changed[first + latch] >> 1] = self._value(self.circuit.next[latch], changed)
        # Until the first reset is over registers hold anything, on either side.
        counts = self.graph.both(self.assumed, self.started)
        return self.graph.both(self.graph.any(differences), counts), latches, parting


def abc(path, commands, wanted, seconds):
    """Whether ABC prints `wanted`. Not if the time is up."""
    try:
        done = subprocess.run(["yosys-abc", "-c", f"read {path}; {commands}"], capture_output=True, text=True,
                              timeout=seconds + 5)
    except subprocess.TimeoutExpired:
        return False
    return re.search(wanted, done.stdout) is not None


def prove_quickly(folder, prover, number, seconds, instances):
    """How a mutant was shown to be equivalent from any state, or None."""
    question = prover.question(number)
    if question is None:
        return None
    if question[0] == 0:
        return "same structure"
    path = folder / f"question{number}.aig"
    aig.write(path, prover.graph, question[0], {})
    return "equal in every state" if abc(path, "strash; dc2; iprove", r"\bUNSATISFIABLE", seconds) else None


def prove_thoroughly(folder, prover, number, seconds, instances):
    """How a mutant was shown to be equivalent from the states the design can reach, or None.

    First from the states that the mutated instances can reach, then those around them, whatever the rest of the design does:
    that asks more of the mutant, and less of the proof.
    """
    question = prover.question(number)
    if question is None:
        return None
    path = folder / f"question{number}.aig"
    for scope in (instances, {name.rpartition(".")[0] for name in instances} - {""}):
        if scope:
            prover.write_local(path, question[0], scope)
            if abc(path, f"scleanup; dc2; pdr -T {LOCAL_SECONDS}", r"Property proved", LOCAL_SECONDS):
                return "equal in every state its module can reach"
    copies = set()
    for proof in ("equal in every reachable state", "only state nobody looks at differs",
                  "only state nobody looks at differs, and what follows from it"):
        bad, latches, parting = question
        aig.write(path, prover.graph, bad, latches)
        if abc(path, f"scleanup; dc2; pdr -T {seconds}", r"Property proved", seconds):
            return proof
        if not parting or len(copies | parting) > MOST_COPIES:
            return None
        copies |= parting
        question = prover.question(number, frozenset(copies))
        if question is None:
            return None
    return None
