# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""DenseShift convolution and linear layers, trained by sign-scale decomposition.

Every weight is ±2^S with S in 0 .. 2^(n-1)-1. During training it is made of T + 1 latents,
T = 2^(n-1) - 1, stored in one parameter of shape [T + 1, ...]: index 0 is the sign latent, indices
1 .. T give the exponent:

    S_1 = H(w_1)    S_t = H(w_t) * (S_{t-1} + 1)    w = sgn(w_sign) * 2^(S_T)

with H(v) = 1 for v > 0 else 0, and sgn(v) = 1 for v >= 0 else -1 (DenseShift, ICCV 2023).
"""

import math

import torch
from torch import nn
from torch.nn import functional

INIT_STD = 1e-3  # low-variance initialization of every latent


class SignScale(torch.autograd.Function):
    """latents [T + 1, ...] -> weight [...], with the published gradient.

    sgn and H pass the gradient unchanged (straight-through, no clipping). The power 2^S is not
    differentiated: the forward value stands on the graph of sgn * sqrt(S + 1).
    """

    @staticmethod
    def forward(ctx, latents):
        sign, exponents = sign_and_exponents(latents)
        ctx.save_for_backward(latents, sign, *exponents)
        return sign * torch.exp2(exponents[-1])

    @staticmethod
    def backward(ctx, grad_weight):
        latents, sign, *exponents = ctx.saved_tensors
        grad = torch.empty_like(latents)
        root = torch.sqrt(exponents[-1] + 1)
        grad[0] = grad_weight * root
        grad_exponent = grad_weight * sign * 0.5 / root
        # Through S_t = H(w_t) * (S_{t-1} + 1), from t = T down to 1.
        for t in range(latents.shape[0] - 1, 0, -1):
            grad[t] = grad_exponent * (exponents[t - 1] + 1)
            grad_exponent = grad_exponent * (latents[t] > 0)
        return grad


def sign_and_exponents(latents):
    """Returns the sign (±1) and the list [S_0 = 0, S_1, ..., S_T], all of one weight's shape."""
    sign = torch.where(latents[0] >= 0, 1.0, -1.0)
    exponents = [torch.zeros_like(sign)]
    for latent in latents[1:]:
        exponents.append((latent > 0) * (exponents[-1] + 1))
    return sign, exponents


def best_scale(magnitude, steps):
    """The scale with the least squared error when magnitudes become scale * 2^(0 .. steps)."""

    def error(scale):
        exponent = torch.round(torch.log2(magnitude / scale)).clamp(0, steps)
        return (scale * torch.exp2(exponent) - magnitude).square().sum().item()

    return min((magnitude.max().item() * 2.0 ** (-steps - k / 8) for k in range(-8, 25)), key=error)


class DenseShiftWeight(nn.Module):
    """The weight of one layer: latents, and the constant gain that conditions training.

    The gain 1 / (sqrt(fan_in) * 2^(T/2)) keeps the layer's output in a range that trains well. It
    is not exported: it moves into the BatchNormalization that follows every layer.
    """

    def __init__(self, shape, bits):
        super().__init__()
        self.bits = bits
        steps = 2 ** (bits - 1) - 1
        self.latents = nn.Parameter(torch.randn(steps + 1, *shape) * INIT_STD)
        self.gain = 1.0 / (math.sqrt(math.prod(shape[1:])) * 2 ** (steps / 2))

    def forward(self):
        return SignScale.apply(self.latents) * self.gain

    @torch.no_grad()
    def start_from(self, weight, spread):
        """Sets the latents so that the weight approximates a float weight, up to a positive scale.

        With e = log2(|weight| / scale), exponent latent t is spread * (e - (T - t + 0.5)): exactly
        the last round(e) of them are positive, and the nearer e is to a rounding boundary, the
        nearer that boundary's latent is to zero. The sign latent follows the weight itself.
        """
        steps = self.latents.shape[0] - 1
        magnitude = weight.abs().clamp_min(1e-12)
        exponent = torch.log2(magnitude / best_scale(magnitude, steps))
        self.latents[0] = spread * weight / weight.std()
        for t in range(1, steps + 1):
            self.latents[t] = spread * (exponent - (steps - t + 0.5)).clamp(-2, 2)

    @torch.no_grad()
    def codes(self):
        """The n-bit codes as an int64 tensor: sign on top (1 = negative), exponent below."""
        sign, exponents = sign_and_exponents(self.latents)
        return ((sign < 0).long() << (self.bits - 1)) + exponents[-1].long()


class FloatWeight(nn.Module):
    """A float weight behind the same interface, for the float baseline (bits = 0)."""

    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(*shape) * math.sqrt(2 / math.prod(shape[1:])))
        self.gain = 1.0

    def forward(self):
        return self.weight


def make_weight(shape, bits):
    """A DenseShift weight of the given code width, or a float weight for bits = 0."""
    return DenseShiftWeight(shape, bits) if bits else FloatWeight(shape)


class Conv(nn.Module):
    """Convolution without bias, then BatchNorm. Weight shape [outputs, inputs, kernel, kernel]."""

    def __init__(self, inputs, outputs, kernel, bits, stride=1):
        super().__init__()
        self.stride, self.padding = stride, kernel // 2
        self.weight = make_weight((outputs, inputs, kernel, kernel), bits)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(functional.conv2d(x, self.weight(), None, self.stride, self.padding))


class Linear(nn.Module):
    """Fully connected layer without bias, then BatchNorm. Weight shape [outputs, inputs]."""

    def __init__(self, inputs, outputs, bits):
        super().__init__()
        self.weight = make_weight((outputs, inputs), bits)
        self.norm = nn.BatchNorm1d(outputs)

    def forward(self, x):
        return self.norm(functional.linear(x, self.weight()))
