// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// The head of the page.

// The point with the fewest cycles; a Pareto point if there is one of them. Undefined without any.
function bestPoint() {
  const fewest = estimatedPoints.reduce((least, point) => Math.min(least, point.cycles), Infinity);
  return paretoPoints.find(point => point.cycles === fewest) ?? estimatedPoints.find(point => point.cycles === fewest);
}

function showSweepTotals() {
  document.getElementById('network').textContent = sweep.network;
  document.getElementById('keys').textContent = sweep.keys.join(', ');
  document.getElementById('config').textContent = sweep.config;
  document.getElementById('settings').textContent = sweep.settings.length === 0 ? '' : ` with ${sweep.settings.join(', ')}`;
  const best = bestPoint();
  showCards(document.getElementById('totals'), [
    ['points', 'Points', whole(points.length)],
    ['failed', 'Failed', whole(failedPoints.length)],
    ['pareto', 'Pareto', whole(paretoPoints.length)],
    ['best', 'Best cycles', best ? whole(best.cycles) : '-'],
  ]);
  document.getElementById('best').textContent = best
    ? `The fewest cycles: point ${best.index}, ${configurationText(best)}.` : 'No configuration has an estimate.';
}
