// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// NumPy .npy files: C-ordered uint8, int8 and float32 arrays.

const MAGIC = '\x93NUMPY';
const ARRAYS = { '|u1': Uint8Array, '|i1': Int8Array, '<f4': Float32Array };

// Parses a file's bytes. Returns { shape, data }.
export function parseNpy(bytes) {
  if (bytes.length < 10 || bytes.toString('latin1', 0, 6) !== MAGIC) {
    throw new Error('not an .npy file');
  }
  const wide = bytes[6] >= 2;
  const start = wide ? 12 : 10;
  const end = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.toString('latin1', start, end);
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (!(type in ARRAYS) || shape === undefined || !/'fortran_order':\s*False/.test(header)) {
    throw new Error(`unsupported .npy header: ${header.trim()}`);
  }
  const dims = shape.split(',').filter((text) => text.trim() !== '').map(Number);
  const count = dims.reduce((product, dim) => product * dim, 1);
  const Type = ARRAYS[type];
  const body = bytes.subarray(end);
  if (body.length !== count * Type.BYTES_PER_ELEMENT) {
    throw new Error(`${body.length} bytes of data for shape [${dims}] of ${type}`);
  }
  const copy = new Uint8Array(body); // aligned
  return { shape: dims, data: new Type(copy.buffer, 0, count) };
}

// The bytes of a float32 array as an .npy file.
export function formatNpy(shape, data) {
  const dims = shape.map((dim) => `${dim},`).join(' ');
  let header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${dims}), }`;
  header = header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11) + '\n';
  const prefix = Buffer.from(`${MAGIC}\x01\x00\x00\x00${header}`, 'latin1');
  prefix.writeUInt16LE(header.length, 8);
  return Buffer.concat([prefix, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}
