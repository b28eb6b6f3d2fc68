#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Tests of scripts/check: each step passes a good tree and names a planted fault."""

import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LICENCE = "// Copyright the DenseShift Accelerator authors.\n// SPDX-License-Identifier: Apache-2.0\n"


def header(name, body=""):
    guard = "DENSESHIFT_" + name.upper().replace("/", "_").replace(".", "_") + "_"
    return f"{LICENCE}\n#ifndef {guard}\n#define {guard}\n\n{body}#endif  // {guard}\n"


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write(".clang-format", (ROOT / ".clang-format").read_text())
        self.write("golden/code.h", header("golden/code.h", "int Code();\n\n"))
        self.write("golden/code.cc", LICENCE + '\n#include "golden/code.h"\n\nint Code() {\n  return 1;\n}\n')
        self.write("driver/device.h", header("driver/device.h", "#include <string>\n\n"))
        self.write("sim/rtl/model.h", header("sim/rtl/model.h", '#include "Vds_top.h"\n\n'))

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_step(self, step):
        done = subprocess.run([ROOT / "scripts" / "check", "--root", self.root, step], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def expect_problem(self, step, text):
        code, output = self.run_step(step)
        self.assertEqual(code, 1, output)
        self.assertIn(text, output)

    def test_good_tree_passes(self):
        for step in ("files", "layers", "format"):
            code, output = self.run_step(step)
            self.assertEqual(code, 0, output)

    def test_unknown_step(self):
        self.assertEqual(self.run_step("spelling")[0], 2)

    def test_missing_licence(self):
        self.write("golden/code.cc", "int Code() { return 1; }\n")
        self.expect_problem("files", "golden/code.cc:1: does not start with")

    def test_missing_licence_in_script(self):
        self.write("scripts/build", "#!/usr/bin/env bash\ntrue\n")
        self.expect_problem("files", "scripts/build:1: does not start with")

    def test_include_guard(self):
        self.write("golden/code.h", header("golden/coda.h"))
        self.expect_problem("files", "include guard is not DENSESHIFT_GOLDEN_CODE_H_")

    def test_left_over_marker(self):
        self.write("docs/page.md", "One line.\nTO" + "DO: the rest\n")
        self.expect_problem("files", "docs/page.md:2: left-over marker")

    def test_machine_path(self):
        self.write("docs/page.md", "See /roo" + "t/page.\n")
        self.expect_problem("files", "docs/page.md:1: path of one machine")

    def test_driver_includes_golden(self):
        self.write("driver/device.h", header("driver/device.h", '#include "golden/code.h"\n\n'))
        self.expect_problem("layers", "driver/ must not know golden/")

    def test_golden_includes_sim(self):
        self.write("golden/code.h", header("golden/code.h", '#include "sim/rtl/model.h"\n\n'))
        self.expect_problem("layers", "golden/ must not know sim/")

    def test_verilated_header_outside_sim_rtl(self):
        self.write("sim/cli/main.cc", LICENCE + '\n#include "Vds_top.h"\n')
        self.expect_problem("layers", "may include Verilated headers")

    def test_test_library_outside_tests(self):
        self.write("sim/cli/main.cc", LICENCE + "\n#include <gtest/gtest.h>\n")
        self.expect_problem("layers", "test libraries belong in tests/")

    def test_include_relative_to_its_own_folder(self):
        self.write("golden/code.cc", LICENCE + '\n#include "code.h"\n')
        self.expect_problem("layers", "relative to the repository's top folder")

    def test_driver_links_golden(self):
        self.write("driver/CMakeLists.txt", "target_link_libraries(ds_driver PUBLIC ds_golden)\n")
        self.expect_problem("layers", "driver/CMakeLists.txt:1: driver/ must not link golden/")

    def test_format(self):
        self.write("golden/code.cc", LICENCE + '\n#include "golden/code.h"\n\nint Code(){return 1;}\n')
        self.expect_problem("format", "golden/code.cc:6: not as clang-format writes it")


if __name__ == "__main__":
    unittest.main()
