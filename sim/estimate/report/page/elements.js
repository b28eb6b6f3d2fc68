// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Elements are made with text nodes only: nothing of the data is ever read as HTML.

function addTo(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function element(tag, attributes = {}, ...children) {
  return addTo(document.createElement(tag), attributes, children);
}

function shape(tag, attributes = {}, ...children) {
  return addTo(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

// An SVG picture of this many pixels with a title and a description for those who do not see it.
function picture(id, width, height, title, description) {
  return shape('svg',
    {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': `${id}-name ${id}-text`},
    shape('title', {id: `${id}-name`}, title),
    shape('desc', {id: `${id}-text`}, description));
}

// A text that may be cut into lines after dots and underscores, as keys have them.
function breakable(text) {
  return text.split(/(?<=[._])/).flatMap((part, i) => i === 0 ? [part] : [element('wbr'), part]);
}

function textAt(x, y, text, attributes = {}) {
  return shape('text', {x, y, ...attributes}, text);
}

// Width of a node's content in pixels, at least so much that a chart can be drawn.
function widthOf(node) {
  return Math.max(280, Math.floor(node.clientWidth));
}

// Adds numbers with a title each to a list: [key, title, text, what is added in small letters, if anything].
function showCards(list, cards) {
  for (const [key, title, text, addition] of cards) {
    const value = element('dd', {'data-key': key}, text);
    if (addition) value.append(element('small', {}, addition));
    list.append(element('div', {}, element('dt', {}, title), value));
  }
}
