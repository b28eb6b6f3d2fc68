# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""The two networks, written once as a list of steps.

A step is a small object with the layers it owns. train.py runs the steps with forward();
export_onnx.py walks the same objects to emit ONNX.
"""

from torch import nn
from torch.nn import functional

from denseshift_layers import Conv, Linear


class ConvRelu(nn.Module):
    """Convolution, BatchNorm, ReLU."""

    def __init__(self, *args, **kwargs):
        super().__init__()
        self.conv = Conv(*args, **kwargs)

    def forward(self, x):
        return functional.relu(self.conv(x))


class LinearRelu(nn.Module):
    """Fully connected layer, BatchNorm, ReLU."""

    def __init__(self, *args):
        super().__init__()
        self.linear = Linear(*args)

    def forward(self, x):
        return functional.relu(self.linear(x))


class MaxPool(nn.Module):
    """2x2 maximum, stride 2."""

    def forward(self, x):
        return functional.max_pool2d(x, 2)


class GlobalAveragePool(nn.Module):
    """Mean over all positions: [N, C, H, W] -> [N, C, 1, 1]."""

    def forward(self, x):
        return x.mean((2, 3), keepdim=True)


class Flatten(nn.Module):
    """[N, C, H, W] -> [N, C * H * W]."""

    def forward(self, x):
        return x.flatten(1)


class Block(nn.Module):
    """Two 3x3 convolutions and a skip path; 1x1 convolution on the skip if the shape changes."""

    def __init__(self, inputs, outputs, bits, stride=1):
        super().__init__()
        self.first = ConvRelu(inputs, outputs, 3, bits, stride)
        self.second = Conv(outputs, outputs, 3, bits)
        changes = stride != 1 or inputs != outputs
        self.skip = Conv(inputs, outputs, 1, bits, stride) if changes else None

    def forward(self, x):
        skip = self.skip(x) if self.skip else x
        return functional.relu(self.second(self.first(x)) + skip)


def cnn(bits):
    """Three convolutions and two fully connected layers: 224,528 weights, 2.1 M MACs."""
    return nn.Sequential(
        ConvRelu(1, 16, 3, bits),
        MaxPool(),
        ConvRelu(16, 32, 3, bits),
        MaxPool(),
        ConvRelu(32, 64, 3, bits),
        Flatten(),
        LinearRelu(3136, 64, bits),
        Linear(64, 10, bits),
    )


def resnet(bits):
    """A stem and three residual blocks: 146,192 weights, 9.3 M MACs."""
    return nn.Sequential(
        ConvRelu(1, 16, 3, bits),
        Block(16, 32, bits, stride=2),
        Block(32, 64, bits, stride=2),
        Block(64, 64, bits),
        GlobalAveragePool(),
        Flatten(),
        Linear(64, 10, bits),
    )


NETWORKS = {"cnn": cnn, "resnet": resnet}
