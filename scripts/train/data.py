# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""Fashion-MNIST from the Debian package dataset-fashion-mnist, and its augmentation."""

import gzip
import pathlib

import numpy as np
import torch

FOLDER = pathlib.Path("/usr/share/datasets/fashion-mnist")
VALIDATION = 5000  # the last images of the training set, for choosing recipes


def load(split):
    """Returns (images float [N, 1, 28, 28] in 0 .. 1, labels int64 [N]) of a split.

    Splits: test; train, all 60,000 training images; fit and validation, their first 55,000 and
    last 5,000.
    """
    prefix = "t10k" if split == "test" else "train"
    with gzip.open(FOLDER / f"{prefix}-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28)
    with gzip.open(FOLDER / f"{prefix}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    parts = {"fit": slice(None, -VALIDATION), "validation": slice(-VALIDATION, None)}
    part = parts.get(split, slice(None))
    return torch.tensor(pixels[part] / np.float32(255)), torch.tensor(labels[part].astype(np.int64))


def augment(images, shift):
    """Flips half of the images left to right and moves each by up to shift pixels in x and y."""
    count = len(images)
    images = torch.where((torch.rand(count) < 0.5).view(-1, 1, 1, 1), images.flip(3), images)
    padded = torch.nn.functional.pad(images, (shift,) * 4)[:, 0]
    rows = torch.randint(2 * shift + 1, (count, 1, 1)) + torch.arange(28).view(1, -1, 1)
    columns = torch.randint(2 * shift + 1, (count, 1, 1)) + torch.arange(28).view(1, 1, -1)
    return padded[torch.arange(count).view(-1, 1, 1), rows, columns].unsqueeze(1)
