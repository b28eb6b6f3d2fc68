#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""The shipped networks give what docs/networks.md claims, on every device.

  networks_test.py accuracy --denseshift PROGRAM [--count N]
      Functional device: accuracy on the test images (floors hold for all 10,000).
  networks_test.py lockstep --denseshift PROGRAM [--count N] [--config NAME]
      RTL: every layer of every image equals the golden model, every clock cycle the cycle model;
      the cycle model alone gives the same outputs, cycles and counters.
  networks_test.py rtl --denseshift PROGRAM [--count N]
      RTL at 16x16 and functional device: the 3-bit CNN's outputs are equal, byte by byte.
  networks_test.py faults --denseshift PROGRAM [--count N]
      Bits flipped in the RTL: the lock-step finds whatever shows outside before it does.
  networks_test.py oracle --denseshift PROGRAM [--count N] --work DIR
      onnxruntime on the exact export: the same class for every image.

Python's standard library only; data from scripts/fashion_mnist.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NETWORKS = ROOT / "tests/data/networks"
# Right answers of 10,000 test images, at least.
FLOORS = {
    "fashion_cnn_2bit": 9100,
    "fashion_cnn_3bit": 9180,
    "fashion_cnn_4bit": 9180,
    "fashion_resnet_3bit": 9250,
}


def images(folder, count):
    """Writes images.npy and labels.npy of the test split; returns their paths."""
    subprocess.run(
        [ROOT / "scripts/fashion_mnist", "--split", "test", "--count", str(count), "--out", folder],
        check=True, stdout=subprocess.DEVNULL)
    return folder / "images.npy", folder / "labels.npy"


def run(args, name, folder, device, *more):
    """One `denseshift run`; returns its JSON object."""
    pictures, labels = images(folder, args.count)
    command = [args.denseshift, "run", NETWORKS / f"{name}.onnx", "--input", pictures,
               "--labels", labels, "--device", device, "--json", *more]
    result = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, check=False)
    if result.returncode != 0:
        sys.exit(f"{name}: denseshift run ended with {result.returncode}")
    return json.loads(result.stdout)


def accuracy(args, folder):
    for name, floor in FLOORS.items():
        report = run(args, name, folder, "functional", "--config", args.config, "--check", "off")
        correct, count = report["correct"], report["images"]
        print(f"{name}: {correct} of {count}")
        if count != args.count or (count == 10000 and correct < floor):
            sys.exit(f"{name}: {correct} of {count} right, at least {floor} of 10000 are promised")


def lockstep(args, folder):
    for name in FLOORS:
        outputs, reports = {}, {}
        for device in ("rtl", "model"):
            output = folder / f"{device}.npy"
            reports[device] = run(args, name, folder, device, "--config", args.config,
                                  "--output", output)
            outputs[device] = output.read_bytes()
        check = reports["rtl"]["check"]
        print(f"{name}: {reports['rtl']['cycles']} cycles, {check}")
        if (check["mode"] != "lockstep" or check["differences"] != 0
                or check["images"] != args.count
                or check["compared_cycles"] < reports["rtl"]["cycles"]):
            sys.exit(f"{name}: RTL and golden model differ: {check}")
        same = ("cycles", "layers", "counters", "predictions")
        if (outputs["rtl"] != outputs["model"]
                or any(reports["rtl"][key] != reports["model"][key] for key in same)):
            sys.exit(f"{name}: the cycle model alone gives something else than the RTL")


def rtl(args, folder):
    outputs = {}
    for device in ("functional", "rtl"):
        output = folder / f"{device}.npy"
        report = run(args, "fashion_cnn_3bit", folder, device, "--config", args.config,
                     "--check", "off", "--output", output)
        outputs[device] = output.read_bytes()
        print(f"{device}: {report['correct']} of {report['images']} right, {report['cycles']} cycles, "
              f"{report['simulated_cycles_per_second']} cycles per second")
    if outputs["rtl"] != outputs["functional"]:
        sys.exit("RTL and functional device give different outputs")


def faults(args, folder):
    pictures, _ = images(folder, 1)
    # Of all bits, and of those that are rare among them.
    for which in ([], ["--registers"]):
        command = [args.denseshift, "campaign", NETWORKS / "fashion_cnn_2bit.onnx", "--input",
                   pictures, "--config", args.config, "--faults", args.count, *which, "--json"]
        result = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, check=False)
        if result.returncode != 0:
            sys.exit(f"denseshift campaign ended with {result.returncode}")
        for row in json.loads(result.stdout)["units"]:
            print(row)
            if row["unit"] == "all" and (row["flips"] != args.count or row["silent"] != 0
                                         or row["harmful"] == 0
                                         or row["detected"] < row["harmful"]):
                sys.exit(f"the lock-step did not find all harm: {row}")


def oracle(args, folder):
    work = pathlib.Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    for source in (ROOT / "tests/system/oracle").iterdir():
        (work / source.name).write_bytes(source.read_bytes())
    if not (work / "node_modules/onnxruntime-node/package.json").is_file():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=work, check=True,
                       stdout=subprocess.DEVNULL)
    for name in FLOORS:
        exact, classes = folder / f"{name}_exact.onnx", folder / "classes.txt"
        subprocess.run([args.denseshift, "export", NETWORKS / f"{name}.onnx", "-o", exact],
                       check=True, stdout=subprocess.DEVNULL)
        report = run(args, name, folder, "functional", "--config", args.config, "--check", "off")
        subprocess.run(["node", work / "run_onnx.js", exact, folder / "images.npy",
                        "--divide", "255", "--argmax", classes], check=True)
        expected = list(map(int, classes.read_text().split()))
        same = sum(a == b for a, b in zip(expected, report["predictions"]))
        print(f"{name}: same class as onnxruntime on {same} of {len(expected)}")
        if not same == len(expected) == args.count:
            sys.exit(f"{name}: the exact export and the device disagree")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = {f.__name__: f for f in (accuracy, lockstep, rtl, faults, oracle)}
    parser.add_argument("mode", choices=modes)
    parser.add_argument("--denseshift", required=True)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--config", default="16x16")
    parser.add_argument("--work", default="oracle", help="where onnxruntime is installed")
    args = parser.parse_args()
    args.denseshift = str(pathlib.Path(args.denseshift).resolve())
    with tempfile.TemporaryDirectory() as folder:
        modes[args.mode](args, pathlib.Path(folder))


if __name__ == "__main__":
    main()
