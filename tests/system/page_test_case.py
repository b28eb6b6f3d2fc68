# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""What tests of our pages in a browser have in common."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

from browser import Browser

WIDTHS = (1280, 400)
CATEGORIES = ("compute", "weight_load", "memory", "post", "fill", "drain")

options = argparse.Namespace(samples=None, keep=None)


def number(text):
    """1,234.5 as it is shown."""
    return float(text.replace(",", ""))


class PageTestCase(unittest.TestCase):
    """A class for one kind of page gives SAMPLES, the names of its pages, and ELEMENT, where they have their JSON."""

    @classmethod
    def setUpClass(cls):
        subprocess.run([options.samples, options.keep], check=True)
        cls.folder = pathlib.Path(options.keep)
        cls.data = {name: json.loads((cls.folder / f"{name}.json").read_text()) for name in cls.SAMPLES}
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def open(self, name, **view):
        page = self.browser.open(self.folder / f"{name}.html", **view)
        self.addCleanup(page.close)
        return page

    def assert_quiet(self, page):
        self.assertEqual(page.complaints(), [])
        self.assertEqual(page.requests(), [])

    def check_opens_quietly(self):
        for name in self.SAMPLES:
            for width in WIDTHS:
                for dark in (False, True):
                    with self.subTest(page=name, width=width, dark=dark):
                        page = self.open(name, width=width, dark=dark)
                        self.assert_quiet(page)
                        self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), width, "scrolls sideways")
                        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
                        self.assertEqual(background, "rgb(18, 22, 27)" if dark else "rgb(255, 255, 255)")
                        page.screenshot(self.folder / f"{name}_{width}_{'dark' if dark else 'light'}.png")

    def check_holds_the_json(self):
        for name, data in self.data.items():
            with self.subTest(page=name):
                page = self.open(name)
                self.assertEqual(page.evaluate(f"JSON.parse(document.getElementById('{self.ELEMENT}').textContent)"), data)

    def check_is_accessible(self, page, tables):
        pictures = page.evaluate(
            "[...document.querySelectorAll('svg')].map(svg => svg.getAttribute('aria-labelledby').split(' ')"
            ".map(id => [document.getElementById(id).parentNode === svg, document.getElementById(id).textContent.length]))")
        self.assertGreater(len(pictures), 0)
        for picture in pictures:
            for inside, length in picture:
                self.assertTrue(inside and length > 10)
        for table in tables:
            self.assertTrue(page.evaluate(f"[...document.querySelectorAll('#{table} thead th')].every(head => head.scope === 'col')"))
            self.assertTrue(page.evaluate(
                f"[...document.querySelectorAll('#{table} tbody tr')].every(row => row.querySelector('th').scope === 'row')"))
        self.assertEqual(page.evaluate("(ids => ids.length - new Set(ids).size)"
                                       "([...document.querySelectorAll('[id]')].map(node => node.id))"), 0)
        self.assertEqual(page.evaluate("document.documentElement.lang"), "en")


def main(description):
    """Runs the tests of the program's module. description: its docstring."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", required=True)
    parser.add_argument("--keep")
    _, rest = parser.parse_known_args(namespace=options)
    with tempfile.TemporaryDirectory() as temporary:
        options.keep = options.keep or temporary
        unittest.main(argv=[sys.argv[0], *rest])
