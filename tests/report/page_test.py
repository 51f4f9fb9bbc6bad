"""The report in a real browser: python3 page_test.py [CLASS...] KETENSIM SOURCES. Needs Debian's chromium."""
import collections
import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from browser import Browser
from drawn import CUT_CHARTS, EMPTY_CHARTS, WIDE_TABLES

SOURCES = pathlib.Path(sys.argv.pop())
KETENSIM = sys.argv.pop()
MINI = SOURCES / "scenarios/examples/mini-chain.yaml"
NASTY = "</script><script>window.broken = 1</script> & \\\"quotes\\\" <b>'bold'</b> <img src=x onerror=window.broken=1>"
A4 = 680, 1009  # pixels between the margins of the page


def ketensim(*arguments):
    subprocess.run([KETENSIM, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


class Report(unittest.TestCase):
    """A comparison of two alternatives, whose names try to be more than text."""

    charts = 50  # that are shown, at least

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.make(pathlib.Path(cls.folder.name))
        cls.browser = Browser().__enter__()

    @classmethod
    def make(cls, work):
        for name, levers in (("cleared", "clear_backlog: {step: VTT.research, on: 2024-02-01}"),
                             ("hired", "capacity: {pool: RVDK.research, from: 2024-03-01, change: +2 slots, cost: {per_year: 100000}}")):
            (work / (name + ".yaml")).write_text(
                f'format: ketensim/1\nname: "{name} {NASTY}"\nbase: {MINI}\ninterventions:\n  - {levers}  # A: {NASTY}\n')
        ketensim("compare", MINI, work / "cleared.yaml", work / "hired.yaml", "--replications", 20, "--out", work / "out")
        cls.page, cls.effects = work / "out/report.html", work / "out/effects.csv"

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.folder.cleanup()

    def setUp(self):
        self.browser.requests.clear()
        self.browser.errors.clear()
        self.browser.call("Emulation.setEmulatedMedia", media="screen")
        self.browser.size(1280, 900)
        self.browser.open(self.page)

    def ask(self, script):
        return self.browser.evaluate(f"(() => {{ {script} }})()")

    def speak(self, language):
        self.ask(f"document.querySelector('.languages [lang={language}]').click()")
        self.browser.settle()

    def choose(self, number):
        """The panel of that number in every choice that has so many."""
        self.ask(f"""for (const select of document.querySelectorAll('.choice select')) {{
          select.selectedIndex = Math.min({number}, select.options.length - 1);
          select.dispatchEvent(new Event('change')); }}""")
        self.browser.settle()

    def empty_charts(self):
        return self.ask(EMPTY_CHARTS)

    def test_asks_no_network_and_raises_no_error(self):
        self.choose(1)
        self.speak("en")
        self.assertEqual([url for url in self.browser.requests if not url.startswith(("file:", "data:"))], [])
        self.assertEqual(len([url for url in self.browser.requests if url.startswith("file:")]), 1)
        self.assertEqual(self.browser.errors, [])

    def test_shows_names_and_notes_as_plain_text(self):
        self.assertIsNone(self.ask("return window.broken ?? null"))
        self.assertEqual(self.ask("return document.querySelectorAll('b, img').length"), 0)
        plain = NASTY.replace("\\", "")
        self.assertIn("cleared " + plain, self.ask("return document.querySelector('.choice option:nth-child(2)').textContent"))
        self.choose(1)
        self.assertIn(plain, self.ask("return [...document.querySelectorAll('.legend')].map(l => l.textContent).join()"))

    def test_writes_every_less_than_sign_in_its_data_so_that_it_cannot_end_it(self):
        data = re.findall(r'<script type="application/json">(.*?)</script>', self.page.read_text())
        self.assertGreater(len(data), 2 * self.charts / 5)
        self.assertTrue(any("\\u003c/script" in piece for piece in data))
        for piece in data:
            self.assertNotIn("<", piece)

    def test_says_everything_in_both_languages(self):
        says = {}
        for language in ("nl", "en"):
            self.speak(language)
            self.assertEqual(self.ask("return document.documentElement.lang"), language)
            says[language] = self.ask("""
              const body = document.querySelector('.body:not([hidden])');
              const texts = [...body.querySelectorAll('h1, h2, h3, h4, th, td, p, li, a, label, summary, figcaption, option')];
              return { title: document.title, tags: [...body.querySelectorAll('*')].filter(e => !e.closest('.chart, .legend')).map(e => e.tagName),
                       empty: texts.filter(e => e.textContent.trim() === '').length,
                       headings: [...body.querySelectorAll('h2')].map(e => e.textContent),
                       notes: [...body.querySelectorAll('.note')].map(e => e.textContent), text: body.innerText };""")
        nl, en = says["nl"], says["en"]
        self.assertEqual(nl["tags"], en["tags"])
        self.assertEqual((nl["empty"], en["empty"]), (0, 0))
        self.assertNotEqual(nl["title"], en["title"])
        for one, other in (*zip(nl["headings"], en["headings"]), *zip(nl["notes"], en["notes"])):
            self.assertNotEqual(one, other)
        for text, words in ((nl["text"], (" the ", " and ", " children ")), (en["text"], (" het ", " niet ", " kinderen "))):
            for word in words:
                self.assertNotIn(word, re.sub(r"cleared.*|hired.*|forecast </script.*", "", text))
        self.assertIsNone(re.search(r"\{[a-z_]*\}", nl["text"] + en["text"]))

    def test_draws_every_chart_in_every_panel_and_language(self):
        shown = 0
        for language in ("nl", "en"):
            self.speak(language)
            for panel in range(6):
                self.choose(panel)
                shown += self.ask("return [...document.querySelectorAll('.chart')].filter(c => c.clientWidth > 0).length")
                self.assertEqual(self.empty_charts(), [])
        self.assertGreater(shown, self.charts)
        self.assertEqual(self.ask("return document.querySelectorAll('.chart:not([aria-label]), .chart[aria-label=\"\"]').length"), 0)

    def test_tells_the_figures_of_a_chart_as_a_table(self):
        rows = self.ask("""const figures = document.querySelector('details.figures'); figures.open = true;
          return new Promise(done => setTimeout(() => done([...figures.querySelectorAll('tbody tr')].map(row => row.textContent)), 100));""")
        self.assertEqual(len(rows), self.ask(
            "return new Set(JSON.parse(document.querySelector('.chart script').textContent).series.flatMap(one => one.x)).size"))

    def test_sorts_a_table_by_any_column_both_ways(self):
        for direction in (1, -1):
            values = self.ask("""const table = [...document.querySelectorAll('.body[lang=nl] table.sorts')]
                .filter(one => one.querySelector('[data-figure=queue_mean]')).sort((a, b) => b.rows.length - a.rows.length)[0];
              const column = [...table.querySelectorAll('thead th')].findIndex(th => th.dataset.figure === 'queue_mean');
              table.querySelectorAll('thead th')[column].querySelector('button').click();
              return { sort: table.querySelectorAll('thead th')[column].getAttribute('aria-sort'),
                       values: [...table.tBodies[0].rows].map(row => row.cells[column].dataset.value).filter(v => v !== undefined).map(Number) };""")
            self.assertEqual(values["sort"], "ascending" if direction > 0 else "descending")
            self.assertGreater(len(set(values["values"])), 2)
            self.assertEqual(values["values"], sorted(values["values"], reverse=direction < 0))

    def test_is_used_by_keyboard(self):
        reached = collections.Counter()
        for _ in range(60):
            self.browser.call("Input.dispatchKeyEvent", type="keyDown", key="Tab", windowsVirtualKeyCode=9)
            self.browser.call("Input.dispatchKeyEvent", type="keyUp", key="Tab", windowsVirtualKeyCode=9)
            reached[self.ask("return document.activeElement.tagName")] += 1
        for tag in ("BUTTON", "A", "SELECT", "SUMMARY"):
            self.assertGreater(reached[tag], 0, tag)

    def test_breaks_no_serious_rule_of_accessibility(self):
        axe = (SOURCES / "tests/report/vendor/axe.min.js").read_text()
        for dark in (False, True):
            for language in ("nl", "en"):
                self.browser.size(1280, 900, dark)
                self.browser.open(self.page)
                self.speak(language)
                self.browser.evaluate(axe + "; undefined")
                found = self.browser.evaluate("""axe.run().then(of => ({ passes: of.passes.length, broken: of.violations
                  .filter(rule => ['serious', 'critical'].includes(rule.impact))
                  .map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')) }))""")
                self.assertGreater(found["passes"], 10)
                self.assertEqual(found["broken"], [])

    def test_opens_within_two_seconds(self):
        self.browser.call("Performance.enable", timeDomain="threadTicks")  # of work: not of waiting for other programs
        self.browser.open(self.page)
        work = {metric["name"]: metric["value"] for metric in self.browser.call("Performance.getMetrics")["metrics"]}
        self.assertLess(work["TaskDuration"], 2.0)

    def test_fits_a_phone(self):
        self.browser.size(390, 800)
        self.browser.settle()
        self.assertEqual(self.ask("return document.documentElement.scrollWidth"), 390)
        self.assertEqual(self.empty_charts(), [])

    def test_prints_without_a_chart_cut(self):
        self.assertTrue(self.browser.pdf().startswith(b"%PDF"))
        self.browser.call("Emulation.setDeviceMetricsOverride", width=A4[0], height=A4[1], deviceScaleFactor=1, mobile=False)
        self.browser.call("Emulation.setEmulatedMedia", media="print")
        self.ask("window.dispatchEvent(new Event('beforeprint'))")
        self.browser.settle()
        paper = {"width": A4[0], "height": A4[1]}
        self.assertEqual(self.ask(CUT_CHARTS % paper), [])
        self.assertEqual(self.ask(WIDE_TABLES % paper), [])
        # A button has no text in a heading that the browser repeats on the next page.
        self.assertEqual(self.ask("""return [...document.querySelectorAll('table.sorts th button')]
          .filter(button => getComputedStyle(button).display !== 'contents').length"""), 0)

    def test_tells_the_figures_of_effects_csv(self):
        with open(self.effects, newline="") as file:
            rows = {(row["scenario"], row["organisation"] + "." + row["step"], row["indicator"], row["statistic"]): row["value"]
                    for row in csv.DictReader(file) if row["period"] == "all"}
        cells = self.ask("""return [...document.querySelectorAll('.body[lang=en] table.sorts tbody tr[data-key]')].flatMap(row => {
          const heads = [...row.closest('table').querySelectorAll('thead th')];
          return [...row.cells].map((cell, i) => [row.dataset.key, heads[i].dataset.figure, cell.dataset.value, cell.textContent]); })""")
        percent, per_year = ("norm_met", "utilisation", "waiting_share"), ("inflow", "returns")
        days = 731  # 2024 and 2025
        compared, costs = 0, {}
        for key, figure, value, text in cells:
            scenario, place = key.split(" ")
            mean = rows.get((scenario, place, figure, "mean"))
            if mean is None or (place.endswith(".all") and place != "chain.all"):  # totals: no differences
                continue
            if mean == "":
                self.assertIsNone(value)
                continue
            self.assertEqual(float(value), float(mean), (key, figure))
            if figure == "cost":
                costs[scenario] = text.replace(",", "")
                continue
            scale = 100 if figure in percent else 365.25 / days if figure in per_year else 1
            shown = [piece.replace("\u2212", "-").replace(",", "") for piece in re.split("\u00a0?\u00b1", text)]
            statistics = [float(mean), 1.96 * float(rows[(scenario, place, figure, "se")] or 0)]
            for piece, true in zip(shown, statistics):
                digits = len(piece.split(".")[1]) if "." in piece else 0
                self.assertAlmostEqual(float(piece), scale * true, delta=0.5000001 * 10 ** -digits, msg=str((key, figure, text)))
            compared += 1
        self.assertGreater(compared, 100)
        # Hiring has a cost, which has no interval; the scenario that clears a backlog states none.
        self.assertEqual(costs, {"cleared": "-", "hired": f"+{float(rows[('hired', 'chain.all', 'cost', 'mean')]):.0f}"})


    def test_draws_the_flows_of_flows_csv_and_nothing_round_in_a_circle(self):
        with open(self.effects.with_name("flows.csv"), newline="") as file:
            coming = sum(float(row["value"]) for row in csv.DictReader(file) if row["scenario"] == "mini-chain"
                         and row["from"] in ("in", "back") and row["statistic"] == "mean")
        flow = self.ask("""return JSON.parse([...document.querySelectorAll('.chart.flow script')][0].textContent)""")
        reaches = {index: {link["to"] for link in flow["links"] if link["from"] == index} for index in range(len(flow["nodes"]))}
        for _ in reaches:
            reaches = {index: to.union(*(reaches[one] for one in to)) for index, to in reaches.items()}
        self.assertFalse([index for index, to in reaches.items() if index in to])
        names = [node["name"] for node in flow["nodes"]]
        drawn = sum(link["value"] for link in flow["links"] if names[link["from"]] in ("Gemeld", "Opnieuw gemeld"))
        self.assertAlmostEqual(drawn / (coming * 365.25 / 731), 1.0, delta=0.01)  # without ways that few go
        self.assertIn("Terug naar een eerdere stap", names)  # from help back to the Raad


class Twente(Report):
    """The region with six scenarios, as large as a report for the steering group gets."""

    charts = 500
    test_shows_names_and_notes_as_plain_text = test_writes_every_less_than_sign_in_its_data_so_that_it_cannot_end_it = None
    test_says_everything_in_both_languages = test_tells_the_figures_of_effects_csv = None  # as of the small one
    test_draws_the_flows_of_flows_csv_and_nothing_round_in_a_circle = None

    @classmethod
    def make(cls, work):
        folder = SOURCES / "scenarios/twente"
        scenarios = [folder / (name + ".yaml") for name in ("baseline", "clear-backlog", "norms-met")]
        for name, lever in (("fewer", "arrivals: {stream: meldingen, from: 2024-02-01, change: -10%}"),
                            ("raad", "capacity: {pool: RVDK.onderzoek, from: 2024-02-01, change: +20%, cost: {per_fte_year: 95000}}"),
                            ("sick", "capacity: {pool: VTT.onderzoek, from: 2024-02-01, until: 2024-05-01, change: -20%}")):
            scenarios.append(work / (name + ".yaml"))
            scenarios[-1].write_text(f"format: ketensim/1\nname: {name}\nbase: {folder / 'baseline.yaml'}\ninterventions:\n  - {lever}\n")
        ketensim("compare", *scenarios, "--replications", 4, "--out", work / "out")
        cls.page = work / "out/report.html"

    def test_is_small_enough_for_a_mail(self):
        self.assertLess(self.page.stat().st_size, 5 * 1000 * 1000)


class Changes(Report):
    """What changed between two forecasts, a quarter apart: a page of the same kind, without choices and sorted tables."""

    charts = 10
    test_shows_names_and_notes_as_plain_text = test_sorts_a_table_by_any_column_both_ways = None
    test_is_used_by_keyboard = test_tells_the_figures_of_effects_csv = None
    test_draws_the_flows_of_flows_csv_and_nothing_round_in_a_circle = None

    @classmethod
    def make(cls, work):
        folders = []
        for quarter, start in enumerate(("2024-01-01", "2024-04-01")):
            file = work / "forecast.yaml"
            file.write_text(f'format: ketensim/1\nname: "forecast {NASTY}"\nbase: {MINI}\nreplications: {20 + quarter}\n'
                            f"time: {{start: {start}, end: 2025-01-01, warm_up: 2 years, report: month}}\n")
            folders.append(work / f"quarter-{quarter}")
            ketensim("run", file, "--out", folders[-1])
        ketensim("report", *folders, "--out", work / "out")
        cls.page = work / "out/changes.html"

    def test_tells_what_differs_in_the_files(self):
        self.assertIsNone(self.ask("return window.broken ?? null"))
        cells = self.ask("return [...document.querySelectorAll('.body[lang=en] details td')].map(cell => cell.textContent)")
        self.assertIn("2024-04-01", cells)


if __name__ == "__main__":
    unittest.main()
