"""What a customer and a shop see of the sample week, in a real browser."""

import sys
import unittest

from chromium import Chromium
from rihla import Rihla

PHONE, DESKTOP = 390, 1200


class Journeys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rihla = Rihla(sys.argv[1])
        cls.addClassCleanup(cls.rihla.close)
        cls.browser = Chromium()
        cls.addClassCleanup(cls.browser.close)
        cls.page = cls.browser.new_page()

    def go(self, path):
        self.page.go(self.rihla.address + path)

    def mails(self, journey):
        """The paths of the mails of a journey, the newest first: of all pages of the mailbox."""
        found, rows_before, number = [], None, 1
        while True:
            self.go(f"/mailbox?page={number}")
            rows = self.page.read("""[...document.querySelectorAll('.mails a')].map(a =>
                [a.getAttribute('href'), a.querySelector('.journey').innerText, a.querySelector('.subject').innerText])""")
            if rows == rows_before:  # behind the last page comes the last page
                return found
            found += [(path, subject) for path, name, subject in rows if name == journey]
            rows_before, number = rows, number + 1

    def english(self, journey):
        return next(path for path, subject in self.mails(journey) if subject.isascii())

    def arabic(self, journey):
        return next(path for path, subject in self.mails(journey) if not subject.isascii())

    def followed(self, mail, link):
        """The page that a link in a mail opens, beside the mail."""
        self.go(mail + "/html")
        self.page.click(f"a[href*='{link}']")
        opened = self.browser.opened_page()
        opened.wait_for("document.readyState == 'complete'")
        return opened

    def test_an_answer_clicked_in_a_mail_stands_on_the_customers_page(self):
        mail = self.english("Delivery check")
        self.go(mail)
        self.assertEqual(self.page.read("document.querySelector('iframe').getAttribute('src')"), mail + "/html")
        customer = self.page.read("document.querySelector('.lead a').getAttribute('href')")
        question = self.followed(mail, "score=4")
        self.assertEqual(question.read("document.querySelector('input:checked').value"), "4")
        self.go(customer)
        self.assertNotIn("4 of 5", self.page.text(), "looking at the question answers nothing")
        question.click("button[type=submit]")
        question.wait_for("document.querySelector('h1')?.innerText == 'Thank you'")
        self.go(customer)
        self.assertIn("4 of 5 Delivery check", " ".join(self.page.text().split()))

    def test_leaving_takes_a_button_and_not_a_look(self):
        mail = self.english("Matching items")
        self.go(mail)
        customer = self.page.read("document.querySelector('.lead a').getAttribute('href')")
        self.go(customer)
        before = self.page.text()
        leave = self.followed(mail, "/u/")
        self.assertEqual(leave.read("document.querySelector('form').method"), "post")
        self.go(customer)
        self.assertEqual(self.page.text(), before, "looking at the page changes nothing")
        asked = leave.read("document.querySelector('h1').innerText")
        leave.click("form button")
        leave.wait_for(f"document.querySelector('h1') && document.querySelector('h1').innerText != {asked!r}")
        self.go(customer)
        self.assertNotEqual(self.page.text(), before)
        self.assertIn("Withdrawn", self.page.text())

    def test_arabic_runs_from_right_to_left(self):
        mail = self.arabic("Delivery check")
        self.go(mail + "/html")
        self.assertEqual(self.page.read("document.documentElement.dir"), "rtl")
        self.assertEqual(self.page.read("getComputedStyle(document.querySelector('h1, p, td')).direction"), "rtl")
        question = self.followed(mail, "score=5")
        self.assertEqual(question.read("[document.documentElement.lang, document.documentElement.dir].join()"), "ar,rtl")

    def test_nothing_is_wider_than_its_window(self):
        english, arabic = self.english("Delivery check"), self.arabic("Delivery check")
        matching, newsletter = self.english("Matching items"), self.arabic("Newsletter invitation")
        self.go(english)
        customer = self.page.read("document.querySelector('.lead a').getAttribute('href')")
        question = self.followed(english, "score=2").read("location.pathname")
        leave = self.followed(matching, "/u/").read("location.pathname")
        mails = [mail + "/html" for mail in (english, arabic, matching, newsletter)]
        for path in ["/", "/mailbox", "/customers", english, customer, question, leave, "/r/altered", *mails]:
            for width in (PHONE, DESKTOP):
                with self.subTest(path=path, width=width):
                    self.page.set_width(width)
                    self.go(path)
                    self.assertFalse(self.page.scrolls_sideways())
        self.page.set_width(DESKTOP)


if __name__ == "__main__":
    program = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2)
    bad = len(program.result.failures) + len(program.result.errors)
    print(f"browser: {program.result.testsRun - min(bad, program.result.testsRun)} passed, {bad} failed")
    sys.exit(bool(bad))
