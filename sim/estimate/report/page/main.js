// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Draws the page, and again where its width, its colours or its paper change.

function drawCharts() {
  drawBars();
  drawRoofline();
  drawTimeline();
}

showTotals();
prepareBars();
prepareTimeline();
prepareTable();
drawForEachWidth(drawCharts);

window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawTimeline);
// Paper is white: the canvas has to be drawn in the light colours before it is printed.
for (const [event, prints] of [['beforeprint', true], ['afterprint', false]]) {
  window.addEventListener(event, () => {
    document.documentElement.classList.toggle('printing', prints);
    drawTimeline();
  });
}
