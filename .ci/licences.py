"""Checks that every crate the project builds, tests or is built with may be used under a licence of the list.

Reads `cargo metadata` for all features and all platforms: normal, build and development dependencies. A licence is an
SPDX expression; OR needs one side, AND both, and a licence WITH an exception counts as one name.
"""

import json
import re
import subprocess
import sys

ALLOWED = {
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Unicode-3.0",
    "Zlib",
}

# Crates that ship code under another licence than they declare, and why that is accepted.
NOTES = {
    "libgit2-sys": "it ships libgit2, which is GPL-2.0 with a linking exception: see docs/decisions/0007-git2.md",
    "libsqlite3-sys": "it ships SQLite, which is in the public domain: see docs/decisions/0015-search-index.md",
}


class Unreadable(Exception):
    """An expression that follows no rule of SPDX."""


def tokens(expression):
    # Old manifests part alternatives by a slash.
    spaced = re.sub(r"([()])", r" \1 ", expression.replace("/", " OR "))
    return spaced.split()


def refused(expression):
    """The licences that are missing from the list, empty where the expression is satisfied."""
    rest = tokens(expression)

    def peek():
        return rest[0] if rest else None

    def single():
        if not rest:
            raise Unreadable("it ends too early")
        word = rest.pop(0)
        if word == "(":
            inner = alternatives()
            if peek() != ")":
                raise Unreadable("a bracket is not closed")
            rest.pop(0)
            return inner
        if word in (")", "AND", "OR", "WITH"):
            raise Unreadable(f"{word} stands where a licence should")
        if peek() == "WITH":
            rest.pop(0)
            if not rest or rest[0] in ("(", ")", "AND", "OR", "WITH"):
                raise Unreadable("WITH names no exception")
            word = f"{word} WITH {rest.pop(0)}"
        return set() if word in ALLOWED else {word}

    def together():
        found = single()
        while peek() == "AND":
            rest.pop(0)
            found = found | single()
        return found

    def alternatives():
        sides = [together()]
        while peek() == "OR":
            rest.pop(0)
            sides.append(together())
        return set() if any(not side for side in sides) else set().union(*sides)

    found = alternatives()
    if rest:
        raise Unreadable(f"{rest[0]} follows where it should end")
    return found


def metadata():
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    found = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if found.returncode != 0:
        sys.exit("cargo metadata failed; if Cargo.lock is out of date, run cargo check and commit it")
    return json.loads(found.stdout)


def check():
    data = metadata()
    used = {node["id"] for node in data["resolve"]["nodes"]}
    crates = sorted((c for c in data["packages"] if c["id"] in used), key=lambda c: (c["name"], c["version"]))
    faults = []
    for crate in crates:
        name = f"{crate['name']} {crate['version']}"
        licence = crate["license"]
        if licence is None:
            faults.append(f"{name}: it declares no licence expression (licence file: {crate['license_file']})")
            continue
        try:
            missing = refused(licence)
        except Unreadable as error:
            faults.append(f"{name}: {licence!r} can't be read: {error}")
            continue
        if missing:
            faults.append(f"{name}: {licence} needs {', '.join(sorted(missing))}, which is not on the list")
        elif crate["name"] in NOTES:
            print(f"note: {name}: {NOTES[crate['name']]}")
    if faults:
        sys.exit("licences that are not on the list:\n  " + "\n  ".join(faults))
    print(f"{len(crates)} crates, all under licences of the list")


def self_test():
    for expression, missing in [
        ("MIT", []),
        ("MIT OR Apache-2.0", []),
        ("MIT/Apache-2.0", []),
        ("Apache-2.0 / MIT", []),
        ("Unlicense OR MIT", []),
        ("GPL-2.0 OR LGPL-2.1", ["GPL-2.0", "LGPL-2.1"]),
        ("MIT AND GPL-2.0", ["GPL-2.0"]),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", []),
        ("(MIT OR Apache-2.0) AND OpenSSL", ["OpenSSL"]),
        ("MIT OR Apache-2.0 AND OpenSSL", []),
        ("GPL-2.0 OR MIT AND OpenSSL", ["GPL-2.0", "OpenSSL"]),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", []),
        ("Apache-2.0 WITH LLVM-exception", []),
        ("MIT WITH LLVM-exception", ["MIT WITH LLVM-exception"]),
        ("GPL-2.0-only WITH Classpath-exception-2.0", ["GPL-2.0-only WITH Classpath-exception-2.0"]),
        ("mit", ["mit"]),
    ]:
        found = sorted(refused(expression))
        assert found == missing, (expression, found)
    for expression in ["", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0", "OR MIT", "MIT WITH", "WITH x"]:
        try:
            refused(expression)
        except Unreadable:
            continue
        raise AssertionError(f"{expression!r} was read")
    print("the reading of licence expressions holds")


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
    elif not sys.argv[1:]:
        check()
    else:
        sys.exit("usage: licences.py [--self-test]")
