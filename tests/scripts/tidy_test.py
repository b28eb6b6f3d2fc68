#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Tests of scripts/tidy: findings fail, and only what changed is looked at again."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class TidyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        self.write(".clang-tidy", "Checks: '-*,readability-braces-around-statements'\nWarningsAsErrors: '*'\n"
                                  "HeaderFilterRegex: '/golden/'\n")
        self.write("golden/sign.h", "inline int Sign(int x) { return x < 0 ? 1 : 0; }\n")
        self.write("golden/sign.cc", '#include "golden/sign.h"\nint Twice(int x) { return Sign(x) * 2; }\n')
        command = {"directory": str(self.root / "build"), "file": str(self.root / "golden/sign.cc"),
                   "command": f"c++ -I{self.root} -std=gnu++17 -c {self.root}/golden/sign.cc"}
        self.write("build/compile_commands.json", json.dumps([command]))
        (self.root / "scripts").mkdir()
        shutil.copy(ROOT / "scripts" / "tidy", self.root / "scripts" / "tidy")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_tidy(self):
        environment = {**os.environ, "DENSESHIFT_TIDY_CACHE": str(self.root / "cache")}
        done = subprocess.run([self.root / "scripts" / "tidy"], env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def expect(self, code, text):
        actual, output = self.run_tidy()
        self.assertEqual(actual, code, output)
        self.assertIn(text, output)

    def test_remembers_what_passed(self):
        self.expect(0, "1 files, 0 known good, 0 with findings")
        self.expect(0, "1 files, 1 known good, 0 with findings")

    def test_finding_in_source_fails_every_time(self):
        self.write("golden/sign.cc", "int Sign(int x) { if (x < 0) return 1; return 0; }\n")
        self.expect(1, "golden/sign.cc:1:")
        self.expect(1, "0 known good, 1 with findings")

    def test_changed_header_is_looked_at_again(self):
        self.expect(0, "0 with findings")
        self.write("golden/sign.h", "inline int Sign(int x) { if (x < 0) return 1; return 0; }\n")
        self.expect(1, "golden/sign.h:1:")

    def test_changed_configuration_is_looked_at_again(self):
        self.expect(0, "0 with findings")
        self.write(".clang-tidy", "Checks: '-*,modernize-use-trailing-return-type'\nWarningsAsErrors: '*'\n")
        self.expect(1, "1 with findings")

    def test_without_a_build_says_what_to_do(self):
        (self.root / "build/compile_commands.json").unlink()
        self.expect(1, "configure and build first")


if __name__ == "__main__":
    unittest.main()
