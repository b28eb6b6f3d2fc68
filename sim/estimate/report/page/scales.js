// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Axes of charts.

function logScale(low, high, from, to) {
  const logs = Math.log(high / low);
  return value => from + (to - from) * Math.log(value / low) / logs;
}

// 1, 2 and 5 times powers of ten in a range; only the powers if that is many.
function ticks(low, high) {
  const wanted = Math.log10(high / low) > 3 ? [1] : [1, 2, 5];
  const values = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); ++power) {
    for (const digit of wanted) {
      const value = Number(`${digit}e${power}`);
      if (value >= low && value <= high) values.push(value);
    }
  }
  return values;
}

function linearScale(low, high, from, to) {
  return value => from + (to - from) * (value - low) / (high - low);
}

// About five values in a range, as far apart as each other.
function evenTicks(low, high) {
  const power = 10 ** Math.floor(Math.log10((high - low) / 5));
  const step = power * [1, 2, 5, 10].find(digit => (high - low) / (digit * power) <= 7);
  const values = [];
  for (let i = Math.ceil(low / step); i * step <= high; ++i) values.push(i * step);
  return values;
}

// Lines at values of both axes, and the values beside them. An axis is {scale, values, text(value), title}.
function addGrid(svg, {left, right, top, bottom}, across, up) {
  for (const value of across.values) {
    const x = across.scale(value);
    svg.append(shape('line', {class: 'grid', x1: x, x2: x, y1: top, y2: bottom}),
      textAt(x, bottom + 16, across.text(value), {class: 'faint', 'text-anchor': 'middle'}));
  }
  for (const value of up.values) {
    const y = up.scale(value);
    svg.append(shape('line', {class: 'grid', x1: left, x2: right, y1: y, y2: y}),
      textAt(left - 6, y + 4, up.text(value), {class: 'faint', 'text-anchor': 'end'}));
  }
  const middle = (top + bottom) / 2;
  svg.append(textAt((left + right) / 2, bottom + 36, across.title, {'text-anchor': 'middle'}),
    textAt(14, middle, up.title, {'text-anchor': 'middle', transform: `rotate(-90 14 ${middle})`}));
}
