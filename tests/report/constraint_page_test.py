"""The report of `constraint` in a real browser: python3 constraint_page_test.py KETENSIM SOURCES."""
import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from browser import Browser
from drawn import EMPTY_CHARTS

KETENSIM, SOURCES = sys.argv[1], pathlib.Path(sys.argv.pop())
KETENSIM = sys.argv.pop()
MINI = SOURCES / "scenarios/examples/mini-chain.yaml"
PARTS = {"nl": ("Wat de keten beperkt", "Wat een plek erbij waard is", "De vijf stappen", "Hoe ver kinderen in hun termijn zijn",
                "Waarom kinderen wachten"),
         "en": ("What limits the chain", "What one more slot is worth", "The five focusing steps",
                "How far children are into their term", "Why children wait")}


def ketensim(*arguments):
    subprocess.run([KETENSIM, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


class ConstraintReport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory()
        cls.out = pathlib.Path(cls.work.name) / "out"
        short = pathlib.Path(cls.work.name) / "short.yaml"
        short.write_text(f"format: ketensim/1\nname: Short\nbase: {MINI}\n"
                         "time: {start: 2024-01-01, end: 2024-10-01, warm_up: 1 year, report: month}\n")
        ketensim("constraint", short, "--steps", "--rounds", 1, "--buffers", "--causes", "--replications", 10, "--out", cls.out)
        cls.browser = Browser().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.work.cleanup()

    def setUp(self):
        self.browser.requests.clear()
        self.browser.errors.clear()
        self.browser.size(1280, 900)
        self.browser.open(self.out / "report.html")

    def ask(self, script):
        return self.browser.evaluate(f"(() => {{ {script} }})()")

    def test_has_every_part_and_draws_every_chart_in_both_languages(self):
        for language in ("nl", "en"):
            self.ask(f"document.querySelector('.languages [lang={language}]').click()")
            self.browser.settle()
            body = f".body[lang={language}]"
            self.assertEqual(tuple(self.ask(f"return [...document.querySelectorAll('{body} h2')].map(e => e.textContent)")),
                             PARTS[language])
            self.assertGreater(self.ask(f"return [...document.querySelectorAll('{body} .chart')].length"), 6)
            self.assertEqual(self.ask(EMPTY_CHARTS), [])
            self.assertIsNone(re.search(r"\{[a-z_]*\}", self.ask(f"return document.querySelector('{body}').innerText")))
        self.assertEqual(self.browser.errors, [])
        self.assertEqual([url for url in self.browser.requests if not url.startswith(("file:", "data:"))], [])

    def test_draws_each_focusing_step_of_steps_csv(self):
        with open(self.out / "steps.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        charts = self.ask("""return [...document.querySelectorAll('.body[lang=nl] .chart script')].map(s => JSON.parse(s.textContent))
          .filter(data => data.kind === 'amounts' && data.small)""")
        self.assertEqual(len(charts), 3)
        for chart, column in zip(charts, ("throughput_per_year", "waiting", "lead_time")):
            self.assertEqual(len(chart["categories"]), len(rows))
            for drawn, row in zip(chart["series"][0]["y"], rows):
                self.assertAlmostEqual(drawn / float(row[column]), 1.0, delta=1e-4)

    def test_adds_up_green_yellow_and_red_to_what_is_open(self):
        with open(self.out / "buffers.csv", newline="") as file:
            opened = {(row["organisation"], row["step"], row["norm"], row["period"]): float(row["open"]) for row in csv.DictReader(file)}
        charts = self.ask("""return [...document.querySelectorAll('.body[lang=en] figure')].map(f => [f.querySelector('figcaption').textContent,
          JSON.parse(f.querySelector('.chart script').textContent)]).filter(one => one[1].stacked)""")
        self.assertGreater(len(charts), 3)
        norms = {"lead time": "lead_time", "wait": "wait", "service": "service"}
        for title, chart in charts:
            place, norm = title.split(": ")
            organisation, step = place.split(".")
            total = [sum(parts) for parts in zip(*(series["y"] for series in chart["series"]))]
            self.assertAlmostEqual(total[0], opened[(organisation, step, norms[norm], "2024-01-01")], delta=1e-3 * (1 + total[0]))

    def test_breaks_no_serious_rule_of_accessibility_and_fits_a_phone(self):
        axe = (SOURCES / "tests/report/vendor/axe.min.js").read_text()
        for dark in (False, True):
            self.browser.size(1280, 900, dark)
            self.browser.open(self.out / "report.html")
            self.browser.evaluate(axe + "; undefined")
            self.assertEqual(self.browser.evaluate("""axe.run().then(of => of.violations
              .filter(rule => ['serious', 'critical'].includes(rule.impact)).map(rule => rule.id + ': ' + rule.nodes[0].html))"""), [])
        self.browser.size(390, 800)
        self.browser.settle()
        self.assertEqual(self.ask("return document.documentElement.scrollWidth"), 390)
        self.assertEqual(self.ask(EMPTY_CHARTS), [])

    def test_is_made_again_and_stands_in_the_report_on_a_study_in_the_same_folder(self):
        report = (self.out / "report.html").read_text()
        ketensim("report", self.out)
        self.assertEqual((self.out / "report.html").read_text(), report)
        study = pathlib.Path(self.work.name) / "study"
        ketensim("run", MINI, "--replications", 2, "--out", study)
        ketensim("constraint", MINI, "--replications", 5, "--out", study)
        page = (study / "report.html").read_text()
        for part in ("Wat een plek erbij waard is", "De route van de kinderen"):
            self.assertIn(f"<h2>{part}</h2>", page)


if __name__ == "__main__":
    unittest.main()
