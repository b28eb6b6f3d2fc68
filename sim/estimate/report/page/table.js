// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// The table of layers, sorted by a column on demand.

// Of a share; the unit is in the title.
const hundredths = value => (100 * value).toFixed(1);
const share = key => layer => ratio(layer.breakdown[key], layer.cycles);

const COLUMNS = [
  {key: 'index', title: '#', value: layer => layer.index},
  {key: 'name', title: 'Layer', word: true, value: layer => layer.name},
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

function cellOf(column, layer) {
  const value = column.value(layer);
  const text = column.text ? column.text(value) : String(value);
  const attributes = {'data-key': column.key, 'data-value': value ?? '', class: column.word ? 'word' : undefined};
  if (column.key !== 'name') return element('td', attributes, text);
  return element('th', {...attributes, scope: 'row', title: value}, text);
}

// Layers without a value come last in both directions.
function compare(column, up, a, b) {
  const [left, right] = [column.value(a.layer), column.value(b.layer)];
  if (left === right) return a.index - b.index;
  if (left === null || right === null) return left === null ? 1 : -1;
  return (left < right) === up ? -1 : 1;
}

function prepareTable() {
  const table = document.getElementById('layers');
  const body = table.tBodies[0];
  const rows = estimate.layers.map((layer, index) => {
    const counted = {...layer, index};
    return {index, layer: counted, row: element('tr', {'data-layer': index}, ...COLUMNS.map(column => cellOf(column, counted)))};
  });
  body.append(...rows.map(({row}) => row));
  const totals = {...estimate, index: '', name: 'total', type: '', bottleneck: ''};
  table.tFoot.rows[0].append(...COLUMNS.map(column => cellOf(column, totals)));

  const heads = COLUMNS.map(column => {
    const button = element('button', {type: 'button'}, column.title);
    const head = element('th', {scope: 'col', 'data-key': column.key, class: column.word ? 'word' : undefined}, button);
    button.addEventListener('click', () => {
      // Numbers are first looked at from the largest, words and the order of layers from the first.
      const startsUp = column.word || column.key === 'index';
      const now = head.getAttribute('aria-sort');
      const up = now === null ? startsUp : now === 'descending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      rows.sort((a, b) => compare(column, up, a, b));
      body.replaceChildren(...rows.map(({row}) => row));
    });
    return head;
  });
  table.tHead.rows[0].append(...heads);
}
