// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// How numbers and names are written.

const wholeNumber = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});
const fewDigits = new Intl.NumberFormat('en-US', {maximumSignificantDigits: 4});

// 1,234,567
function whole(value) {
  return wholeNumber.format(value);
}

// 12.35k, 118M
function short(value) {
  const units = ['', 'k', 'M', 'G', 'T', 'P'];
  let unit = 0;
  while (Math.abs(value) >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    ++unit;
  }
  return fewDigits.format(value) + units[unit];
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

// Of a share; the unit is in the title.
const hundredths = value => (100 * value).toFixed(1);

function decimals(value, digits) {
  return value === null ? '-' : value.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

function ratio(part, total) {
  return total === 0 ? 0 : part / total;
}

const ruler = document.createElement('canvas').getContext('2d');

// A name at most so many pixels wide in a font of `size` pixels; its ends are kept, as names of one network differ there.
// Empty if nothing of it fits.
function fittingName(name, pixels, size) {
  ruler.font = `${size}px system-ui, "Segoe UI", "Liberation Sans", sans-serif`;
  if (ruler.measureText(name).width <= pixels) return name;
  const characters = Array.from(name);
  const cut = kept => `${characters.slice(0, kept >> 1).join('')}\u2026${characters.slice(characters.length - ((kept + 1) >> 1)).join('')}`;
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const kept = (fits + tooMany) >> 1;
    if (ruler.measureText(cut(kept)).width <= pixels) fits = kept;
    else tooMany = kept;
  }
  return fits < 3 ? '' : cut(fits);
}
