"""Every mail and page, written for people who do not exist, in a real browser."""

import pathlib
import sys
import unittest

from chromium import Chromium

SMALL_PHONE, PHONE, DESKTOP = 320, 390, 1200


class Messages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = sorted(pathlib.Path(sys.argv[1]).glob("*.html"))
        cls.browser = Chromium()
        cls.addClassCleanup(cls.browser.close)
        cls.page = cls.browser.new_page()

    def open(self, file, width):
        self.page.set_width(width)
        self.page.go(file.resolve().as_uri())

    def boxes(self, selector):
        """Where elements are, as [left, top, width, height] of each."""
        return self.page.read(f"""[...document.querySelectorAll({selector!r})].map(element => {{
            const box = element.getBoundingClientRect();
            return [box.left, box.top, box.width, box.height].map(Math.round);
        }})""")

    def test_nothing_is_wider_than_its_window(self):
        self.assertGreater(len(self.files), 100)
        for file in self.files:
            for width in (SMALL_PHONE, PHONE, DESKTOP):
                with self.subTest(file=file.name, width=width):
                    self.open(file, width)
                    self.assertFalse(self.page.scrolls_sideways())

    def test_every_language_runs_its_own_way(self):
        for file in self.files:
            with self.subTest(file=file.name):
                self.open(file, PHONE)
                language, direction = ("ar", "rtl") if ".ar-" in file.name else ("en", "ltr")
                self.assertEqual(self.page.read("[document.documentElement.lang, document.documentElement.dir]"),
                                 [language, direction])
                self.assertEqual(self.page.read("getComputedStyle(document.querySelector('h1')).direction"), direction)

    def test_eleven_points_can_be_touched_and_stand_in_their_order(self):
        for locale, forwards in (("en-GB", 1), ("ar-EG", -1)):
            for name, selector in (("nps", "a[href*='score=']"), ("page-question-nps", ".point")):
                for width in (PHONE, DESKTOP):
                    with self.subTest(name=name, locale=locale, width=width):
                        self.open(next(file for file in self.files if file.name == f"{name}.{locale}.html"), width)
                        points = self.boxes(selector)
                        self.assertEqual(len(points), 11)
                        self.assertGreaterEqual(min(min(point[2:]) for point in points), 40, points)
                        self.assertEqual(points, sorted(points, key=lambda point: (point[1], forwards * point[0])))
                        rows = len({point[1] for point in points})
                        self.assertEqual(rows, 2 if width == PHONE else 1, points)


if __name__ == "__main__":
    program = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2)
    bad = len(program.result.failures) + len(program.result.errors)
    print(f"browser: {program.result.testsRun - min(bad, program.result.testsRun)} passed, {bad} failed")
    sys.exit(bool(bad))
