// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// A bar of cycles for each layer, by category.

const BAR_STEP = 22;
const BARS_TOGETHER = 10; // in one picture: paper is cut between pictures only

function showLegend() {
  for (const category of CATEGORIES) {
    const cycles = estimate.breakdown[category.key];
    document.getElementById('legend').append(element('li', {title: category.meaning},
      element('i', {style: `background: var(--${category.key})`}),
      `${category.text} `,
      element('b', {'data-category': category.key, 'data-cycles': cycles}, percent(ratio(cycles, estimate.cycles)))));
  }
}

function addBar(svg, layer, index, middle, from, perCycle) {
  let begin = 0;
  for (const {key, text} of CATEGORIES) {
    const cycles = layer.breakdown[key];
    if (cycles === 0) continue;
    const length = cycles * perCycle;
    const gap = length > 3 ? 1 : 0;
    svg.append(shape('rect', {x: from + begin * perCycle, y: middle - 7, width: length - gap, height: 14, style: `fill: var(--${key})`,
      'data-layer': index, 'data-category': key, 'data-cycles': cycles},
      shape('title', {}, `${layer.name}\n${text}: ${whole(cycles)} cycles, ${percent(ratio(cycles, layer.cycles))} of ${whole(layer.cycles)}`)));
    begin += cycles;
  }
}

function drawBars() {
  const place = document.getElementById('bars');
  const {layers} = estimate;
  const width = widthOf(place);
  const shares = document.querySelector('input[name="bar-scale"]:checked').value === 'share';
  const names = Math.min(240, Math.floor(width * 0.3));
  const numbers = 84;
  const room = width - names - numbers;
  const longest = layers.reduce((most, layer) => Math.max(most, layer.cycles), 1);
  const pictures = [];
  layers.forEach((layer, index) => {
    const first = index - index % BARS_TOGETHER;
    if (index === first) {
      const end = Math.min(layers.length, first + BARS_TOGETHER);
      pictures.push(picture(`bars-${first}`, width, (end - first) * BAR_STEP, `Cycles of layers ${first} to ${end - 1} by what the array does`,
        'A bar for each layer, from top to bottom. The table has the numbers.'));
    }
    const svg = pictures[pictures.length - 1];
    const middle = (index - first) * BAR_STEP + BAR_STEP / 2;
    svg.append(textAt(names - 8, middle + 4, fittingName(layer.name, names - 10, 12), {'text-anchor': 'end'}));
    addBar(svg, layer, index, middle, names, room / Math.max(1, shares ? layer.cycles : longest));
    svg.append(textAt(width - 2, middle + 4, whole(layer.cycles), {class: 'faint', 'text-anchor': 'end'}));
  });
  place.replaceChildren(...pictures);
}

function prepareBars() {
  showLegend();
  for (const input of document.querySelectorAll('input[name="bar-scale"]')) input.addEventListener('change', drawBars);
}
