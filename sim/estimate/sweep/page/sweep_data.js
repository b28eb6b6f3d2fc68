// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// What the page of a sweep shows.

const sweep = JSON.parse(document.getElementById('sweep').textContent);
const points = sweep.points.map((point, index) => ({...point, index}));
const estimatedPoints = points.filter(point => point.error === null);
const paretoPoints = estimatedPoints.filter(point => point.pareto);
const failedPoints = points.filter(point => point.error !== null);

// The swept keys of a point: "array.lanes 8, memory.seed 1".
function configurationText(point) {
  return sweep.keys.map(key => `${key} ${point.values[key]}`).join(', ');
}

function bottleneckText(point) {
  return point.bottleneck.replace('_', ' ');
}
