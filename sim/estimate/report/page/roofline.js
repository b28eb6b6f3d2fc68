// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// MACs per cycle over MACs per byte, both logarithmic.

const ROOFLINE_HEIGHT = 420;

function rooflinePoints() {
  return estimate.layers
    .map((layer, index) => ({layer, index, x: layer.operational_intensity, y: ratio(layer.macs, layer.cycles)}))
    .filter(point => point.x > 0 && point.y > 0);
}

// Layers with the most cycles are named first; a name that would cover another, or a point, is left out.
function addPointLabels(svg, points, right) {
  const taken = points.map(point => [point.px - point.radius, point.py - point.radius, point.px + point.radius, point.py + point.radius]);
  for (const point of points) {
    const text = fittingName(point.layer.name, 140, 11);
    const width = ruler.measureText(text).width;
    for (const [x, anchor] of [[point.px + point.radius + 4, 'start'], [point.px - point.radius - 4, 'end']]) {
      const left = anchor === 'start' ? x : x - width;
      const box = [left, point.py - 7, left + width, point.py + 7];
      if (left < 50 || left + width > right) continue;
      if (taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      svg.append(textAt(x, point.py + 4, text, {class: 'point-label', 'text-anchor': anchor}));
      break;
    }
  }
}

function drawRoofline() {
  const place = document.getElementById('roofline');
  const width = widthOf(place);
  const [left, right, top, bottom] = [50, width - 12, 14, ROOFLINE_HEIGHT - 42];
  const {memory, bus} = estimate.parameters;
  const bytesPerCycle = Math.min(memory.bytes_per_cycle, bus.width_bits / 8);
  const ridge = estimate.pes / bytesPerCycle;
  const points = rooflinePoints();
  const xs = [ridge / 2, ridge, ...points.map(point => point.x)];
  const ys = [estimate.pes / 10, ...points.map(point => point.y)];
  const [lowX, highX] = [xs.reduce((a, b) => Math.min(a, b)) / 1.6, xs.reduce((a, b) => Math.max(a, b)) * 2.5];
  const [lowY, highY] = [ys.reduce((a, b) => Math.min(a, b)) / 1.6, estimate.pes * 1.6];
  const x = logScale(lowX, highX, left, right);
  const y = logScale(lowY, highY, bottom, top);

  const svg = picture('roofline-picture', width, ROOFLINE_HEIGHT, `Roofline of ${estimate.network}`,
    `${points.length} layers; at most ${estimate.pes} MACs per cycle, ${bytesPerCycle} bytes per cycle each way. The table has the numbers.`);
  addGrid(svg, {left, right, top, bottom},
    {scale: x, values: ticks(lowX, highX), text: short, title: 'operational intensity, MACs per byte'},
    {scale: y, values: ticks(lowY, highY), text: short, title: 'MACs per cycle'});
  const roof = (bytes, extra) => {
    const start = Math.max(lowX, lowY / bytes);
    const corner = estimate.pes / bytes;
    svg.append(shape('path', {class: `roof ${extra}`, d: `M${x(start)} ${y(bytes * start)}L${x(corner)} ${y(estimate.pes)}L${right} ${y(estimate.pes)}`}));
  };
  roof(bytesPerCycle, 'lower');
  roof(2 * bytesPerCycle, '');
  svg.append(textAt(right, y(estimate.pes) - 6, `${whole(estimate.pes)} PEs`, {'text-anchor': 'end'}));

  const headroom = Math.max(0.1, Math.min(1, 40 / points.length)); // many lines would hide the points
  points.sort((a, b) => b.layer.cycles - a.layer.cycles || a.index - b.index);
  for (const point of points) {
    const {layer} = point;
    point.px = x(point.x);
    point.py = y(point.y);
    point.radius = 4 + 7 * Math.sqrt(ratio(layer.cycles, estimate.cycles));
    const best = ratio(layer.macs, layer.roofline_cycles);
    if (best > 0) svg.append(shape('line', {class: 'headroom', 'stroke-opacity': headroom, x1: point.px, x2: point.px, y1: point.py, y2: y(Math.min(best, highY))}));
    svg.append(shape('circle', {class: 'point', cx: point.px, cy: point.py, r: point.radius, 'data-layer': point.index,
      style: `fill: var(--${layer.bottleneck})`},
      shape('title', {}, `${layer.name} (${layer.type})\n${decimals(point.y, 1)} MACs per cycle, ${percent(layer.roofline_reached)} of its roofline\n` +
        `${decimals(point.x, 2)} MACs per byte\n${whole(layer.cycles)} cycles, bottleneck ${layer.bottleneck.replace('_', ' ')}`)));
  }
  addPointLabels(svg, points, right);
  place.replaceChildren(svg);

  const hidden = estimate.layers.length - points.length;
  document.getElementById('roofline-note').textContent = hidden === 0 ? '' : `Without MACs, so not shown: ${hidden} of ${estimate.layers.length} layers.`;
}
