// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// What the page of an estimate shows.

const estimate = JSON.parse(document.getElementById('estimate').textContent);
const timelineData = JSON.parse(document.getElementById('timeline-data').textContent);
