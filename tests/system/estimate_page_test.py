#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""The page of an estimate in a real browser: what it shows are the numbers of the JSON, whatever the names.

Usage: estimate_page_test.py --samples PROGRAM [--keep FOLDER] [unittest arguments]
  --samples PROGRAM   writes the pages and their JSON (ds_estimate_samples)
  --keep FOLDER       where pages and screenshots are left to be looked at
"""

import math
import pathlib
import tempfile
import unittest

from browser import Browser
from page_test_case import CATEGORIES, PageTestCase, main, number

ROWS = """[...document.querySelectorAll('#layers tbody tr')].map(row =>
  Object.fromEntries([...row.cells].map(cell => [cell.dataset.key, [cell.dataset.value, cell.textContent]])))"""
BARS = """[...document.querySelectorAll('#bars rect')].map(bar => ({layer: Number(bar.dataset.layer), category: bar.dataset.category,
  cycles: Number(bar.dataset.cycles), left: bar.x.baseVal.value, width: bar.width.baseVal.value, text: bar.textContent}))"""
CANVAS = "document.getElementById('timeline').toDataURL()"
BLANK_CANVAS = """(({width, height}) =>
  Object.assign(document.createElement('canvas'), {width, height}).toDataURL())(document.getElementById('timeline'))"""


class EstimatePage(PageTestCase):
    SAMPLES = ("small", "one", "usual", "hostile", "thousand")
    ELEMENT = "estimate"

    def test_opens_without_a_word_and_without_a_request(self):
        self.check_opens_quietly()

    def test_holds_the_json(self):
        self.check_holds_the_json()

    def test_head_shows_the_totals(self):
        for name, estimate in self.data.items():
            with self.subTest(page=name):
                page = self.open(name)
                shown = page.evaluate("Object.fromEntries([...document.querySelectorAll('dd[data-key]')]"
                                      ".map(value => [value.dataset.key, value.firstChild.textContent]))")
                self.assertEqual(page.evaluate("document.getElementById('network').textContent"), estimate["network"])
                self.assertEqual(page.evaluate("document.title"), " ".join(f"{estimate['network']} on 16x16".split()))
                self.assertEqual(number(shown["cycles"]), estimate["cycles"])
                self.assertEqual(number(shown["macs"]), estimate["macs"])
                self.assertEqual(number(shown["bytes"]), estimate["bytes"]["total"])
                self.assertEqual(shown["utilization"], f"{100 * estimate['utilization']:.1f} %")
                self.assertEqual(shown["roofline_reached"], f"{100 * estimate['roofline_reached']:.1f} %")
                for section, values in estimate["parameters"].items():
                    for key, value in values.items():
                        self.assertEqual(float(shown[f"{section}.{key}"]), value)

    def test_table_shows_every_number(self):
        for name, estimate in self.data.items():
            with self.subTest(page=name):
                rows = self.open(name).evaluate(ROWS)
                self.assertEqual(len(rows), len(estimate["layers"]))
                for row, layer in zip(rows, estimate["layers"]):
                    for key in ("name", "type"):
                        self.assertEqual(row[key], [layer[key]] * 2)
                    for key in ("macs", "cycles"):
                        self.assertEqual([number(text) for text in row[key]], [layer[key]] * 2)
                    for key in ("utilization", "bandwidth", "operational_intensity", "roofline_cycles", "roofline_reached"):
                        self.assertEqual(float(row[key][0]), layer[key])
                    for key in CATEGORIES:
                        self.assertEqual(float(row[key][0]), layer["breakdown"][key] / layer["cycles"])
                        self.assertAlmostEqual(float(row[key][1]), 100 * float(row[key][0]), delta=0.0501)
                    self.assertEqual(float(row["bytes"][0]), layer["bytes"]["total"])
                    self.assertEqual(row["bottleneck"], [layer["bottleneck"], layer["bottleneck"].replace("_", " ")])

    def test_bars_sum_to_the_totals(self):
        for name, estimate in self.data.items():
            with self.subTest(page=name):
                page = self.open(name)
                bars = page.evaluate(BARS)
                sums = dict.fromkeys(CATEGORIES, 0)
                layers = [0] * len(estimate["layers"])
                for bar in bars:
                    sums[bar["category"]] += bar["cycles"]
                    layers[bar["layer"]] += bar["cycles"]
                self.assertEqual(sums, estimate["breakdown"])
                self.assertEqual(layers, [layer["cycles"] for layer in estimate["layers"]])
                self.assertEqual(sum(layers), estimate["cycles"])
                legend = page.evaluate("Object.fromEntries([...document.querySelectorAll('#legend b')]"
                                       ".map(share => [share.dataset.category, Number(share.dataset.cycles)]))")
                self.assertEqual(legend, estimate["breakdown"])

    def test_lengths_of_bars_are_cycles(self):
        page = self.open("usual")
        for scale in ("cycles", "share"):
            page.evaluate(f"document.querySelector('input[value={scale}]').click()")
            layers = self.data["usual"]["layers"]
            longest = max(layer["cycles"] for layer in layers)
            bars = page.evaluate(BARS)
            whole = [layer["cycles"] if scale == "share" else longest for layer in layers]
            wide = [bar for bar in bars if bar["width"] > 3]  # with a gap of one pixel after them
            self.assertGreater(len(wide), 20)
            room = max((bar["width"] + 1) * whole[bar["layer"]] / bar["cycles"] for bar in wide)
            for bar in wide:
                self.assertAlmostEqual(bar["width"] + 1, room * bar["cycles"] / whole[bar["layer"]], places=1)
            first, before = min(bar["left"] for bar in bars), [0] * len(layers)
            for bar in bars:
                self.assertAlmostEqual(bar["left"], first + room * before[bar["layer"]] / whole[bar["layer"]], places=1)
                before[bar["layer"]] += bar["cycles"]
        self.assert_quiet(page)

    def test_roofline_has_a_point_for_each_layer_with_macs(self):
        for name, estimate in self.data.items():
            with self.subTest(page=name):
                points = self.open(name).evaluate(
                    "[...document.querySelectorAll('#roofline circle')].map(point => [Number(point.dataset.layer),"
                    " point.querySelector('title').textContent])")
                layers = estimate["layers"]
                self.assertEqual({point[0] for point in points}, {i for i, layer in enumerate(layers) if layer["macs"]})
                for index, text in points:
                    self.assertTrue(text.startswith(layers[index]["name"]), text)

    def test_axes_of_the_roofline_are_logarithmic(self):
        for name in ("usual", "thousand"):
            with self.subTest(page=name):
                layers = self.data[name]["layers"]
                # A point, and where the line above it ends.
                points = self.open(name).evaluate(
                    "[...document.querySelectorAll('#roofline circle')].map(point => [Number(point.dataset.layer),"
                    " point.cx.baseVal.value, point.cy.baseVal.value, point.previousSibling.y2.baseVal.value])")
                rates = [(math.log(layers[i]["macs"] / layers[i]["cycles"]), y) for i, _, y, _ in points]
                roofs = [(math.log(layers[i]["macs"] / layers[i]["roofline_cycles"]), y) for i, _, _, y in points]
                for places in ([(math.log(layers[i]["operational_intensity"]), x) for i, x, _, _ in points], rates + roofs):
                    (low, begin), (high, end) = min(places), max(places)
                    self.assertGreater(abs(end - begin), 100)
                    for value, place in places:
                        self.assertAlmostEqual(place, begin + (end - begin) * (value - low) / (high - low), delta=0.1)

    def test_table_is_sorted_by_a_click(self):
        page = self.open("thousand")
        layers = self.data["thousand"]["layers"]
        order = "[...document.querySelectorAll('#layers tbody tr')].map(row => Number(row.dataset.layer))"
        head = "document.querySelector('#layers thead th[data-key={}]')"
        names = range(len(layers))
        for key, down, value in (("cycles", True, lambda i: -layers[i]["cycles"]), ("cycles", False, lambda i: layers[i]["cycles"]),
                                 ("name", False, lambda i: layers[i]["name"]), ("index", False, lambda i: i)):
            page.evaluate(head.format(key) + ".querySelector('button').click()")
            self.assertEqual(page.evaluate(order), sorted(names, key=value), key)
            self.assertEqual(page.evaluate(head.format(key) + ".ariaSort"), "descending" if down else "ascending")
            self.assertEqual(page.evaluate("document.querySelectorAll('#layers th[aria-sort]').length"), 1)

    def test_timeline_of_twenty_thousand_spans_is_quick(self):
        page = self.open("thousand")
        self.assertEqual(page.evaluate("timelineData.tracks.reduce((sum, track) => sum + track.spans.length, 0)"), 20000)
        milliseconds = page.evaluate("Math.min(...Array.from({length: 20}, () => {"
                                     " const start = performance.now(); drawTimeline(); return performance.now() - start; }))")
        self.assertLess(milliseconds, 100, "one drawing; ten a second is the least for dragging")

    def test_timeline_follows_mouse_and_keys(self):
        page = self.open("small")
        views = [page.evaluate(CANVAS)]
        view = "[timeline.from, timeline.to]"
        self.assertEqual(page.evaluate(view), [0, 1064])
        page.evaluate("document.getElementById('timeline').scrollIntoView(); document.getElementById('timeline').focus()")
        box = page.evaluate("(({left, top, width, height}) => [left, top, width, height])"
                            "(document.getElementById('timeline').getBoundingClientRect())")
        at = lambda cycle: box[0] + 64 + (box[2] - 64) * cycle / 1064
        for cycle, row, text in ((200, 1, "load: LOAD, tile 0, command 0 of conv,1: cycles 0 to 400, 400 long"),
                                 (400, 2, "load 2: LOAD, tile 0, command 1 of conv,1: cycles 300 to 500, 200 long"),
                                 (1040, 0, "layer pool (MaxPool): cycles 1,000 to 1,064, 64 long"),
                                 (1040, 3, "Point at a command to read what it is.")):
            page.mouse("mouseMoved", at(cycle), box[1] + 30 * row + 12)
            self.assertEqual(page.evaluate("document.getElementById('timeline-detail').textContent"), text)
        page.key("+")
        self.assertEqual(page.evaluate(view), [266, 798])
        views.append(page.evaluate(CANVAS))
        page.key("ArrowRight")
        self.assertEqual(page.evaluate(view), [399, 931])
        page.key("0")
        self.assertEqual(page.evaluate(view), [0, 1064])
        self.assertEqual(page.evaluate(CANVAS), views[0])
        page.mouse("mouseWheel", at(0), box[1] + 12, deltaX=0, deltaY=-200, modifiers=2)
        first, last = page.evaluate(view)
        self.assertLess(abs(first), 1)
        self.assertLess(last, 1000)
        page.evaluate("document.querySelector('[data-move=all]').click()")
        page.evaluate("document.querySelector('[data-move=in]').click()")
        page.mouse("mousePressed", at(500), box[1] + 12, button="left", buttons=1)
        page.mouse("mouseMoved", at(300), box[1] + 12, button="left", buttons=1)
        page.mouse("mouseReleased", at(300), box[1] + 12, button="left")
        self.assertAlmostEqual(page.evaluate(view)[0], 366, delta=2)  # 200 of 1064 are 100 of 532
        self.assertNotEqual(views[0], views[1])
        self.assertNotEqual(views[0], page.evaluate(BLANK_CANVAS))
        self.assert_quiet(page)

    def test_is_drawn_again_for_another_width(self):
        page = self.open("usual")
        page.view(width=400)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        for picture in ("#bars svg", "#roofline svg", "#timeline"):
            self.assertLess(page.evaluate(f"document.querySelector('{picture}').getBoundingClientRect().width"), 400, picture)
        self.assertLess(page.evaluate("document.querySelector('#roofline svg').width.baseVal.value"), 400)

    def test_is_accessible(self):
        page = self.open("usual")
        self.check_is_accessible(page, ["layers"])
        self.assertGreater(page.evaluate("document.querySelectorAll('svg').length"), 1)
        self.assertIn("load, array, post, store: cycles 0 to", page.evaluate("document.getElementById('timeline').ariaLabel"))

    def test_prints_in_light_colours(self):
        page = self.open("usual", dark=True)
        before = page.evaluate(CANVAS)
        self.assertNotEqual(before, page.evaluate(BLANK_CANVAS))
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        printed = page.evaluate(CANVAS)
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        self.assertEqual(page.evaluate(CANVAS), before)
        self.assertNotEqual(printed, before)
        page.view(dark=False)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.assertEqual(page.evaluate(CANVAS), printed)
        page.pdf(self.folder / "usual.pdf")
        self.assertEqual((self.folder / "usual.pdf").read_bytes()[:5], b"%PDF-")
        self.assert_quiet(page)


class BrowserFinds(unittest.TestCase):
    """The checks above would see a page that is not as it should be."""

    def test_errors_and_requests(self):
        with Browser() as browser, tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "bad.html"
            path.write_text("<script>console.log('said'); throw new Error('thrown')</script><img src='http://127.0.0.1:9/x.png'>")
            page = browser.open(path)
            text = "\n".join(page.complaints())
            self.assertIn("said", text)
            self.assertIn("thrown", text)
            self.assertEqual(page.requests(), ["http://127.0.0.1:9/x.png"])


if __name__ == "__main__":
    main(__doc__)
