#!/usr/bin/env node
// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Measures the accuracy of an ONNX network with onnxruntime, graph optimization off.
//
//   node scripts/train/evaluate.cjs NET.onnx DIR
//
// DIR holds images.npy and labels.npy as scripts/fashion_mnist writes them. docs/networks.md says how
// to install onnxruntime-node.

const fs = require('fs');
const path = require('path');

const BATCH = 500;
const PIXELS = 28 * 28;

// The data bytes of a version 1.0 .npy file of bytes.
function readNpy(file) {
  const bytes = fs.readFileSync(file);
  return bytes.subarray(10 + bytes.readUInt16LE(8));
}

async function main() {
  const ort = require('onnxruntime-node');
  const [network, directory] = process.argv.slice(2);
  if (!directory) throw new Error('usage: evaluate.cjs NET.onnx DIR');
  const images = readNpy(path.join(directory, 'images.npy'));
  const labels = readNpy(path.join(directory, 'labels.npy'));
  const session = await ort.InferenceSession.create(network, {
    graphOptimizationLevel: 'disabled',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  let right = 0;
  for (let start = 0; start < labels.length; start += BATCH) {
    const count = Math.min(BATCH, labels.length - start);
    const input = Float32Array.from(
      images.subarray(start * PIXELS, (start + count) * PIXELS), (pixel) => pixel / 255);
    const feeds = { input: new ort.Tensor('float32', input, [count, 1, 28, 28]) };
    const logits = (await session.run(feeds)).logits.data;
    for (let i = 0; i < count; ++i) {
      const row = logits.subarray(10 * i, 10 * i + 10);
      right += row.indexOf(Math.max(...row)) === labels[start + i] ? 1 : 0;
    }
  }
  const percent = ((100 * right) / labels.length).toFixed(2);
  console.log(`${path.basename(network)}: ${right} of ${labels.length} right, ${percent} %`);
}

main().catch((error) => {
  console.error(`evaluate.cjs: ${error.message}`);
  process.exit(1);
});
