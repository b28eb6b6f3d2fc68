#!/usr/bin/env node
// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Runs an ONNX model on images in onnxruntime, without graph optimisation, on one thread.
//
//   node run_onnx.js MODEL.onnx IMAGES.npy [--divide 255] [--batch 250]
//                    [--outputs OUTPUTS.npy] [--argmax ARGMAX.txt]
//
// IMAGES.npy   uint8, int8 or float32, first axis the image, the rest in the order of the model's
//              input [C, H, W]; each value is converted to float32 and divided by --divide (1).
// OUTPUTS.npy  float32 [images, values].
// ARGMAX.txt   one line per image: the index of its largest output, the first of equal ones.
//
// Optimisation stays off because onnxruntime otherwise requantizes the weights of a graph with
// QuantizeLinear / DequantizeLinear pairs.

import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { formatNpy, parseNpy } from './npy.js';

const OPTIONS = {
  divide: { type: 'string', default: '1' },
  batch: { type: 'string', default: '250' },
  outputs: { type: 'string' },
  argmax: { type: 'string' },
};

// Index of the largest value, the first of equal ones.
export function argmax(values) {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
}

// Images as float32, divided by `divisor` in float32.
export function toFloat(data, divisor) {
  return Float32Array.from(data, (value) => Math.fround(value / divisor));
}

// Runs all images. Returns { values per image, data: Float32Array }.
export async function run(model, images, divisor, batch) {
  const { InferenceSession, Tensor } = (await import('onnxruntime-node')).default;
  const session = await InferenceSession.create(model, {
    graphOptimizationLevel: 'disabled',
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const dims = session.inputMetadata[0].shape.slice(1);
  const size = dims.reduce((product, dim) => product * dim, 1);
  const count = images.shape[0];
  if (images.data.length !== count * size) {
    throw new Error(`images of shape [${images.shape}] for a model input [N,${dims}]`);
  }
  const results = [];
  for (let first = 0; first < count; first += batch) {
    const end = Math.min(count, first + batch);
    const input = toFloat(images.data.subarray(first * size, end * size), divisor);
    const tensor = new Tensor('float32', input, [end - first, ...dims]);
    const output = await session.run({ [session.inputNames[0]]: tensor });
    results.push(output[session.outputNames[0]].data);
  }
  const data = Float32Array.from(results.flatMap((result) => Array.from(result)));
  return { values: data.length / count, data };
}

async function main() {
  const { values: options, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (positionals.length !== 2) {
    throw new Error('usage: run_onnx.js MODEL.onnx IMAGES.npy [--divide D] [--batch B] ' +
      '[--outputs OUTPUTS.npy] [--argmax ARGMAX.txt]');
  }
  const [model, images] = positionals;
  const parsed = parseNpy(readFileSync(images));
  const { values, data } = await run(model, parsed, Number(options.divide), Number(options.batch));
  const count = parsed.shape[0];
  if (options.outputs) {
    writeFileSync(options.outputs, formatNpy([count, values], data));
  }
  if (options.argmax) {
    const lines = Array.from({ length: count }, (_, i) =>
      `${argmax(data.subarray(i * values, (i + 1) * values))}\n`);
    writeFileSync(options.argmax, lines.join(''));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(`run_onnx: ${error.message}`);
    process.exitCode = 1;
  });
}
