#!/usr/bin/env python3
# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""The page of a sweep in a real browser: what it shows are the numbers of the JSON, whatever the names.

Usage: sweep_page_test.py --samples PROGRAM [--keep FOLDER] [unittest arguments]
  --samples PROGRAM   writes the pages and their JSON (ds_sweep_samples)
  --keep FOLDER       where pages and screenshots are left to be looked at
"""

import math
import re

from page_test_case import CATEGORIES, PageTestCase, main, number

MEASURES = ("pes", "buffer_bytes", "bus_bits", "utilization")
ROWS = """[...document.querySelectorAll('#TABLE tbody tr')].map(row => [Number(row.dataset.point),
  Object.fromEntries([...row.cells].map(cell => [cell.dataset.key, [cell.dataset.value, cell.textContent]]))])"""
ORDER = "[...document.querySelectorAll('#TABLE tbody tr')].map(row => Number(row.dataset.point))"
MARKS = """[...document.querySelectorAll('#scatter circle.point')].map(mark => ({point: Number(mark.dataset.point),
  x: Number(mark.getAttribute('cx')), y: Number(mark.getAttribute('cy')), pareto: mark.classList.contains('pareto'), fill: mark.style.fill}))"""
DETAIL = "document.getElementById('scatter-detail').textContent"
FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class SweepPage(PageTestCase):
    SAMPLES = ("one", "two", "hostile", "failed", "many", "large")
    ELEMENT = "sweep"

    def choose(self, page, measure):
        page.evaluate(f"(choice => {{ choice.value = '{measure}'; choice.dispatchEvent(new Event('change')); }})"
                      "(document.getElementById('measure'))")

    def show_all(self, page, table="points"):
        """Chooses all points and presses the button as long as there is one."""
        if table == "points":
            page.evaluate("document.querySelector('input[value=all]').click()")
        more = f"document.getElementById('{table}-more')"
        page.evaluate(f"(() => {{ while (!{more}.hidden) {more}.click(); }})()")

    def numbers(self, name, which):
        return [i for i, point in enumerate(self.data[name]["points"]) if which(point)]

    def test_opens_without_a_word_and_without_a_request(self):
        self.check_opens_quietly()

    def test_holds_the_json(self):
        self.check_holds_the_json()

    def test_head_shows_the_totals(self):
        for name, sweep in self.data.items():
            with self.subTest(page=name):
                page = self.open(name)
                text = lambda id: page.evaluate(f"document.getElementById('{id}').textContent")
                shown = page.evaluate("Object.fromEntries([...document.querySelectorAll('dd[data-key]')]"
                                      ".map(value => [value.dataset.key, value.textContent]))")
                done = [point for point in sweep["points"] if point["error"] is None]
                self.assertEqual(number(shown["points"]), len(sweep["points"]))
                self.assertEqual(number(shown["failed"]), len(sweep["points"]) - len(done))
                self.assertEqual(number(shown["pareto"]), sum(point["pareto"] for point in done))
                self.assertEqual(text("network"), sweep["network"])
                self.assertEqual(text("config"), sweep["config"])
                self.assertEqual(text("settings"), " with " + ", ".join(sweep["settings"]))
                self.assertEqual(text("keys"), ", ".join(sweep["keys"]))
                title = f"{sweep['network']} on {sweep['config']}: sweep"
                self.assertEqual(page.evaluate("document.title"), " ".join(title.split()))
                if not done:
                    self.assertEqual(shown["best"], "-")
                    self.assertEqual(text("best"), "No configuration has an estimate.")
                    continue
                best = min(point["cycles"] for point in done)
                self.assertEqual(number(shown["best"]), best)
                index = int(re.match(r"The fewest cycles: point (\d+), array.lanes ", text("best"))[1])
                self.assertEqual((sweep["points"][index]["cycles"], sweep["points"][index]["pareto"]), (best, True))

    def test_table_shows_every_number(self):
        for name, sweep in self.data.items():
            with self.subTest(page=name):
                page = self.open(name)
                rows = page.evaluate(ROWS.replace("TABLE", "points"))
                pareto = self.numbers(name, lambda point: point["pareto"])
                self.assertEqual([index for index, _ in rows], pareto[:500])
                self.show_all(page)
                rows = page.evaluate(ROWS.replace("TABLE", "points"))
                self.assertTrue([index for index, _ in rows] == self.numbers(name, lambda point: point["error"] is None))
                for index, row in rows:
                    point = sweep["points"][index]
                    self.assertEqual(row["index"], [str(index)] * 2)
                    for key in sweep["keys"]:
                        self.assertEqual([float(text) for text in row[key]], [point["values"][key]] * 2)
                    for key in ("cycles", "macs", "pes", "buffer_bytes", "bus_bits"):
                        self.assertEqual([number(text) for text in row[key]], [point[key]] * 2)
                    for key in ("utilization", "roofline_cycles"):
                        self.assertEqual(float(row[key][0]), point[key])
                    for key in CATEGORIES:
                        self.assertEqual(float(row[key][0]), point["breakdown"][key] / point["cycles"])
                        self.assertAlmostEqual(float(row[key][1]), 100 * float(row[key][0]), delta=0.0501)
                    self.assertAlmostEqual(float(row["utilization"][1]), 100 * point["utilization"], delta=0.0501)
                    self.assertEqual(row["bottleneck"], [point["bottleneck"], point["bottleneck"].replace("_", " ")])
                    self.assertEqual(row["pareto"], ["true", "yes"] if point["pareto"] else ["false", ""])
                self.assert_quiet(page)

    def test_failures_are_listed_with_their_errors(self):
        for name, sweep in self.data.items():
            with self.subTest(page=name):
                page = self.open(name)
                failed = self.numbers(name, lambda point: point["error"] is not None)
                self.assertEqual(page.evaluate("document.getElementById('failures-section').hidden"), not failed)
                self.assertEqual(page.evaluate("document.getElementById('scatter-section').hidden"), len(failed) == len(sweep["points"]))
                self.show_all(page, "failures")
                rows = page.evaluate(ROWS.replace("TABLE", "failures"))
                self.assertEqual([index for index, _ in rows], failed)
                for index, row in rows:
                    point = sweep["points"][index]
                    self.assertEqual(row["error"], [point["error"]] * 2)
                    for key in sweep["keys"]:
                        self.assertEqual(float(row[key][1]), point["values"][key])

    def test_rest_of_the_rows_comes_on_demand(self):
        page = self.open("many")
        state = "[document.querySelectorAll('#points tbody tr').length, document.getElementById('points-shown').textContent," \
                " document.getElementById('points-more').hidden]"
        page.evaluate("document.querySelector('input[value=all]').click()")
        more = "document.getElementById('points-more').click()"
        self.assertEqual(page.evaluate(state), [500, "500 of 1,818 shown.", False])
        self.assertEqual(page.evaluate("document.getElementById('points-more').textContent"), "Show 500 more")
        page.evaluate(more)
        page.evaluate(more)
        self.assertEqual(page.evaluate(state), [1500, "1,500 of 1,818 shown.", False])
        self.assertEqual(page.evaluate("document.getElementById('points-more').textContent"), "Show 318 more")
        page.evaluate("document.getElementById('points-more').focus()")
        page.evaluate(more)
        self.assertEqual(page.evaluate(state), [1818, "1,818 of 1,818 shown.", True])
        self.assertEqual(page.evaluate("document.activeElement.querySelector('table').id"), "points")
        page.evaluate("document.querySelector('input[value=pareto]').click()")
        self.assertEqual(page.evaluate(ORDER.replace("TABLE", "points")), self.numbers("many", lambda point: point["pareto"]))

    def test_table_is_sorted_by_a_click(self):
        page = self.open("many")
        points = self.data["many"]["points"]
        head = "document.querySelector('#points thead th[data-key=\"{}\"]')"
        for choice, which in (("pareto", lambda point: point["pareto"]), ("all", lambda point: point["error"] is None)):
            page.evaluate(f"document.querySelector('input[value={choice}]').click()")
            numbers = self.numbers("many", which)
            for key, down, value in (("cycles", True, lambda i: -points[i]["cycles"]), ("cycles", False, lambda i: points[i]["cycles"]),
                                     ("array.lanes", True, lambda i: -points[i]["values"]["array.lanes"]),
                                     ("pareto", True, lambda i: not points[i]["pareto"]),
                                     ("bottleneck", False, lambda i: points[i]["bottleneck"]), ("index", False, lambda i: i)):
                page.evaluate(head.format(key) + ".querySelector('button').click()")
                self.assertEqual(page.evaluate(ORDER.replace("TABLE", "points")), sorted(numbers, key=value)[:500], key)
                self.assertEqual(page.evaluate(head.format(key) + ".ariaSort"), "descending" if down else "ascending")
                self.assertEqual(page.evaluate("document.querySelectorAll('#points th[aria-sort]').length"), 1)
        # The order holds for rows that come later.
        page.evaluate(head.format("cycles") + ".querySelector('button').click()")
        self.show_all(page)
        self.assertEqual(page.evaluate(ORDER.replace("TABLE", "points")), sorted(numbers, key=lambda i: -points[i]["cycles"]))
        page.evaluate("document.querySelector('#failures thead th[data-key=index] button').click()")
        page.evaluate("document.querySelector('#failures thead th[data-key=index] button').click()")
        self.assertEqual(page.evaluate(ORDER.replace("TABLE", "failures")),
                         self.numbers("many", lambda point: point["error"] is not None)[::-1])

    def test_scatter_has_every_point_in_its_place(self):
        for name in ("one", "two", "hostile", "many", "large"):
            points = self.data[name]["points"]
            page = self.open(name)
            for measure in MEASURES:
                with self.subTest(page=name, measure=measure):
                    self.choose(page, measure)
                    marks = page.evaluate(MARKS)
                    self.assertTrue(sorted(mark["point"] for mark in marks) == self.numbers(name, lambda point: point["error"] is None))
                    for mark in marks:
                        self.assertEqual(mark["pareto"], points[mark["point"]]["pareto"])
                        self.assertEqual(mark["fill"], f"var(--{points[mark['point']]['bottleneck']})")
                    box = page.evaluate("(box => [box.width, box.height])(document.querySelector('#scatter svg').viewBox.baseVal)")
                    for axis, extent, value in (("x", box[0], lambda point: point[measure]), ("y", box[1], lambda point: -point["cycles"])):
                        marks.sort(key=lambda mark: value(points[mark["point"]]))
                        places = [mark[axis] for mark in marks]
                        self.assertTrue(places == sorted(places), f"{axis} does not follow the numbers")  # a difference of long lists takes minutes
                        self.assertTrue(all(0 < place < extent for place in places))
            self.assert_quiet(page)

    def test_axes_are_logarithmic_but_that_of_utilization(self):
        page = self.open("many")
        points = self.data["many"]["points"]
        for measure in MEASURES:
            self.choose(page, measure)
            marks = page.evaluate(MARKS)
            linear = measure == "utilization"
            values = {mark["point"]: points[mark["point"]][measure] if linear else math.log(points[mark["point"]][measure]) for mark in marks}
            logs = {mark["point"]: math.log(points[mark["point"]]["cycles"]) for mark in marks}
            for axis, of in (("x", values), ("y", logs)):
                low = min(marks, key=lambda mark: of[mark["point"]])
                high = max(marks, key=lambda mark: of[mark["point"]])
                slope = (high[axis] - low[axis]) / (of[high["point"]] - of[low["point"]])
                for mark in marks:
                    self.assertAlmostEqual(mark[axis], low[axis] + slope * (of[mark["point"]] - of[low["point"]]), places=2)

    def test_front_joins_what_no_pareto_point_beats(self):
        for name in ("two", "many", "large"):
            page = self.open(name)
            points = self.data[name]["points"]
            for measure in MEASURES:
                with self.subTest(page=name, measure=measure):
                    self.choose(page, measure)
                    worth = lambda point: -point[measure] if measure == "utilization" else point[measure]
                    places = {mark["point"]: (mark["x"], mark["y"]) for mark in page.evaluate(MARKS)}
                    pareto = [(worth(points[i]), points[i]["cycles"], i) for i in places if points[i]["pareto"]]
                    best, fewest = [], None
                    for _, cycles, index in sorted(pareto):
                        if fewest is None or cycles < fewest:
                            best.append(places[index])
                            fewest = cycles
                    path = page.evaluate("document.querySelector('#scatter .front').getAttribute('d')")
                    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
                    self.assertEqual(list(zip(numbers[::2], numbers[1::2])), best)

    def test_point_at_the_mouse_is_described(self):
        page = self.open("two")
        points = self.data["two"]["points"]
        self.assertEqual(page.evaluate(DETAIL), "Point at a configuration to read what it is.")
        page.evaluate("document.getElementById('scatter').scrollIntoView()")
        left, top = page.evaluate("(box => [box.left, box.top])(document.querySelector('#scatter svg').getBoundingClientRect())")
        for mark in page.evaluate(MARKS):
            page.mouse("mouseMoved", left + mark["x"] + 3, top + mark["y"] - 3)
            point = points[mark["point"]]
            values = ", ".join(f"{key} {value:g}" for key, value in point["values"].items())
            expected = (f"Point {mark['point']}: {values}. {point['cycles']:,} cycles, {point['pes']:,} PEs, {point['buffer_bytes']:,} buffer bytes, "
                        f"{point['bus_bits']} bus bits, utilization {100 * point['utilization']:.1f} %, "
                        f"bottleneck {point['bottleneck'].replace('_', ' ')}{', Pareto point' if point['pareto'] else ''}.")
            self.assertEqual(page.evaluate(DETAIL), expected)
            self.assertEqual(page.evaluate(f"document.querySelector('#scatter circle[data-point=\"{mark['point']}\"] title').textContent"), expected)
        page.mouse("mouseMoved", left + 70, top + 20)
        self.assertEqual(page.evaluate(DETAIL), "Point at a configuration to read what it is.")
        self.assert_quiet(page)

    def test_keys_go_through_the_points(self):
        page = self.open("many")
        points = self.data["many"]["points"]
        marks = page.evaluate(MARKS)
        order = lambda mark: (mark["x"], -mark["y"], mark["point"])
        pareto = [mark["point"] for mark in sorted(marks, key=order) if mark["pareto"]]
        every = [mark["point"] for mark in sorted(marks, key=order)]
        here = lambda: int(re.match(r"Point (\d+):", page.evaluate(DETAIL))[1])
        page.evaluate("document.getElementById('scatter').focus()")
        steps = []
        for _ in range(5):
            page.key("ArrowRight")
            steps.append(here())
        self.assertEqual(steps, pareto[:5])
        page.key("ArrowLeft")
        self.assertEqual(here(), pareto[3])
        page.key("ArrowDown")
        self.assertEqual(here(), every[every.index(pareto[3]) + 1])
        page.key("ArrowUp")
        page.key("ArrowUp")
        self.assertEqual(here(), every[every.index(pareto[3]) - 1])
        self.choose(page, "bus_bits")
        self.assertEqual(here(), every[every.index(pareto[3]) - 1])
        self.assertIn(f"{points[here()]['cycles']:,} cycles", page.evaluate(DETAIL))
        self.assert_quiet(page)

    def test_tab_reaches_everything(self):
        page = self.open("many")
        reached = page.evaluate("[...document.querySelectorAll('select, input, button, [tabindex]')].filter(node => node.tabIndex >= 0).length")
        controls = page.evaluate("document.querySelectorAll('select, input, button, #scatter, .scroll').length")
        self.assertEqual(reached, controls)
        self.assertEqual(page.evaluate("document.querySelector('label[for=measure]').control.id"), "measure")

    def test_ten_thousand_points_are_quick(self):
        page = self.open("large")
        best = "Math.min(...Array.from({{length: 5}}, () => {{ const start = performance.now(); {}; return performance.now() - start; }}))"
        self.assertLess(page.evaluate(best.format("drawScatter()")), 1000)
        self.assertLess(page.evaluate(best.format("describePoint(markNear(300, 200))")), 20)
        page.evaluate("document.querySelector('input[value=all]').click()")
        self.assertLess(page.evaluate(best.format("document.querySelector('#points thead button').click()")), 1000)

    def test_is_drawn_again_for_another_width(self):
        page = self.open("many")
        page.view(width=400)
        page.evaluate(FRAMES)
        self.assertLess(page.evaluate("document.querySelector('#scatter svg').width.baseVal.value"), 400)
        self.assertTrue(all(mark["x"] < 400 for mark in page.evaluate(MARKS)))

    def test_is_accessible(self):
        self.check_is_accessible(self.open("many"), ["points", "failures"])


if __name__ == "__main__":
    main(__doc__)
