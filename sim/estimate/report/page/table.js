// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// The table of layers, sorted by a column on demand.

const share = key => layer => ratio(layer.breakdown[key], layer.cycles);

const COLUMNS = [
  {key: 'index', title: '#', value: layer => layer.index},
  {key: 'name', title: 'Layer', word: true, rowHead: true, value: layer => layer.name},
  {key: 'type', title: 'Type', word: true, value: layer => layer.type},
  {key: 'macs', title: 'MACs', value: layer => layer.macs, text: whole},
  {key: 'cycles', title: 'Cycles', value: layer => layer.cycles, text: whole},
  {key: 'utilization', title: 'Util. %', value: layer => layer.utilization, text: hundredths},
  ...CATEGORIES.map(({key, text}) => ({key, title: `${text} %`, value: share(key), text: hundredths})),
  {key: 'bytes', title: 'kB moved', value: layer => layer.bytes.total, text: value => decimals(value / 1000, 1)},
  {key: 'bandwidth', title: 'B/cycle', value: layer => layer.bandwidth, text: value => decimals(value, 2)},
  {key: 'operational_intensity', title: 'MACs/B', value: layer => layer.operational_intensity, text: value => decimals(value, 1)},
  {key: 'roofline_cycles', title: 'Roofline cycles', value: layer => layer.roofline_cycles, text: whole},
  {key: 'roofline_reached', title: 'of it %', value: layer => layer.roofline_reached, text: hundredths},
  {key: 'bottleneck', title: 'Bottleneck', word: true, value: layer => layer.bottleneck, text: value => value.replace('_', ' ')},
];

function prepareTable() {
  const table = document.getElementById('layers');
  const body = table.tBodies[0];
  const rows = estimate.layers.map((layer, index) => {
    const counted = {...layer, index};
    return {layer: counted, row: element('tr', {'data-layer': index}, ...COLUMNS.map(column => cellOf(column, counted)))};
  });
  const show = () => body.replaceChildren(...rows.map(({row}) => row));
  show();
  const totals = {...estimate, index: '', name: 'total', type: '', bottleneck: ''};
  table.tFoot.rows[0].append(...COLUMNS.map(column => cellOf(column, totals)));
  addSortingHeads(table, COLUMNS, order => {
    rows.sort((a, b) => order(a.layer, b.layer));
    show();
  });
}
