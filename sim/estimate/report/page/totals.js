// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// The head of the page.

function showTotals() {
  document.getElementById('network').textContent = estimate.network;
  document.getElementById('config').textContent = estimate.config;
  const cards = [
    ['cycles', 'Cycles', whole(estimate.cycles)],
    ['macs', 'MACs', whole(estimate.macs)],
    ['utilization', 'Utilization', percent(estimate.utilization)],
    ['rate', 'MACs per cycle', decimals(ratio(estimate.macs, estimate.cycles), 1), ` of ${whole(estimate.pes)}`],
    ['roofline_reached', 'Roofline reached', percent(estimate.roofline_reached)],
    ['bytes', 'Bytes moved', whole(estimate.bytes.total)],
    ['bandwidth', 'Bytes per cycle', decimals(estimate.bandwidth, 2)],
  ];
  showCards(document.getElementById('totals'), cards);
  for (const [section, values] of Object.entries(estimate.parameters)) {
    for (const [key, value] of Object.entries(values)) {
      document.getElementById('parameters').append(element('div', {},
        element('dt', {}, `${section} ${key.replaceAll('_', ' ')}`),
        element('dd', {'data-key': `${section}.${key}`}, String(value))));
    }
  }
}
