// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Spans of layers and units over cycles, on a canvas: there may be very many.

const ROW_STEP = 30;
const AXIS_HEIGHT = 24;
const GUTTER = 64;
const UNIT_COLOURS = {layers: '--layer-even', load: '--weight_load', array: '--compute', post: '--post', store: '--drain'};

const NOTHING_POINTED_AT = 'Point at a command to read what it is.';

const timeline = {canvas: document.getElementById('timeline'), rows: [], from: 0, to: 1, end: 1};

// Rows of {name, colour, spans: [{begin, end, text, label, odd}]}; the spans of one do not overlap.
function timelineRows() {
  let begin = 0;
  const layers = estimate.layers.map((layer, index) => {
    const span = {begin, end: begin + layer.cycles, label: layer.name, text: `layer ${layer.name} (${layer.type})`, odd: index % 2 === 1};
    begin = span.end;
    return span;
  });
  return [{name: 'layers', unit: 'layers', spans: layers},
    ...timelineData.tracks.map(track => ({name: track.name, unit: track.unit,
      spans: track.spans.map(([layer, name, command, tile, first, last]) => ({begin: first, end: last,
        label: `${timelineData.names[name]} ${tile}`, odd: false,
        get text() {
          return `${track.name}: ${timelineData.names[name]}, tile ${tile}, command ${command} of ${estimate.layers[layer].name}`;
        }}))}))];
}

function setTimelineView(from, to) {
  const length = Math.min(Math.max(to - from, Math.min(20, timeline.end)), timeline.end);
  timeline.from = Math.min(Math.max(from, 0), timeline.end - length);
  timeline.to = timeline.from + length;
  drawTimeline();
}

function zoomTimeline(factor, at = (timeline.from + timeline.to) / 2) {
  setTimelineView(at - (at - timeline.from) * factor, at + (timeline.to - at) * factor);
}

function moveTimeline(screens) {
  const by = (timeline.to - timeline.from) * screens;
  setTimelineView(timeline.from + by, timeline.to + by);
}

// Index of the first span that ends after a cycle.
function firstSpanAfter(spans, cycle) {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].end > cycle) high = middle;
    else low = middle + 1;
  }
  return low;
}

function drawTimelineRow(context, row, top, width, colour) {
  const scale = (width - GUTTER) / (timeline.to - timeline.from);
  const busy = new Float64Array(Math.ceil(width - GUTTER) + 1); // share of each pixel, of spans narrower than two
  const height = ROW_STEP - 8;
  const faces = [colour(UNIT_COLOURS[row.unit]), colour('--layer-odd')];
  for (let i = firstSpanAfter(row.spans, timeline.from); i < row.spans.length && row.spans[i].begin < timeline.to; ++i) {
    const span = row.spans[i];
    const left = Math.max(0, (span.begin - timeline.from) * scale);
    const right = Math.min(width - GUTTER, (span.end - timeline.from) * scale);
    if (right - left < 2) {
      const pixel = Math.floor(left);
      const here = Math.min(right, pixel + 1) - left;
      busy[pixel] += here;
      if (right > pixel + 1) busy[pixel + 1] += right - pixel - 1;
      continue;
    }
    context.fillStyle = span.odd ? faces[1] : faces[0];
    context.fillRect(GUTTER + left, top, right - left - (right - left > 4 ? 1 : 0), height);
    if (right - left > 30) {
      context.fillStyle = colour(row.unit === 'array' ? '--on-compute' : '--on-mark');
      context.fillText(fittingName(span.label, right - left - 8, 12), GUTTER + left + 4, top + height / 2);
    }
  }
  context.fillStyle = faces[0];
  busy.forEach((share, pixel) => {
    if (share === 0) return;
    context.globalAlpha = Math.min(1, 0.15 + 0.85 * share);
    context.fillRect(GUTTER + pixel, top, 1, height);
  });
  context.globalAlpha = 1;
}

function drawTimelineAxis(context, top, width, colour) {
  const scale = (width - GUTTER) / (timeline.to - timeline.from);
  const least = 90 / scale;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, [1, 2, 5, 10].map(digit => digit * power).find(value => value >= least));
  for (let cycle = Math.ceil(timeline.from / step) * step; cycle <= timeline.to; cycle += step) {
    const x = GUTTER + (cycle - timeline.from) * scale;
    context.fillStyle = colour('--line');
    context.fillRect(x, 0, 1, top + 5);
    context.fillStyle = colour('--faint');
    const text = whole(cycle);
    const half = context.measureText(text).width / 2;
    context.fillText(text, Math.min(Math.max(x - half, 0), width - 2 * half), top + 14);
  }
}

function drawTimeline() {
  const {canvas, rows} = timeline;
  const width = widthOf(canvas);
  const height = rows.length * ROW_STEP + AXIS_HEIGHT;
  const pixels = window.devicePixelRatio || 1;
  canvas.width = width * pixels;
  canvas.height = height * pixels;
  canvas.style.height = `${height}px`;
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name);
  const context = canvas.getContext('2d');
  context.scale(pixels, pixels);
  context.font = '12px system-ui, "Segoe UI", "Liberation Sans", sans-serif';
  context.textBaseline = 'middle';
  drawTimelineAxis(context, rows.length * ROW_STEP, width, colour);
  rows.forEach((row, index) => {
    const top = index * ROW_STEP + 4;
    drawTimelineRow(context, row, top, width, colour);
    context.fillStyle = colour('--ink');
    context.fillText(row.name, 0, top + (ROW_STEP - 8) / 2);
  });
  const range = `cycles ${whole(timeline.from)} to ${whole(timeline.to)} of ${whole(timeline.end)}`;
  document.getElementById('timeline-range').textContent = range;
  canvas.setAttribute('aria-label', `Timeline of ${rows.map(row => row.name).join(', ')}: ${range}`);
}

function cycleAt(event) {
  const box = timeline.canvas.getBoundingClientRect();
  const share = (event.clientX - box.left - GUTTER) / (widthOf(timeline.canvas) - GUTTER);
  return timeline.from + share * (timeline.to - timeline.from);
}

function showSpanAt(event) {
  const box = timeline.canvas.getBoundingClientRect();
  const row = timeline.rows[Math.floor((event.clientY - box.top) / ROW_STEP)];
  const cycle = cycleAt(event);
  const span = row && cycle >= timeline.from && row.spans[firstSpanAfter(row.spans, cycle)];
  document.getElementById('timeline-detail').textContent = span && span.begin <= cycle
    ? `${span.text}: cycles ${whole(span.begin)} to ${whole(span.end)}, ${whole(span.end - span.begin)} long` : NOTHING_POINTED_AT;
}

const TIMELINE_MOVES = {
  in: () => zoomTimeline(0.5),
  out: () => zoomTimeline(2),
  left: () => moveTimeline(-0.25),
  right: () => moveTimeline(0.25),
  all: () => setTimelineView(0, timeline.end),
};
const TIMELINE_KEYS = {'+': 'in', '=': 'in', '-': 'out', ArrowLeft: 'left', ArrowRight: 'right', 0: 'all'};

function prepareTimeline() {
  const {canvas} = timeline;
  timeline.rows = timelineRows();
  timeline.end = timeline.rows.reduce((end, row) => row.spans.reduce((most, span) => Math.max(most, span.end), end), 1);
  timeline.to = timeline.end;
  document.getElementById('timeline-detail').textContent = NOTHING_POINTED_AT;
  for (const button of document.querySelectorAll('[data-move]')) button.addEventListener('click', TIMELINE_MOVES[button.dataset.move]);
  canvas.addEventListener('keydown', event => {
    const move = TIMELINE_KEYS[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    TIMELINE_MOVES[move]();
  });
  canvas.addEventListener('wheel', event => {
    if (!event.ctrlKey && !event.metaKey) return; // a wheel alone scrolls the page
    event.preventDefault();
    zoomTimeline(1.002 ** event.deltaY, cycleAt(event));
  }, {passive: false});
  canvas.addEventListener('dblclick', event => zoomTimeline(0.5, cycleAt(event)));
  canvas.addEventListener('pointerdown', event => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', event => {
    if (event.buttons === 0) {
      showSpanAt(event);
      return;
    }
    const by = event.movementX / (widthOf(canvas) - GUTTER) * (timeline.to - timeline.from);
    setTimelineView(timeline.from - by, timeline.to - by);
  });
  canvas.addEventListener('click', showSpanAt);
}
