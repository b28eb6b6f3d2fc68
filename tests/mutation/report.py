# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""What became of the mutants, as tables."""

import collections
import csv

COLUMNS = ("mutants", "by pin", "by register", "otherwise", "equivalent", "survivors")
KINDS = {"pin": "by pin", "register": "by register", "end": "otherwise"}  # what kills a mutant, and its column
VERDICTS = {"survivors": "survivor", "equivalent": "equivalent"}


class Result:
    """One mutant and what the runner and the proof say about it."""

    def __init__(self, mutant):
        self.mutant = mutant  # None for none
        self.killed_by = ""  # of KINDS
        self.stimulus = self.what = ""
        self.cycle = 0
        self.proof = None  # how equivalence was proven

    def take(self, row):
        """Takes over a row of the runner's table."""
        self.killed_by = row["killed_by"]
        self.stimulus = row["stimulus"]
        self.cycle = int(row["cycle"])
        self.what = row["what"]

    @property
    def is_killed(self):
        return bool(self.killed_by)

    @property
    def verdict(self):
        if self.is_killed:
            return KINDS[self.killed_by]
        return "equivalent" if self.proof else "survivors"

    def how(self):
        return f"{self.killed_by} {self.what} in cycle {self.cycle} of \"{self.stimulus}\"" if self.is_killed else self.proof or ""


def score(results):
    """Per cent killed of those that are not proven equivalent."""
    counted = [result for result in results if result.verdict != "equivalent"]
    return 100.0 * sum(result.is_killed for result in counted) / max(1, len(counted))


def show(results, with_survivors=True):
    """Prints the table and the survivors. Returns the score."""
    units = collections.defaultdict(collections.Counter)
    for result in results:
        for name in (result.mutant.unit, "all"):
            units[name]["mutants"] += 1
            units[name][result.verdict] += 1
    print(f"{'module':20}" + "".join(f"{column:>12}" for column in COLUMNS))
    for name in sorted(set(units) - {"all"}) + ["all"]:
        print(f"{name:20}" + "".join(f"{units[name][column]:12}" for column in COLUMNS))
    survivors = [result for result in results if result.verdict == "survivors"]
    if survivors and with_survivors:
        print("\nsurvivors:")
    for result in sorted(survivors if with_survivors else [], key=lambda item: (item.mutant.unit, item.mutant.sources)):
        source = ", ".join(result.mutant.sources)
        print(f"  {result.mutant.unit}: {result.mutant.description()} ({source})")
    share = score(results)
    killed = sum(result.is_killed for result in results)
    print(f"\n{killed} of {units['all']['mutants'] - units['all']['equivalent']} mutants "
          f"that are not proven equivalent are killed: {share:.2f} %")
    return share


def write(path, results):
    with open(path, "w", encoding="utf-8", newline="") as table:
        out = csv.writer(table)
        out.writerow(("module", "verdict", "stimulus", "cycle", "what", "source", "mutation"))
        for result in results:
            out.writerow((result.mutant.unit, VERDICTS.get(result.verdict, f"killed {result.verdict}"), result.stimulus if result.is_killed else "",
                          result.cycle if result.is_killed else "", result.what or result.proof or "",
                          " ".join(result.mutant.sources), result.mutant.line))


def resume(path, results):
    """Takes over the verdicts of a table, but for survivors."""
    kinds = {f"killed {column}": kind for kind, column in KINDS.items()}
    with open(path, encoding="utf-8", newline="") as table:
        known = {row["mutation"]: row for row in csv.DictReader(table)}
    for result in results:
        row = known.get(result.mutant.line) if result.mutant else None
        if row is None:
            continue
        if row["verdict"] in kinds:
            result.take({**row, "killed_by": kinds[row["verdict"]]})
        elif row["verdict"] == "equivalent":
            result.proof = row["what"]
