#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Trains one network on Fashion-MNIST and writes a checkpoint for export_onnx.py.

The checkpoint is that of the last epoch. The test images are not read.
"""

import argparse
import math
import os
import time

import torch
from torch.nn import functional

import data
from denseshift_layers import DenseShiftWeight
from networks import NETWORKS

SETTLE_IMAGES = 20000  # for the final BatchNorm statistics


def learning_rate(step, steps, peak):
    """Linear warm-up over the first 2 % of the steps, then cosine to zero."""
    warmup = 0.02 * steps
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * 0.5 * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup)))


@torch.no_grad()
def accuracy(network, images, labels):
    """Per cent of images classified correctly."""
    network.eval()
    classes = torch.cat([network(x).argmax(1) for x in images.split(500)])
    return 100.0 * (classes == labels).float().mean().item()


@torch.no_grad()
def settle_norms(network, images):
    """Replaces the running BatchNorm statistics by the average over plain batches of the images."""
    norms = [module for module in network.modules() if hasattr(module, "running_mean")]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # cumulative average
    network.train()
    for x in images.split(500):
        network(x)


def start_from(network, path, spread):
    """Copies BatchNorm parameters of a float checkpoint and sets the latents from its weights."""
    state = torch.load(path)["state"]
    norms = {key: value for key, value in state.items() if ".norm." in key}
    network.load_state_dict(norms, strict=False)
    for name, module in network.named_modules():
        if isinstance(module, DenseShiftWeight):
            module.start_from(state[f"{name}.weight"], spread)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--network", choices=sorted(NETWORKS), default="cnn")
    add("--bits", type=int, choices=(0, 2, 3, 4), default=3, help="code width; 0: float weights")
    add("--epochs", type=int, default=20)
    add("--batch", type=int, default=128)
    add("--lr", type=float, default=1e-3, help="peak Adam learning rate")
    add("--shift", type=int, default=1, help="augmentation: largest shift in pixels")
    add("--plain-epochs", type=int, default=1, help="epochs at the end without augmentation")
    add("--smoothing", type=float, default=0.05, help="label smoothing")
    add("--split", choices=("train", "fit"), default="fit", help="fit: no validation images")
    add("--start", help="float checkpoint to set the latents from; without it they are random")
    add("--spread", type=float, default=0.02, help="size of the latents that --start sets")
    add("--seed", type=int, default=0)
    add("--out", required=True, help="checkpoint to write")
    args = parser.parse_args()
    if not os.access(os.path.dirname(args.out) or ".", os.W_OK):
        parser.error(f"argument --out: cannot write to the folder of {args.out}")

    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    network = NETWORKS[args.network](args.bits)
    if args.start:
        start_from(network, args.start, args.spread)
    images, labels = data.load(args.split)
    optimizer = torch.optim.Adam(network.parameters())
    batches = len(images) // args.batch
    start = time.time()
    for epoch in range(args.epochs):
        network.train()
        order = torch.randperm(len(images))
        total = 0.0
        for batch in range(batches):
            lr = learning_rate(epoch * batches + batch, args.epochs * batches, args.lr)
            for group in optimizer.param_groups:
                group["lr"] = lr
            index = order[batch * args.batch : (batch + 1) * args.batch]
            x = images[index]
            if epoch < args.epochs - args.plain_epochs:
                x = data.augment(x, args.shift)
            logits = network(x)
            loss = functional.cross_entropy(logits, labels[index], label_smoothing=args.smoothing)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        if epoch == args.epochs - 1:
            settle_norms(network, images[:SETTLE_IMAGES])
        note = ""
        if args.split == "fit":
            note = f"validation {accuracy(network, *data.load('validation')):.2f} %, "
        elapsed = time.time() - start
        print(f"epoch {epoch + 1}: loss {total / batches:.4f}, {note}{elapsed:.0f} s", flush=True)
    checkpoint = {"network": args.network, "bits": args.bits, "state": network.state_dict()}
    torch.save(checkpoint, args.out)


if __name__ == "__main__":
    main()
