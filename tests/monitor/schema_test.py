"""The import files of the repository are valid by the JSON Schema, and some that the loader refuses are not."""

import copy
import json
import pathlib
import sys

import jsonschema
import yaml


class Plain(yaml.SafeLoader):
    """Dates and codes are text, as in editors."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":")[-1] in ("null", "merge", "bool")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


FAULTS = [
    (["format"], "ketensim/1"),
    (["colour"], "red"),
    (["snapshot"], "31-12-2023"),
    (["entries"], ["triage"]),
    (["deliveries"], []),
    (["deliveries", 0, "separator"], "#"),
    (["deliveries", 0, "date"], "dd-mm-yy"),
    (["deliveries", 0, "columns", "birthday"], "geboren"),
    (["deliveries", 0, "outcomes", "triage", "rvdk"], "RVDK"),
    (["capacity", 0, "columns"], {"month": "maand"}),
]


def main(folder):
    schema = json.loads((folder / "ketensim-import.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    monitor = yaml.load((folder / "twente" / "monitor.yaml").read_text(encoding="utf-8"), Loader=Plain)
    failed = [error.message for error in validator.iter_errors(monitor)]
    for path, value in FAULTS:
        changed = inner = copy.deepcopy(monitor)
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        if validator.is_valid(changed):
            failed.append(f"should not be valid: {path} = {value}")
    print(f"1 file, {len(FAULTS)} faults")
    sys.exit("\n".join(failed) or 0)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
