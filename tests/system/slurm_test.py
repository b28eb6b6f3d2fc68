#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""scripts/sweep.slurm on a real Slurm: one node, this machine, made for the test and ended with it.

  slurm_test.py --denseshift PROGRAM

Needs slurmctld, slurmd and munged (scripts/setup), no systemd, and no configuration of them. Without root, the
daemons are the user's own.
"""

import argparse
import contextlib
import getpass
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/sweep.slurm"
NETWORK = ROOT / "tests/data/topologies/alexnet.csv"
# 36 configurations; 12 lanes are refused.
SWEEP = [str(NETWORK), "--sweep", "array.lanes=8,12,16,32", "--sweep", "memory.latency_cycles=10,50,200",
         "--sweep", "bus.width_bits=64,128,256"]
DAEMONS = ("munged", "slurmctld", "slurmd")
SECONDS = 120  # to wait for anything
CONFIG = """
ClusterName=denseshift
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
SlurmUser={user}
SlurmdUser={user}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
ReturnToService=2
MinJobAge=3600
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def tool(name):
    path = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if path is None:
        sys.exit(f"slurm_test: no {name}; install the Debian packages slurm-wlm and munge (scripts/setup does)")
    return path


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def wait_for(what, condition):
    end = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not after {SECONDS} seconds")
        time.sleep(0.2)


class Cluster:
    """Daemons with all they write in one folder."""

    def __init__(self, folder):
        self.folder = folder
        self.daemons = []
        self.environment = {}

    def start_all(self):
        folder = self.folder
        for name in ("state", "spool"):
            (folder / name).mkdir()
        key = folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(128))
        host = socket.gethostname().split(".")[0]
        controller_port, node_port = free_ports(2)
        config = folder / "slurm.conf"
        config.write_text(CONFIG.format(host=host, controller_port=controller_port, node_port=node_port, folder=folder,
                                        user=getpass.getuser(), cpus=len(os.sched_getaffinity(0))))
        self.environment = {**os.environ, "SLURM_CONF": str(config)}
        for name in [name for name in self.environment if re.match("(SLURM|SBATCH)_(?!CONF$)", name)]:
            del self.environment[name]
        self.start("munged", "--foreground", f"--key-file={key}", f"--socket={folder}/munge.socket",
                   f"--pid-file={folder}/munged.pid", f"--log-file={folder}/munged.log",
                   f"--seed-file={folder}/munge.seed")
        wait_for("munged", (folder / "munge.socket").exists)
        self.start("slurmctld", "-D", "-f", config)
        self.start("slurmd", "-D", "-f", config, "-N", host)
        wait_for("an idle node", lambda: "idle" in self.run("sinfo", "--noheader", "--format=%T").stdout)

    def start(self, name, *arguments):
        with open(self.folder / f"{name}.out", "wb") as out:
            self.daemons.append(subprocess.Popen([tool(name), *map(str, arguments)], stdin=subprocess.DEVNULL,
                                                 stdout=out, stderr=out, env=self.environment))

    def run(self, *command):
        return subprocess.run(list(map(str, command)), env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=SECONDS, check=False)

    def states(self, job):
        """The states of a job's tasks."""
        shown = self.run("scontrol", "show", "job", job).stdout
        return re.findall(r"JobState=(\w+)", shown)

    def wait(self, job):
        ended = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY"}
        wait_for(f"job {job}", lambda: self.states(job) and set(self.states(job)) <= ended)
        return self.states(job)

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def logs(self):
        return "".join(f"--- {out.name}\n{out.read_text(errors='replace')[-3000:]}" for out in self.folder.glob("*.out"))


class SlurmTest(unittest.TestCase):
    program = ""

    @classmethod
    def setUpClass(cls):
        for name in (*DAEMONS, "sbatch", "scontrol", "sinfo"):
            tool(name)
        # Sockets have short paths, and munged wants no folder that others may write.
        folder = tempfile.TemporaryDirectory(prefix="ds_slurm_", dir="/tmp", ignore_cleanup_errors=True)
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.folder.chmod(0o755)
        cls.cluster = Cluster(cls.folder)
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.start_all()
        cls.cluster.environment["DENSESHIFT"] = str(pathlib.Path(cls.program).resolve())

    def submit(self, shards, output, *sweep):
        done = self.cluster.run(SCRIPT, shards, output, "--", *sweep)
        self.assertEqual(done.returncode, 0, done.stderr + self.cluster.logs())
        match = re.fullmatch(r"shards: job (\d+), merge: job (\d+), logs: (.*)\n", done.stdout)
        self.assertIsNotNone(match, done.stdout)
        return match.groups()

    def expected(self, *more):
        done = subprocess.run([self.program, "estimate", *SWEEP, *more], capture_output=True, text=True, check=True)
        return done.stdout

    def log(self, output):
        return "".join(f"--- {log}\n{log.read_text()}" for log in pathlib.Path(f"{output}.shards").glob("*.log"))

    def test_shards_and_merge_give_the_sweep(self):
        for name, more in (("result.csv", ()), ("with space.json", ("--json",))):
            output = self.folder / name
            array, merge, _ = self.submit(5, output, *SWEEP)
            self.assertEqual(self.cluster.wait(merge), ["COMPLETED"], self.log(output) + self.cluster.logs())
            self.assertEqual(self.cluster.states(array), ["COMPLETED"] * 5)
            self.assertEqual(output.read_text(), self.expected(*more))
            self.assertFalse(pathlib.Path(f"{output}.shards").exists())

    def test_without_all_shards_there_is_no_merge(self):
        output = self.folder / "again.csv"
        network = self.folder / "network.csv"
        sweep = [str(network), *SWEEP[1:]]
        array, merge, logs = self.submit(3, output, *sweep)  # there is no such file yet
        self.assertEqual(self.cluster.wait(array), ["FAILED"] * 3)
        wait_for("the end of the merge", lambda: self.cluster.states(merge) in ([], ["CANCELLED"]))
        self.assertFalse(output.exists())
        self.assertIn("network.csv", (pathlib.Path(logs) / "2.log").read_text())
        shutil.copy(NETWORK, network)
        _, merge, _ = self.submit(3, output, *sweep)
        self.assertEqual(self.cluster.wait(merge), ["COMPLETED"], self.log(output) + self.cluster.logs())
        self.assertEqual(output.read_text(), self.expected().replace(str(NETWORK), str(network)))

    def test_mistakes_are_named(self):
        for arguments, message in (
                ((), "usage: scripts/sweep.slurm SHARDS OUTPUT"),
                ((0, "x.csv", "--", NETWORK), "SHARDS is '0', allowed is 1..100000"),
                ((2, "x.csv", NETWORK), "no network after --"),
                ((2, self.folder, "--", NETWORK), "is a folder; name a file in it")):
            done = self.cluster.run(SCRIPT, *arguments)
            self.assertEqual(done.returncode, 1)
            self.assertIn(message, done.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--denseshift", required=True)
    known, rest = parser.parse_known_args()
    SlurmTest.program = known.denseshift
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
