# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Builds the ONNX form of docs/networks.md and evaluates it on calibration images as it goes.

Every method of Graph adds nodes and returns a Tensor: the ONNX name together with the value that
those nodes give for the calibration images. Scales are therefore chosen on activations that are
already quantized upstream.
"""

import collections
import dataclasses

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional

from weight_function import DOMAIN, NAME, weight_function

OPSETS = [helper.make_opsetid("", 15), helper.make_opsetid(DOMAIN, 1)]
EPSILON = 1e-5  # of every BatchNormalization node


@dataclasses.dataclass
class Tensor:
    """An ONNX tensor name and its value for the calibration images."""

    name: str
    value: torch.Tensor


def pack(codes, bits):
    """Packs n-bit codes end to end, least significant bit first, into bytes."""
    stream = (codes.reshape(-1, 1) >> np.arange(bits)) & 1
    return np.packbits(stream.astype(np.uint8), bitorder="little")


def power_of_two_scale(value, low, high):
    """The power of two with the least squared rounding and clipping error over value."""
    top = int(np.ceil(np.log2(value.abs().max().item() / high)))

    def error(scale):
        return (fake_quantize(value, scale, low, high) - value).square().mean().item()

    return min((2.0**exponent for exponent in range(top - 3, top + 1)), key=error)


def fake_quantize(value, scale, low, high):
    """What a QuantizeLinear / DequantizeLinear pair gives; rounds half to even, like ONNX."""
    return torch.clamp(torch.round(value / scale), low, high) * scale


class Graph:
    """A growing ONNX graph; see the module comment."""

    def __init__(self):
        self.nodes, self.initializers, self.value_info = [], [], []
        self.counts = collections.Counter()

    def constant(self, name, array):
        """Adds an initializer and returns its name."""
        self.initializers.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def node(self, operator, inputs, **attributes):
        """Adds a node with a numbered name; its output has the same name."""
        self.counts[operator] += 1
        name = f"{operator.lower()}{self.counts[operator]}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def weight(self, layer, name):
        """Adds the packed weight of a layer as name, and returns its float values ±2^S."""
        codes = layer.weight.codes()
        bits, shape = layer.weight.bits, list(codes.shape)
        packed = self.constant(f"{name}_codes", pack(codes.numpy(), bits))
        attributes = {"name": name, "domain": DOMAIN, "bits": bits, "shape": shape}
        self.nodes.append(helper.make_node(NAME, [packed], [name], **attributes))
        self.value_info.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        sign = 1 - 2 * (codes >> (bits - 1))
        return (sign << (codes & (2 ** (bits - 1) - 1))).float()

    def conv(self, x, layer):
        """Convolution without bias, then its BatchNormalization."""
        name = f"conv{self.counts['Conv'] + 1}_weight"
        weight = self.weight(layer, name)
        kernel, pad = list(weight.shape[2:]), layer.padding
        strides = [layer.stride] * 2
        attributes = {"kernel_shape": kernel, "pads": [pad] * 4, "strides": strides}
        output = self.node("Conv", [x.name, name], **attributes)
        value = functional.conv2d(x.value, weight, None, layer.stride, pad)
        return self.norm(Tensor(output, value), layer)

    def gemm(self, x, layer):
        """Fully connected layer without bias, then its BatchNormalization."""
        name = f"gemm{self.counts['Gemm'] + 1}_weight"
        weight = self.weight(layer, name)
        output = self.node("Gemm", [x.name, name], transB=1)
        return self.norm(Tensor(output, functional.linear(x.value, weight)), layer)

    def norm(self, x, layer):
        """BatchNormalization with the training gain folded into its mean and variance."""
        norm, gain = layer.norm, layer.weight.gain
        mean = norm.running_mean.double() / gain
        var = (norm.running_var.double() + norm.eps) / gain**2 - EPSILON
        scale, shift, mean, var = (t.detach().float() for t in (norm.weight, norm.bias, mean, var))
        arrays = {"scale": scale, "bias": shift, "mean": mean, "var": var}
        names = [self.constant(f"{x.name}_bn_{key}", arrays[key].numpy()) for key in arrays]
        output = self.node("BatchNormalization", [x.name, *names], epsilon=EPSILON)
        value = functional.batch_norm(x.value, mean, var, scale, shift, False, 0.0, EPSILON)
        return Tensor(output, value)

    def quantize(self, x, dtype=np.uint8, scale=None, output=None):
        """A QuantizeLinear / DequantizeLinear pair, zero point 0; calibrates scale unless given."""
        limits = np.iinfo(dtype)
        scale = scale or power_of_two_scale(x.value, limits.min, limits.max)
        scale_name = self.constant(f"{x.name}_scale", np.float32(scale))
        zero_name = self.constant(f"{x.name}_zero", dtype(0))
        quantized = self.node("QuantizeLinear", [x.name, scale_name, zero_name])
        result = self.node("DequantizeLinear", [quantized, scale_name, zero_name])
        if output:
            self.nodes[-1].output[0] = result = output
        return Tensor(result, fake_quantize(x.value, scale, limits.min, limits.max))

    def relu(self, x):
        return Tensor(self.node("Relu", [x.name]), functional.relu(x.value))

    def add(self, x, y):
        return Tensor(self.node("Add", [x.name, y.name]), x.value + y.value)

    def max_pool(self, x):
        output = self.node("MaxPool", [x.name], kernel_shape=[2, 2], strides=[2, 2])
        return Tensor(output, functional.max_pool2d(x.value, 2))

    def global_average_pool(self, x):
        return Tensor(self.node("GlobalAveragePool", [x.name]), x.value.mean((2, 3), keepdim=True))

    def flatten(self, x):
        return Tensor(self.node("Flatten", [x.name], axis=1), x.value.flatten(1))

    def model(self, name, bits):
        """The finished ModelProto, checked."""
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 1, 28, 28])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", 10])],
            self.initializers,
            value_info=self.value_info,
        )
        model = helper.make_model(
            graph,
            opset_imports=OPSETS,
            ir_version=8,
            producer_name="denseshift",
            functions=[weight_function()],
        )
        properties = {"denseshift.format": "packed-1", "denseshift.bits": str(bits)}
        helper.set_model_props(model, properties)
        onnx.checker.check_model(model)
        return model
