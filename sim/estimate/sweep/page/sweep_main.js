// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Draws the page of a sweep.

showSweepTotals();
prepareScatter();
preparePointTables();
drawForEachWidth(drawScatter);
