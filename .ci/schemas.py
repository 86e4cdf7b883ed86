"""Checks what the program prints for machines against the schemas of those who defined the formats.

usage: schemas.py RECENSION FOLDER

RECENSION is the built program. FOLDER holds the schemas of others, which are no part of the project and are taken from
packages that carry them:

    npm pack @microsoft/jest-sarif      package/lib/schemas/sarif-2.1.0-rtm.5.json   (MIT)
    pip download --no-deps --no-binary :all: pytest
                                        testing/example_scripts/junit-10.xsd         (MIT, of Jenkins' xUnit plugin)

Needs lxml and jsonschema: `python3 -m venv .venv && .venv/bin/pip install lxml jsonschema`. Where cmarkgfm is
installed too, Markdown is rendered as GitHub renders it, and only elements that we write may come out.

Runs every pair of versions of each work in the sample corpus and the audit of it, and a pair of hostile texts, through each format.
The schemas of our own documents are checked by `cargo test --test formats`; here they are checked to be schemas.
Ends with 1 where an output fails, and with 2 where the check can't be made.
"""

import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
    from lxml import etree
except ImportError as error:
    sys.stderr.write(f"{error}: python3 -m venv .venv && .venv/bin/pip install lxml jsonschema\n")
    sys.exit(2)

try:
    import cmarkgfm
except ImportError:
    cmarkgfm = None

ROOT = pathlib.Path(__file__).resolve().parent.parent

PLAIN = "The Assembly,\n\n1. Urges all States to keep 150 posts in the northern strait;\n\n2. Decides to remain seized.\n"
HOSTILE = (
    "x | y `code` *b* ~~s~~ [l](https://e.org) <script>alert(1)</script> <!-- @admin #12 --> ]]> & % ::error::x "
    "\u202e\u200b\x01\ufffe www.e.org a@e.org http://e.org 中文“引”文 \\"
)

# What our Markdown may become.
ELEMENTS = {
    "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "b", "blockquote", "ul", "li", "del",
    "strong", "code", "span",
}


# GitLab's documentation of Code Quality reports names these fields as required; it publishes no schema.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer"}}},
                },
            },
        },
    },
}

COMMAND = re.compile(r"::(error|warning|notice) (?:[a-z]+=[^,:\n]*,)*[a-z]+=[^,:\n]*::[^\n]*")


class Checks:
    def __init__(self, program, folder):
        self.program = program
        sarif = json.loads((folder / "sarif-2.1.0-rtm.5.json").read_text())
        self.sarif = jsonschema.validators.validator_for(sarif)(sarif)
        self.gitlab = jsonschema.Draft202012Validator(GITLAB)
        self.junit = etree.XMLSchema(etree.parse(str(folder / "junit-10.xsd")))
        self.outputs = 0
        self.faults = []

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, cwd=ROOT)
        if done.returncode == 2:
            raise RuntimeError(f"{arguments}: {done.stderr.decode()}")
        return done.stdout.decode()

    def all_formats(self, *arguments):
        for name, check in [
            ("sarif", lambda text: [error.message for error in self.sarif.iter_errors(json.loads(text))]),
            ("gitlab", lambda text: [error.message for error in self.gitlab.iter_errors(json.loads(text))]),
            ("junit", self.junit_faults),
            ("github", lambda text: [line for line in text.splitlines() if not COMMAND.fullmatch(line)]),
            ("markdown", markdown_faults),
        ]:
            self.outputs += 1
            found = check(self.run(*arguments, "--format", name))
            self.faults += [f"{name} of {' '.join(arguments)}: {fault}" for fault in found[:3]]

    def junit_faults(self, text):
        document = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        return [] if self.junit.validate(document) else [str(error) for error in self.junit.error_log]


def markdown_faults(text):
    faults = [] if len(text) <= 65_536 else ["longer than a comment"]
    if cmarkgfm is None:
        return faults
    options = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=options)
    found = set(re.findall(r"<([a-z][a-z0-9]*)", html))
    faults += [f"it renders a <{name}>" for name in sorted(found - ELEMENTS)]
    # Marks that did not become elements stand in the rendered text, outside what the sources say.
    faults += ["a mark stayed a mark" for _ in re.findall(r"\u2068(?:~~|\*\*)(?!\*)[^\u2069*~]*(?:~~|\*\*)\u2069", html)]
    return faults


def main(arguments):
    if len(arguments) != 2:
        sys.stderr.write("usage: schemas.py RECENSION FOLDER\n")
        return 2
    try:
        checks = Checks(str(pathlib.Path(arguments[0]).resolve()), pathlib.Path(arguments[1]))
        for path in sorted((ROOT / "schemas").glob("*.json")):
            jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))
        versions = json.loads(checks.run("list", "--corpus", "corpus", "--format", "json"))["versions"]
        key = lambda version: version["work"]
        for _, members in itertools.groupby(sorted(versions, key=key), key):
            for before, after in itertools.permutations([version["ref"] for version in members], 2):
                checks.all_formats("diff", before, after, "--corpus", "corpus", "--min-tier", "invisible", "--quiet", "-o", "-")
        checks.all_formats("audit", "--corpus", "corpus")
        with tempfile.TemporaryDirectory() as folder:
            first, second = pathlib.Path(folder, "a: b.txt"), pathlib.Path(folder, "c,d.txt")
            first.write_text(PLAIN)
            second.write_text(PLAIN.replace("northern strait", HOSTILE))
            checks.all_formats("diff", str(first), str(second))
            checks.all_formats("diff", str(second), str(first))
            checks.all_formats("audit", str(first), str(second))
    except (OSError, RuntimeError, etree.XMLSyntaxError, json.JSONDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for fault in checks.faults:
        print(fault)
    rendered = "rendered" if cmarkgfm else "not rendered: cmarkgfm is missing"
    print(f"{checks.outputs} outputs, {len(checks.faults)} faults; Markdown {rendered}")
    return 1 if checks.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
