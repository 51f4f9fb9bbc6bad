#!/usr/bin/python3
"""Runs the commands of a document as written, in a clean copy of the tree whose build/ is the given build: of README.md,
or of those that are named.

The blocks marked `sh` are run, in order; `sh slow` only with --slow; the two scripts of the first block never: one
installs packages, and the other runs this. Blocks of C++ and CMake must stand in the consumer that is built and run.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SCRIPTS = ("tools/quickstart", "tools/test")


def blocks(text):
    """(line, marker, text) of every fenced block."""
    for match in re.finditer(r"^```(.*)\n((?:.*\n)*?)```$", text, re.MULTILINE):
        yield text.count("\n", 0, match.start()) + 2, match[1].strip(), match[2]


def run(place, commands, folder):
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    begun = time.monotonic()
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=folder, env={**os.environ, "HOME": str(home)},
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace", check=False)
    print(f"{place}: exit status {done.returncode} after {time.monotonic() - begun:.1f} s\n{commands}")
    if done.returncode != 0:
        print(done.stdout)
    return done.returncode == 0


def links(text):
    """The targets of links into the tree."""
    return [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]


def check(name, options, consumer):
    """What is wrong with one document: links that lead nowhere, lines that are in no example, commands that fail."""
    source = options.source.resolve()
    build = pathlib.Path(os.environ.get("KETENSIM_README_BUILD") or options.build).resolve()
    document = source / name
    text = document.read_text(encoding="utf-8")
    wrong, ran = [], 0
    for target in links(text):
        if not (document.parent / target).exists():
            wrong.append(f"{name}: the link to {target} leads nowhere")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "a clone"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(".git", "build", "build-*", "out"))
        (folder / "build").symlink_to(build)
        for line, marker, block in blocks(text):
            place = f"{name}:{line}"
            if marker in ("cpp", "cmake"):
                if block not in consumer:
                    wrong.append(f"{place}: these lines stand nowhere in tests/install/consumer")
            elif marker == "sh" or (marker == "sh slow" and options.slow):
                commands = "".join(one + "\n" for one in block.splitlines() if not one.startswith(SCRIPTS))
                if commands:
                    ran += 1
                    if not run(place, commands, folder):
                        wrong.append(f"{place}: a command failed")
    if not ran:
        wrong.append(f"{name} shows no commands")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("documents", nargs="*", default=["README.md"])
    parser.add_argument("--slow", action="store_true")
    options = parser.parse_args()
    consumer = "".join(path.read_text(encoding="utf-8")
                       for path in sorted((options.source / "tests/install/consumer").iterdir()))
    wrong = [problem for name in options.documents for problem in check(name, options, consumer)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
