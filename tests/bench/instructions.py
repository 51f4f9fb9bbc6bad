#!/usr/bin/python3
"""Counts the instructions of the event loop per event and compares them with the marks in instructions.csv.

Usage: instructions.py PROGRAM SOURCE_DIR [--mark]; --mark prints the marks as they are now instead of comparing.
Noise on the machine cannot touch a count of instructions; another compiler or other options can, so that the marks hold
for the `dev` preset with Debian 12's g++. More than TOLERANCE above a mark is a loss; more than that below it is a gain
that the mark should tell.
"""
import csv
import pathlib
import re
import subprocess
import sys
import tempfile

TOLERANCE = 0.05


def per_event(program, scenario, replications, days):
    """Instructions within Simulator::run, per event."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--toggle-collect=ketensim::Simulator::run*",
             f"--callgrind-out-file={folder}/out", program, scenario, replications, days],
            capture_output=True, text=True, check=True)
    collected = int(re.search(r"Collected : (\d+)", done.stderr).group(1))
    return collected / int(done.stdout)


def main(program, source, *options):
    failed = False
    with open(pathlib.Path(__file__).with_name("instructions.csv"), newline="") as marks:
        for row in csv.DictReader(marks):
            count = per_event(program, str(pathlib.Path(source) / row["scenario"]), row["replications"], row["days"])
            if "--mark" in options:
                print(f"{row['scenario']},{row['replications']},{row['days']},{count:.0f}")
                continue
            mark = float(row["instructions_per_event"])
            good = abs(count / mark - 1) <= TOLERANCE
            failed |= not good
            print(f"{row['scenario']}: {count:.0f} instructions per event, {count / mark - 1:+.1%} from the mark"
                  f"{'' if good else ': more than the tolerance of ' + format(TOLERANCE, '.0%')}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
