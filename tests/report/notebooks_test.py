"""Every notebook runs, and shows what it says: python3 notebooks_test.py KETENSIM SOURCES."""
import base64
import datetime
import heapq
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

import nbformat
from nbclient import NotebookClient

KETENSIM, SOURCES = sys.argv[1], pathlib.Path(sys.argv[2])
del sys.argv[1:3]
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else the kernel warns of itself
EXAMPLES = SOURCES / "scenarios/examples"


def shades_of(png):
    """How many different pixels a picture of 8 bits a channel has, up to how its rows are filtered."""
    data, at, kind = b"", 8, b""
    while kind != b"IEND":
        size, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IDAT":
            data += png[at + 8:at + 8 + size]
        at += 12 + size
    pixels = zlib.decompress(data)
    return len({pixels[i:i + 4] for i in range(1, len(pixels) - 4, 4)})


def deliveries():
    """Four years of one desk with sixty slots, that is a little dirty as deliveries are."""
    chance = random.Random(8)
    day, rows, free = 0.0, ["child,received,started,ended"], [0.0] * 60
    date = lambda moment: (datetime.date(2020, 1, 1) + datetime.timedelta(days=int(moment))).isoformat()
    while day < 4 * 365:
        day += chance.expovariate(3.0)
        start = max(day, heapq.heappop(free))
        end = start + chance.gammavariate(2.0, 9.5)
        heapq.heappush(free, end)
        began, ended = (date(moment) if moment < 4 * 365 else "" for moment in (start, end))
        row = f"c{len(rows)},{date(day)},{'' if len(rows) % 150 == 0 and ended else began},{ended}"
        rows += [row, row] if len(rows) % 200 == 0 else [row]
    return "\n".join(rows) + "\n"


class Notebooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        (cls.work / "desk.csv").write_text(deliveries())
        (cls.work / "desk.yaml").write_text(
            "format: ketensim-import/1\nname: Desk\ncalendar: continuous\norganisations: {A: {name: Desk}}\ndeliveries:\n"
            "  - {file: desk.csv, organisation: A, step: serve, columns: {child: child, received: received, "
            "started: started, ended: ended}}\n")
        monitor = [cls.work / "desk.yaml", "--data", cls.work, "--quiet"]
        cls.make("FIRST", "run", EXAMPLES / "mini-chain.yaml", "--replications", 10, "--quiet")
        cls.make("COMPARED", "compare", EXAMPLES / "mini-chain.yaml", EXAMPLES / "mini-clear-backlog.yaml",
                 "--replications", 10, "--quiet")
        cls.make("CALIBRATED", "calibrate", *monitor, "--draws", 20)
        cls.make("BACKTEST", "backtest", *monitor, "--origins", 2, "--quarters", 2, "--replications", 5, "--draws", 0)

    @classmethod
    def make(cls, name, *arguments):
        out = cls.work / name.lower()
        subprocess.run([KETENSIM, *map(str, arguments), "--out", out], check=True)
        os.environ["KETENSIM_" + name] = str(out)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def executed(self, name):
        """The outputs of a notebook, after running it as it stands."""
        notebook = nbformat.read(SOURCES / "notebooks" / (name + ".ipynb"), as_version=4)
        self.assertTrue(all(not cell.get("outputs") for cell in notebook.cells), "outputs are not kept")
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(self.work)}}).execute()
        return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]

    def check(self, name, pictures, tables):
        outputs = self.executed(name)
        shown = [output.data for output in outputs if "data" in output]
        drawn = [base64.b64decode(data["image/png"]) for data in shown if "image/png" in data]
        self.assertEqual(len(drawn), pictures)
        for png in drawn:
            self.assertGreater(shades_of(png), 50)
        rows = [data["text/html"].count("<tr") for data in shown if "text/html" in data]
        self.assertEqual(len(rows), tables)
        for count in rows:
            self.assertGreater(count, 3)
        self.assertEqual([output for output in outputs if output.get("name") == "stderr"], [])

    def test_first_run(self):
        self.check("01-first-run", pictures=1, tables=1)

    def test_compare_scenarios(self):
        self.check("02-compare-scenarios", pictures=1, tables=2)

    def test_look_into_calibration(self):
        self.check("03-look-into-calibration", pictures=2, tables=1)

    def test_backtest(self):
        self.check("04-backtest", pictures=1, tables=1)


if __name__ == "__main__":
    unittest.main()
