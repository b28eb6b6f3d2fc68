# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""And-inverter graphs: reads those of Yosys, compares two versions of one, writes what ABC is to prove.

A literal is twice a node's number, plus one if inverted; 0 is false, 1 is true.
"""


class Circuit:
    """A file in the binary AIGER format with symbols: inputs, latches that start with 0, outputs."""

    def __init__(self, path):
        self.data = path.read_bytes()
        self.place = 0
        kind, *numbers = self._line().split()
        if kind != "aig":
            raise ValueError(f"{path} is no binary AIGER file")
        _, inputs, latches, outputs, gates = map(int, numbers[:5])
        self.first_gate = inputs + latches + 1
        self.next = [int(self._line().split()[0]) for _ in range(latches)]
        self.outputs = [int(self._line()) for _ in range(outputs)]
        self.gates = []
        for variable in range(self.first_gate, self.first_gate + gates):
            left = 2 * variable - self._delta()
            self.gates.append((left, left - self._delta()))
        self.names = {"i": [None] * inputs, "l": [None] * latches, "o": [None] * outputs}
        while self.place < len(self.data) and chr(self.data[self.place]) in "ilo":
            head, name = self._line().split(" ", 1)
            self.names[head[0]][int(head[1:])] = name
        del self.data

    def _line(self):
        end = self.data.index(b"\n", self.place)
        line = self.data[self.place:end].decode()
        self.place = end + 1
        return line

    def _delta(self):
        value = shift = 0
        while True:
            byte = self.data[self.place]
            self.place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    @property
    def inputs(self):
        return len(self.names["i"])

    def fanouts(self):
        """For each variable the gates that read it."""
        readers = [[] for _ in range(self.first_gate + len(self.gates))]
        for number, (left, right) in enumerate(self.gates):
            readers[left >> 1].append(number)
            readers[right >> 1].append(number)
        return readers


class Graph:
    """Gates with equal inputs are one gate, so that equal parts of two versions are the same literal."""

    def __init__(self):
        self.fanins = [None]  # of each node; None for a leaf
        self.known = {}

    def leaf(self):
        self.fanins.append(None)
        return 2 * (len(self.fanins) - 1)

    def both(self, a, b):
        if a > b:
            a, b = b, a
        if a == 0 or a == b ^ 1:
            return 0
        if a == 1 or a == b:
            return b
        node = self.known.get((a, b))
        if node is None:
            node = len(self.fanins)
            self.fanins.append((a, b))
            self.known[a, b] = node
        return 2 * node

    def either(self, a, b):
        return self.both(a ^ 1, b ^ 1) ^ 1

    def choose(self, select, a, b):
        return self.either(self.both(select, a), self.both(select ^ 1, b))

    def differ(self, a, b):
        return self.either(self.both(a, b ^ 1), self.both(a ^ 1, b))

    def any(self, literals):
        literals = list(literals) or [0]
        while len(literals) > 1:
            literals = [self.either(*pair) if len(pair) == 2 else pair[0]
                        for pair in (literals[i:i + 2] for i in range(0, len(literals), 2))]
        return literals[0]

    def depends_on(self, leaves):
        """For each node whether it depends on one of these leaves."""
        depends = [node in leaves for node in range(len(self.fanins))]
        for node, pair in enumerate(self.fanins):
            if pair is not None:
                depends[node] = depends[pair[0] >> 1] or depends[pair[1] >> 1]
        return depends

    def cone(self, literals, seen, kept=None):
        """Adds the nodes the literals depend on to `seen`; returns the leaves among the new ones.

        Nodes that are not `kept` count as leaves.
        """
        leaves = []
        stack = [literal >> 1 for literal in literals]
        while stack:
            node = stack.pop()
            if node in seen or node == 0:
                continue
            seen.add(node)
            if self.fanins[node] is None or kept and not kept[node]:
                leaves.append(node)
            else:
                left, right = self.fanins[node]
                stack.append(left >> 1)
                stack.append(right >> 1)
        return leaves


def write(path, graph, bad, latches, kept=None):
    """The question whether `bad` can become true. `latches`: next literal of each leaf that is a latch.

    Nodes that are not `kept` may have any value: that only makes more things possible.
    """
    seen = set()
    todo = [bad]
    states, inputs = [], []
    while todo:
        leaves = graph.cone(todo, seen, kept)
        todo = []
        for leaf in leaves:
            if leaf in latches:
                states.append(leaf)
                todo.append(latches[leaf])
            else:
                inputs.append(leaf)
    gates = sorted(node for node in seen if graph.fanins[node] and not (kept and not kept[node]))
    number = {0: 0}
    for node in inputs + states + gates:
        number[node] = len(number)
    literal = lambda value: 2 * number[value >> 1] + (value & 1)  # noqa: E731
    text = bytearray(f"aig {len(number) - 1} {len(inputs)} {len(states)} 1 {len(gates)}\n".encode())
    for state in states:
        text += f"{literal(latches[state])}\n".encode()
    text += f"{literal(bad)}\n".encode()
    for node in gates:
        left, right = sorted(map(literal, graph.fanins[node]), reverse=True)
        for delta in (2 * number[node] - left, left - right):
            while delta >= 128:
                text.append(delta & 127 | 128)
                delta >>= 7
            text.append(delta)
    path.write_bytes(bytes(text))
