// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Keys of a breakdown, in the order of the bars.
const CATEGORIES = [
  {key: 'compute', text: 'compute', meaning: 'the array issues a step'},
  {key: 'weight_load', text: 'weight load', meaning: 'the next weight tile is not unpacked yet'},
  {key: 'memory', text: 'memory', meaning: 'waits for a load, a store or a command'},
  {key: 'post', text: 'post', meaning: 'all accumulators are in use'},
  {key: 'fill', text: 'fill', meaning: 'the first cycle of a command'},
  {key: 'drain', text: 'drain', meaning: 'outputs are on their way to memory'},
];
