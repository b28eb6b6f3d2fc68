# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""What the proofs may assume about memories whose contents they do not follow: queues hold legal commands.

The sequencer hands over a command only if ds_legal finds it legal (docs/commands.md "Illegal commands"), and all that a
queue of commands is given comes from there; both sides write the same into it, or the proof fails. So what its storage
shows is legal, and its head is legal or, before the first command, what registers hold at power up: 0.
"""

LOAD, CONV, VECTOR, STORE, STAMP = 1, 2, 3, 4, 5
VERSION = 1
QUEUES = {
    "u_load.u_queue": (LOAD,), "u_load.u_writer_queue": (LOAD,), "u_store.u_queue": (STORE, STAMP),
    "u_compute.u_issue.u_queue": (CONV, VECTOR), "u_compute.u_issue.u_feeder": (CONV, VECTOR),
    "u_compute.u_issue.u_post": (CONV, VECTOR), "u_compute.u_issue.u_unpacker": (CONV,),
}


class Fields:
    """Conditions on fields of a command whose bits are literals of a graph."""

    def __init__(self, graph, bits):
        self.graph = graph
        self.bits = bits

    def field(self, word, low, width):
        return [self.bits[32 * word + low + n] for n in range(width)]

    def all(self, *conditions):
        return self.graph.any(condition ^ 1 for condition in conditions) ^ 1

    def some(self, word, low, width):
        return self.graph.any(self.field(word, low, width))

    def none(self, word, low, width):
        return self.some(word, low, width) ^ 1

    def equals(self, word, low, width, value):
        return self.all(*[bit if value >> n & 1 else bit ^ 1 for n, bit in enumerate(self.field(word, low, width))])

    def at_most(self, word, low, width, power):
        """The field is at most `power`, a power of two."""
        log = power.bit_length() - 1
        below = self.none(word, low + log, width - log)
        return self.graph.either(below, self.equals(word, low, width, power))

    def legal(self, opcode, device):
        aligned = device["BusBytes"].bit_length() - 1
        address, stride = self.none(2, 0, aligned), self.none(3, 0, aligned)
        tail = self.all(self.some(5, 16, 6), self.at_most(5, 16, 6, device["BusBytes"]))
        conditions = [self.equals(0, 0, 8, opcode), self.equals(0, 8, 8, VERSION)]
        if opcode == LOAD:
            conditions += [address, stride, tail, self.some(4, 16, 16), self.equals(5, 0, 2, 3) ^ 1]
        elif opcode == STORE:
            conditions += [address, stride, tail, self.some(4, 0, 16), self.some(4, 16, 16), self.none(5, aligned, 6 - aligned)]
        elif opcode == STAMP:
            conditions += [address]
        else:
            conditions += [self.some(6, 0, 8), self.some(6, 8, 8), self.some(7, 0, 16), self.some(7, 16, 16),
                           self.some(9, 16, 16), self.some(10, 0, 8), self.at_most(10, 0, 8, device["Columns"])]
        if opcode == CONV:
            dual = self.all(self.equals(6, 0, 8, 1), self.field(15, 24, 1)[0])
            single = self.all(self.equals(8, 16, 16, 1), self.equals(9, 16, 16, 1))
            whole = self.all(*self.field(10, 12, 2))
            conditions += [self.some(5, 0, 16), self.some(8, 0, 16), self.at_most(8, 0, 16, device["AccDepth"]),
                           self.some(8, 16, 16), self.some(9, 0, 16), self.at_most(9, 0, 16, device["AccDepth"]),
                           self.some(10, 9, 2), self.at_most(10, 8, 3, 4), self.some(10, 16, 16), self.some(11, 16, 16),
                           self.graph.either(self.field(10, 11, 1)[0] ^ 1, dual), self.graph.either(whole, single)]
        if opcode == VECTOR:
            conditions += [self.equals(10, 8, 2, 3) ^ 1]
        return self.all(*conditions)


def legal_queues(graph, read_data, heads, device):
    """The literal that is true while every queue shows a legal command.

    `read_data`: bits of each queue's storage output; `heads`: of its head.
    """
    conditions = []
    for name, opcodes in QUEUES.items():
        stored, head = Fields(graph, read_data[name]), Fields(graph, heads[name])
        conditions.append(graph.any(stored.legal(opcode, device) for opcode in opcodes))
        conditions.append(graph.any([graph.any(heads[name]) ^ 1, *(head.legal(opcode, device) for opcode in opcodes)]))
    return graph.any(condition ^ 1 for condition in conditions) ^ 1
