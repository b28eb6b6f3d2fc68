#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Tests of scripts/setup with stand-ins for the package tools: nothing is installed."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETUP = ROOT / "scripts" / "setup"
TOOLS = ("awk", "bash", "cat", "comm", "dirname", "env", "sort", "touch")
# Answers for every package but those in the file 'absent'.
DPKG_QUERY = """
for package in "${@:3}"; do
  grep -qxF -- "$package" "$STATE/absent" || echo "installed $package"
done
"""
APT_GET = """
echo "$@" >> "$STATE/log"
case " $* " in *" install "*) : > "$STATE/absent" ;; esac
"""


class SetupTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = pathlib.Path(folder.name)
        self.tools = self.state / "bin"
        self.tools.mkdir()
        for tool in (*TOOLS, "grep"):
            (self.tools / tool).symlink_to(shutil.which(tool))
        self.tool("dpkg-query", DPKG_QUERY)
        self.tool("apt-get", APT_GET)
        self.tool("id", "echo 0")
        (self.state / "absent").write_text("")
        (self.state / "log").write_text("")

    def tool(self, name, body):
        path = self.tools / name
        path.write_text("#!/usr/bin/env bash\n" + body)
        path.chmod(0o755)

    def run_setup(self, *arguments):
        environment = {"PATH": str(self.tools), "STATE": str(self.state)}
        done = subprocess.run([self.tools / "bash", SETUP, *arguments], env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr, (self.state / "log").read_text().splitlines()

    def test_complete_machine_needs_nothing(self):
        code, output, log = self.run_setup()
        self.assertEqual((code, output, log), (0, "", []))

    def test_installs_only_what_is_missing(self):
        (self.state / "absent").write_text("verilator\nyosys\n")
        code, output, log = self.run_setup()
        self.assertEqual(code, 0, output)
        self.assertEqual(len(log), 2, log)
        self.assertTrue(log[0].endswith(" update"), log)
        self.assertTrue(log[1].endswith(" install -y --no-install-recommends verilator yosys"), log)

    def test_uses_sudo_when_not_root(self):
        (self.state / "absent").write_text("yosys\n")
        self.tool("id", "echo 1000")
        self.tool("sudo", 'touch "$STATE/sudo"; "$@"')
        code, output, _ = self.run_setup()
        self.assertEqual(code, 0, output)
        self.assertTrue((self.state / "sudo").exists())

    def test_neither_root_nor_sudo(self):
        (self.state / "absent").write_text("yosys\n")
        self.tool("id", "echo 1000")
        code, output, log = self.run_setup()
        self.assertEqual((code, log), (1, []))
        self.assertIn("run scripts/setup as root, or install sudo", output)

    def test_not_debian(self):
        (self.tools / "apt-get").unlink()
        code, output, _ = self.run_setup()
        self.assertEqual(code, 1)
        self.assertIn("not a Debian system", output)

    def test_failed_installation(self):
        (self.state / "absent").write_text("yosys\n")
        self.tool("apt-get", 'case " $* " in *" install "*) exit 100 ;; esac')
        code, output, _ = self.run_setup()
        self.assertEqual(code, 1)
        self.assertIn("could not install yosys", output)

    def test_unknown_argument(self):
        self.assertEqual(self.run_setup("--fast")[0], 1)


if __name__ == "__main__":
    unittest.main()
