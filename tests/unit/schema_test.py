"""Every scenario of the repository is valid by the JSON Schema, and what the loader refuses in shape is not."""

import copy
import json
import pathlib
import re
import sys

import jsonschema
import yaml


class Yaml12(yaml.SafeLoader):
    """Reads plain scalars as editors do: true and false alone are booleans, dates are text."""

    yaml_implicit_resolvers = {}


def resolve(tag, pattern, first):
    Yaml12.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)


resolve("null", r"^(~|null|)$", ["~", "n", ""])
resolve("bool", r"^(true|false)$", ["t", "f"])
resolve("int", r"^[-+]?[0-9]+$", list("-+0123456789"))
resolve("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789"))


def with_text_keys(value):
    """As JSON has it."""
    if isinstance(value, dict):
        return {str(key): with_text_keys(inner) for key, inner in value.items()}
    return [with_text_keys(inner) for inner in value] if isinstance(value, list) else value


def read(file):
    return with_text_keys(yaml.load(file.read_text(encoding="utf-8"), Loader=Yaml12))


def put(document, path, value):
    """A copy of the document with one value changed, or taken out where it is `...`."""
    changed = copy.deepcopy(document)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return changed


FAULTS = [  # in mini-chain.yaml
    (["format"], "ketensim/2"),
    (["format"], ...),
    (["time"], ...),
    (["colour"], "red"),
    (["time", "start"], 2024),
    (["time", "calendar"], "nederland"),
    (["time", "warm_up"], 2),
    (["time", "warm_up"], "2 yaers"),
    (["replications"], 0),
    (["seed"], -1),
    (["arrivals", "reports", "rate"], "800"),
    (["arrivals", "reports", "trend"], "3%"),
    (["arrivals", "reports", "month", "juli"], 1),
    (["arrivals", "reports", "children", "none"], 0.1),
    (["arrivals", "reports", "to"], ...),
    (["arrivals", "reports", "rate"], ...),
    (["arrivals", "reports", "recorded"], "arrivals.csv"),
    (["arrivals", "reports", "dispersion"], {"week": 0.1}),
    (["arrivals", "reports", "attributes", "urgency"], {"given": "municipality", "by": {"GM0141": {"crisis": 1}}}),
    (["pools", "VTT.triage"], {}),
    (["pools", "VTT.triage", "fte"], {"2024-13": "many"}),
    (["pools", "triage"], {"slots": 3}),
    (["steps", "VTT.triage", "duration"], ...),
    (["steps", "VTT.triage", "duration"], {"gama": {"mean": "3 days", "cv": 1}}),
    (["steps", "VTT.triage", "duration"], {"exponential": "3 days", "deterministic": "3 days"}),
    (["steps", "VTT.triage", "duration", "lognormal", "cv"], ...),
    (["steps", "VTT.triage", "next"], []),
    (["steps", "VTT.triage", "next", 1, "to", "out"], 1.4),
    (["steps", "VTT.triage", "order"], "urgency"),
    (["steps", "RVDK.research", "while_waiting", 0, "duration"], 1.35),
    (["steps", "GEM.help", "help"], "yes"),
    (["returns", "share"], "118 percent"),
    (["interventions"], [{"hire": {"pool": "VTT.triage"}}]),
    (["interventions"], [{"clear_backlog": {"step": "VTT.triage"}}]),
    (["interventions"], [{"capacity": {"pool": "VTT.triage", "from": "2024-02-01", "change": "20%"}}]),
]

CHANGES = [  # that only a file with a base may make
    {"steps": {"VTT.triage": {"norm": {"wait": "3 days"}}}},
    {"steps": {"VTT.research": {"patience": None}}},
    {"steps": {"VTT.research": {"patience": {"to": "GEM.access"}}}},
    {"pools": {"VTT.triage": {"slots": 20}}, "returns": None},
    {"arrivals": {"reports": {"recorded": "arrivals.csv"}}},
    {"arrivals": {"reports": {"dispersion": {"day": 0.02}}}},
]


def main(folder):
    schema = json.loads((folder / "ketensim.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failed = []

    def expect(valid, document, what):
        problems = [error.message for error in validator.iter_errors(document)]
        if valid != (not problems):
            failed.append(f"{what}: {problems[0] if problems else 'should not be valid'}")

    # A part without a period is told right or wrong by the scenario that stands on it.
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.yaml"))}
    files = [file for file, text in texts.items()
             if "format: ketensim/1" in text and ("\ntime:" in text or "\nbase:" in text)]
    kinds = schema["$defs"]["intervention"]["properties"]
    for file in files:
        document = read(file)
        known = all(kind in kinds for entry in document.get("interventions") or [] for kind in entry)
        expect(known, document, file)
    chain = read(folder / "examples" / "mini-chain.yaml")
    for path, value in FAULTS:
        expect(False, put(chain, path, value), f"mini-chain.yaml with {path} = {value}")
    for change in CHANGES:
        expect(True, {"format": "ketensim/1", "base": "mini-chain.yaml", **change}, f"over a base: {change}")
        expect(False, {"format": "ketensim/1", **change}, f"without a base: {change}")
    print(f"{len(files)} files, {len(FAULTS)} faults, {len(CHANGES)} changes")
    if len(files) < 4:
        failed.append("the examples are missing")
    sys.exit("\n".join(failed) or 0)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
