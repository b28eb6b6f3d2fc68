// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Cycles over a measure of the reader's choice, a point for each configuration.

const SCATTER_HEIGHT = 440;
const NEAR = 20; // pixels
const LABEL_ROOM = 62; // pixels
const MEASURES = [
  {key: 'pes', text: 'PEs', write: whole},
  {key: 'buffer_bytes', text: 'buffer bytes', write: whole},
  {key: 'bus_bits', text: 'bus bits', write: whole},
  {key: 'utilization', text: 'utilization', write: value => `${fewDigits.format(100 * value)} %`, isShare: true},
];

const NO_POINT = 'Point at a configuration to read what it is.';

// marks: {point, px, py, circle} in the order in which they are drawn; here: the point that is described.
const scatter = {marks: [], here: null, ring: null};

function chosenMeasure() {
  return MEASURES[document.getElementById('measure').selectedIndex];
}

function rangeOf(values, below, above) {
  return [values.reduce((a, b) => Math.min(a, b)) / below, values.reduce((a, b) => Math.max(a, b)) * above];
}

function logAxis(values, from, to) {
  const [low, high] = rangeOf(values, 1.25, 1.25);
  const marks = ticks(low, high);
  return {scale: logScale(low, high, from, to), values: marks.length > 2 ? marks : evenTicks(low, high)};
}

// PEs, bytes and bits take few values, so the axis has these as far as their texts have room.
function measureAxis(measure, from, to) {
  const values = estimatedPoints.map(point => point[measure.key]);
  if (!measure.isShare) {
    const {scale} = logAxis(values, from, to);
    const shown = [];
    for (const value of [...new Set(values)].sort((a, b) => a - b)) {
      if (shown.length === 0 || scale(value) - scale(shown[shown.length - 1]) >= LABEL_ROOM) shown.push(value);
    }
    return {scale, values: shown};
  }
  const most = Math.min(1, 1.1 * values.reduce((a, b) => Math.max(a, b), 0.01));
  return {scale: linearScale(0, most, from, to), values: evenTicks(0, most)};
}

// Pareto points no other one beats in cycles and a measure, from the best of the measure on.
function frontOf(measure) {
  const worth = point => measure.isShare ? -point[measure.key] : point[measure.key];
  let fewest = Infinity;
  return [...paretoPoints].sort((a, b) => worth(a) - worth(b) || a.cycles - b.cycles).filter(point => {
    const isBetter = point.cycles < fewest;
    if (isBetter) fewest = point.cycles;
    return isBetter;
  });
}

function pointText(point) {
  return `Point ${point.index}: ${configurationText(point)}. ${whole(point.cycles)} cycles, ${whole(point.pes)} PEs, ` +
    `${whole(point.buffer_bytes)} buffer bytes, ${whole(point.bus_bits)} bus bits, utilization ${percent(point.utilization)}, ` +
    `bottleneck ${bottleneckText(point)}${point.pareto ? ', Pareto point' : ''}.`;
}

function describePoint(mark) {
  scatter.here = mark?.point ?? null;
  scatter.ring.setAttribute('visibility', mark ? 'visible' : 'hidden');
  if (!mark) {
    document.getElementById('scatter-detail').textContent = NO_POINT;
    return;
  }
  const text = pointText(mark.point);
  const others = scatter.marks.filter(({px, py}) => px === mark.px && py === mark.py).length - 1;
  document.getElementById('scatter-detail').textContent = others === 0 ? text : `${text} In the same place: ${whole(others)} more.`;
  scatter.ring.setAttribute('cx', mark.px);
  scatter.ring.setAttribute('cy', mark.py);
  // Thousands of texts that nobody reads would make the page slow, so a circle gets its own when it is pointed at.
  if (!mark.circle.hasChildNodes()) mark.circle.append(shape('title', {}, text));
}

function drawScatter() {
  if (estimatedPoints.length === 0) return;
  const place = document.getElementById('scatter');
  const measure = chosenMeasure();
  const width = widthOf(place);
  const area = {left: 62, right: width - 14, top: 14, bottom: SCATTER_HEIGHT - 44};
  const x = measureAxis(measure, area.left, area.right);
  const y = logAxis(estimatedPoints.map(point => point.cycles), area.bottom, area.top);
  const svg = picture('scatter-picture', width, SCATTER_HEIGHT, `Cycles of ${sweep.network} against ${measure.text}`,
    `${estimatedPoints.length} configurations, of which ${paretoPoints.length} are Pareto points. The table has the numbers.`);
  addGrid(svg, area, {...x, text: measure.write, title: measure.text}, {...y, text: short, title: 'cycles'});

  const placeOf = point => [x.scale(point[measure.key]), y.scale(point.cycles)];
  const corners = frontOf(measure).map((point, i) => {
    const [px, py] = placeOf(point);
    return i === 0 ? `M${px} ${py}` : `H${px}V${py}`; // what lies between two points is no better than the first
  });
  const circleOf = point => {
    const [px, py] = placeOf(point);
    const circle = shape('circle', {class: point.pareto ? 'point pareto' : 'point other', cx: px, cy: py, r: point.pareto ? 5 : 4,
      'data-point': point.index, style: `fill: var(--${point.bottleneck})`});
    return {point, px, py, circle};
  };
  const others = estimatedPoints.filter(point => !point.pareto).map(circleOf);
  const pareto = paretoPoints.map(circleOf);
  scatter.marks = [...others, ...pareto];
  scatter.ring = shape('circle', {class: 'here', r: 9});
  for (const {circle} of others) svg.append(circle);
  svg.append(shape('path', {class: 'front', d: corners.join('')}));
  for (const {circle} of pareto) svg.append(circle);
  svg.append(scatter.ring);
  place.replaceChildren(svg);
  describePoint(scatter.marks.find(({point}) => point === scatter.here));
}

// The mark nearest to a place, the topmost of those; undefined if none is near.
function markNear(px, py) {
  let [nearest, distance] = [undefined, NEAR];
  for (const mark of scatter.marks) {
    const here = Math.hypot(mark.px - px, mark.py - py);
    if (here <= distance) [nearest, distance] = [mark, here];
  }
  return nearest;
}

// The next mark from left to right, or with -1 the one before, of all or of Pareto points.
function stepMark(by, onlyPareto) {
  const marks = scatter.marks.filter(({point}) => !onlyPareto || point.pareto || point === scatter.here)
    .sort((a, b) => a.px - b.px || b.py - a.py || a.point.index - b.point.index);
  const now = marks.findIndex(({point}) => point === scatter.here);
  const next = now < 0 ? (by > 0 ? 0 : marks.length - 1) : Math.min(Math.max(now + by, 0), marks.length - 1);
  return marks[next];
}

const SCATTER_KEYS = {ArrowRight: [1, true], ArrowLeft: [-1, true], ArrowDown: [1, false], ArrowUp: [-1, false]};

function showScatterLegend() {
  const legend = document.getElementById('legend');
  for (const {key, text, meaning} of CATEGORIES) {
    const count = estimatedPoints.filter(point => point.bottleneck === key).length;
    if (count === 0) continue;
    legend.append(element('li', {title: meaning}, element('i', {style: `background: var(--${key})`}), `${text} `,
      element('b', {'data-category': key, 'data-points': count}, whole(count))));
  }
  legend.append(element('li', {}, element('i', {class: 'ring'}), 'Pareto point'));
}

function prepareScatter() {
  document.getElementById('scatter-section').hidden = estimatedPoints.length === 0;
  showScatterLegend();
  const choice = document.getElementById('measure');
  choice.append(...MEASURES.map(({key, text}) => element('option', {value: key}, text)));
  choice.addEventListener('change', drawScatter);
  const place = document.getElementById('scatter');
  const showNear = event => {
    const box = place.firstChild.getBoundingClientRect();
    describePoint(markNear(event.clientX - box.left, event.clientY - box.top));
  };
  place.addEventListener('pointermove', showNear);
  place.addEventListener('click', showNear);
  place.addEventListener('keydown', event => {
    const step = SCATTER_KEYS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    describePoint(stepMark(...step));
  });
}
