#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes a trained checkpoint as ONNX with packed DenseShift weights and quantized activations.

Activation scales are calibrated on training images. docs/networks.md describes the file.
"""

import argparse
import functools
import os
import pathlib

import numpy as np
import onnx
import torch

import data
import networks
from denseshift_layers import Linear
from onnx_graph import Graph, Tensor


@functools.singledispatch
def emit(step, graph, x, last):
    """Adds the nodes of one step to graph and returns its output.

    last is the name of the network's output; the step that ends the network uses it.
    """
    raise TypeError(f"no ONNX form for {type(step).__name__}")


@emit.register
def _(step: networks.ConvRelu, graph, x, last):
    return graph.quantize(graph.relu(graph.conv(x, step.conv)))


@emit.register
def _(step: networks.LinearRelu, graph, x, last):
    return graph.quantize(graph.relu(graph.gemm(x, step.linear)))


@emit.register
def _(step: Linear, graph, x, last):
    return graph.quantize(graph.gemm(x, step), np.int8, output=last)


@emit.register
def _(step: networks.Block, graph, x, last):
    main = emit(step.first, graph, x, last)
    main = graph.quantize(graph.conv(main, step.second), np.int8)
    skip = graph.quantize(graph.conv(x, step.skip), np.int8) if step.skip else x
    return graph.quantize(graph.relu(graph.add(main, skip)))


@emit.register
def _(step: networks.MaxPool, graph, x, last):
    return graph.max_pool(x)


@emit.register
def _(step: networks.GlobalAveragePool, graph, x, last):
    return graph.quantize(graph.global_average_pool(x))


@emit.register
def _(step: networks.Flatten, graph, x, last):
    return graph.flatten(x)


@torch.no_grad()
def export(checkpoint, images):
    """The ModelProto of a checkpoint, with activation scales calibrated on images."""
    network = networks.NETWORKS[checkpoint["network"]](checkpoint["bits"])
    network.load_state_dict(checkpoint["state"])
    network.eval()
    graph = Graph()
    x = graph.quantize(Tensor("input", images), scale=1 / 255)
    for step in network:
        x = emit(step, graph, x, "logits")
    reference = network(images).argmax(1)
    same = (x.value.argmax(1) == reference).float().mean().item()
    print(f"quantized activations keep the class of {100 * same:.2f} % of the calibration images")
    bits = checkpoint["bits"]
    return graph.model(f"fashion_{checkpoint['network']}_{bits}bit", bits)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("checkpoint", help="written by train.py")
    parser.add_argument("--images", type=int, default=1000, help="training images to calibrate on")
    parser.add_argument("--out", required=True, help="ONNX file to write")
    args = parser.parse_args()

    torch.set_num_threads(1)
    images, _ = data.load("fit")
    model = export(torch.load(args.checkpoint), images[: args.images])
    out = pathlib.Path(args.out)
    temporary = out.with_name(out.name + ".tmp")
    onnx.save(model, temporary)
    os.replace(temporary, out)
    print(f"{out}: {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
