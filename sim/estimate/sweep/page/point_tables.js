// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// The tables of points: those with an estimate, and those without.

const ROWS_AT_ONCE = 500;

const INDEX_COLUMN = {key: 'index', title: '#', rowHead: true, value: point => point.index};
const KEY_COLUMNS = sweep.keys.map(key => ({key, title: key, value: point => point.values[key]}));

const POINT_COLUMNS = [
  INDEX_COLUMN,
  ...KEY_COLUMNS,
  {key: 'pareto', title: 'Pareto', value: point => point.pareto, text: value => value ? 'yes' : ''},
  {key: 'cycles', title: 'Cycles', value: point => point.cycles, text: whole},
  {key: 'macs', title: 'MACs', value: point => point.macs, text: whole},
  {key: 'pes', title: 'PEs', value: point => point.pes, text: whole},
  {key: 'utilization', title: 'Util. %', value: point => point.utilization, text: hundredths},
  {key: 'buffer_bytes', title: 'Buffer bytes', value: point => point.buffer_bytes, text: whole},
  {key: 'bus_bits', title: 'Bus bits', value: point => point.bus_bits, text: whole},
  ...CATEGORIES.map(({key, text}) => ({key, title: `${text} %`, value: point => ratio(point.breakdown[key], point.cycles), text: hundredths})),
  {key: 'roofline_cycles', title: 'Roofline cycles', value: point => point.roofline_cycles, text: whole},
  {key: 'bottleneck', title: 'Bottleneck', word: true, value: point => point.bottleneck, text: value => value.replace('_', ' ')},
];

const FAILURE_COLUMNS = [
  INDEX_COLUMN,
  {key: 'error', title: 'Error', word: true, value: point => point.error},
  ...KEY_COLUMNS,
];

// Fills the table `id`, some rows at first and more when a button is pressed. Returns a function that takes the points.
function pagedTable(id, columns) {
  const table = document.getElementById(id);
  const more = document.getElementById(`${id}-more`);
  let all = [];
  let order = (a, b) => a.index - b.index;
  let shown = 0;
  const add = () => {
    const next = all.slice(shown, shown + ROWS_AT_ONCE);
    table.tBodies[0].append(...next.map(point => element('tr', {'data-point': point.index}, ...columns.map(column => cellOf(column, point)))));
    shown += next.length;
    const rest = Math.min(all.length - shown, ROWS_AT_ONCE);
    document.getElementById(`${id}-shown`).textContent = `${whole(shown)} of ${whole(all.length)} shown.`;
    more.textContent = `Show ${whole(rest)} more`;
    more.hidden = rest === 0;
  };
  const start = () => {
    all.sort(order);
    table.tBodies[0].replaceChildren();
    shown = 0;
    add();
  };
  more.addEventListener('click', () => {
    add();
    if (more.hidden) table.parentNode.focus(); // the button is gone, and the keyboard would begin at the top of the page
  });
  addSortingHeads(table, columns, newOrder => {
    order = newOrder;
    start();
  });
  return points => {
    all = [...points];
    start();
  };
}

function preparePointTables() {
  document.getElementById('points-section').hidden = estimatedPoints.length === 0;
  document.getElementById('failures-section').hidden = failedPoints.length === 0;
  const fillPoints = pagedTable('points', POINT_COLUMNS);
  const fillChosen = () => fillPoints(document.querySelector('input[name="rows"]:checked').value === 'all' ? estimatedPoints : paretoPoints);
  for (const input of document.querySelectorAll('input[name="rows"]')) input.addEventListener('change', fillChosen);
  fillChosen();
  pagedTable('failures', FAILURE_COLUMNS)(failedPoints);
}
