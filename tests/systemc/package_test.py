#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""The example of docs/systemc.md, built by that page's commands in an empty folder from the installed package."""

import argparse
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "tests/systemc/example"


def run(*command, **options):
    print("+", *command, flush=True)
    return subprocess.run(command, check=True, stdin=subprocess.DEVNULL, text=True, **options)


def commands_of_the_page():
    """The two shell commands that build the example."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs/systemc.md").read_text(), re.DOTALL)
    commands = [block.splitlines() for block in blocks if "EXAMPLE" in block]
    assert len(commands) == 1 and len(commands[0]) == 2, f"not two commands: {commands}"
    return commands[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--build", required=True, help="build folder")
    parser.add_argument("--bodies", default="functional,model,rtl")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prefix, work = pathlib.Path(folder) / "prefix", pathlib.Path(folder) / "work"
        work.mkdir()
        run(args.cmake, "--install", args.build, "--component", "systemc", "--prefix", prefix)
        for command in commands_of_the_page():
            command = re.sub(r"\bEXAMPLE\b", str(EXAMPLE), command)
            command = re.sub(r"\bPREFIX\b", str(prefix), command)
            if command.startswith("cmake "):
                command = args.cmake + command[len("cmake"):]
            run("sh", "-c", command, cwd=work)
        for body in args.bodies.split(","):
            done = run(work / "example", body, stdout=subprocess.PIPE)
            print(done.stdout)
            assert "error 0" in done.stdout, body


if __name__ == "__main__":
    main()
