// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Draws again where the width of the page changes.
function drawForEachWidth(draw) {
  draw();
  let drawnWidth = document.body.clientWidth;
  window.addEventListener('resize', () => {
    if (document.body.clientWidth === drawnWidth) return;
    drawnWidth = document.body.clientWidth;
    draw();
  });
}
