// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Tables that are sorted by a column on demand. A column is {key, title, word, rowHead, value(item), text(value)}, an item
// anything with an `index`, its place in the order of the data.

function cellOf(column, item) {
  const value = column.value(item);
  const text = column.text ? column.text(value) : String(value);
  const attributes = {'data-key': column.key, 'data-value': value ?? '', class: column.word ? 'word' : undefined};
  if (!column.rowHead) return element('td', attributes, text);
  return element('th', {...attributes, scope: 'row', title: value}, text);
}

// Items without a value come last in both directions.
function compareBy(column, up, a, b) {
  const [left, right] = [column.value(a), column.value(b)];
  if (left === right) return a.index - b.index;
  if (left === null || right === null) return left === null ? 1 : -1;
  return (left < right) === up ? -1 : 1;
}

// Puts a button with each column's title into the head of a table; `sort` takes the order that was asked for.
function addSortingHeads(table, columns, sort) {
  const heads = columns.map(column => {
    const button = element('button', {type: 'button'}, ...breakable(column.title));
    const head = element('th', {scope: 'col', 'data-key': column.key, class: column.word ? 'word' : undefined}, button);
    button.addEventListener('click', () => {
      // Numbers are first looked at from the largest, words and the order of the data from the first.
      const startsUp = column.word || column.key === 'index';
      const now = head.getAttribute('aria-sort');
      const up = now === null ? startsUp : now === 'descending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      sort((a, b) => compareBy(column, up, a, b));
    });
    return head;
  });
  table.tHead.rows[0].append(...heads);
}
