// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import test from 'node:test';
import { formatNpy, parseNpy } from './npy.js';
import { argmax, toFloat } from './run_onnx.js';

test('npy: what is written reads back', () => {
  const bytes = formatNpy([2, 3], Float32Array.of(1, -2, 0.5, 4, 5, 6));
  assert.equal(bytes.indexOf('\n') % 64, 63);
  const { shape, data } = parseNpy(bytes);
  assert.deepEqual(shape, [2, 3]);
  assert.deepEqual([...data], [1, -2, 0.5, 4, 5, 6]);
});

test('npy: refuses other files, orders and sizes', () => {
  const bytes = formatNpy([1], Float32Array.of(1));
  const changed = (from, to) => Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');
  assert.throws(() => parseNpy(Buffer.from('hello world')), /not an .npy file/);
  assert.throws(() => parseNpy(changed('False', 'True ')), /unsupported/);
  assert.throws(() => parseNpy(changed('<f4', '<f8')), /unsupported/);
  assert.throws(() => parseNpy(bytes.subarray(0, bytes.length - 1)), /3 bytes of data/);
});

test('argmax takes the first of equal values', () => {
  assert.equal(argmax(Float32Array.of(-3, 2, 2, 1)), 1);
});

test('pixels are divided in float32', () => {
  assert.equal(toFloat(Uint8Array.of(51), 255)[0], Math.fround(0.2));
});
