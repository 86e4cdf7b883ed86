"""Checks the minimum Rust version of Cargo.toml.

`declared`: no crate that the library or the program is built from (normal and build dependencies, all features, all
platforms) asks for a newer Rust than the project does.

`build`: where rustup has the toolchain of that version, the project is built with it. Where it has not, the lint
clippy::incompatible_msrv, which Cargo.toml switches on, has looked at every use of the standard library already. What
was done is printed.
"""

import re
import shutil
import subprocess
import sys

# No bytecode beside the scripts.
sys.dont_write_bytecode = True

from licences import metadata  # noqa: E402


def version(text):
    """`1.88` and `1.88.0` are the same version."""
    numbers = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
    if numbers is None:
        sys.exit(f"{text!r} is no version")
    return tuple(int(number or 0) for number in numbers.groups())


def built_from(data):
    """The crates reached from the project by normal and build dependencies."""
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]
    seen, waiting = {root}, [root]
    while waiting:
        for needed in nodes[waiting.pop()]["deps"]:
            kinds = {kind["kind"] for kind in needed["dep_kinds"]}
            if kinds & {None, "build"} and needed["pkg"] not in seen:
                seen.add(needed["pkg"])
                waiting.append(needed["pkg"])
    crates = [crate for crate in data["packages"] if crate["id"] in seen]
    project = next(crate for crate in crates if crate["id"] == root)
    return project, sorted(crates, key=lambda crate: (crate["name"], crate["version"]))


def promised(project):
    if project["rust_version"] is None:
        sys.exit("Cargo.toml declares no rust-version")
    return project["rust_version"]


def declared():
    project, crates = built_from(metadata())
    promise = promised(project)
    asked = [crate for crate in crates if crate["rust_version"]]
    above = [crate for crate in asked if version(crate["rust_version"]) > version(promise)]
    if above:
        lines = [f"{crate['name']} {crate['version']} needs Rust {crate['rust_version']}" for crate in above]
        sys.exit(f"Cargo.toml promises Rust {promise}, but:\n  " + "\n  ".join(lines))
    silent = len(crates) - len(asked)
    print(f"{len(crates)} crates, none needs more than Rust {promise}; {silent} declare no version")


def toolchain(promise, listed):
    """The installed toolchain of the promised version, any patch release of it."""
    major, minor, patch = version(promise)
    for line in listed.splitlines():
        name = line.split()[0] if line.split() else ""
        numbers = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?(?:-|$)", name)
        if numbers is None:
            continue
        found = (int(numbers[1]), int(numbers[2]), int(numbers[3] or 0))
        if found[:2] == (major, minor) and (numbers[3] is None or found[2] >= patch):
            return name
    return None


def build():
    project, _ = built_from(metadata())
    promise = promised(project)
    name = None
    if shutil.which("rustup"):
        listed = subprocess.run(["rustup", "toolchain", "list"], stdout=subprocess.PIPE, text=True, check=False)
        name = toolchain(promise, listed.stdout)
    if name is None:
        print(f"no toolchain of Rust {promise} is installed: the build with it was left out.")
        print("clippy::incompatible_msrv has looked at the uses of the standard library; syntax was not tried.")
        print(f"To try all of it: rustup toolchain install {promise} --profile minimal, then run this again.")
        return
    print(f"building with {name}")
    # A folder of its own, so that the lock of the other builds and their results stay as they are.
    command = ["cargo", f"+{name}", "check", "--locked", "--all-features", "--target-dir", "target/msrv"]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"the project does not build with Rust {promise}")
    print(f"the project builds with Rust {promise}")


def self_test():
    assert version("1.88") == version("1.88.0") < version("1.88.1") < version("1.100")
    listed = "stable-x86_64-unknown-linux-gnu (active, default)\n1.8.0-x86_64-unknown-linux-gnu\n1.88.0-x86_64-unknown-linux-gnu\n"
    assert toolchain("1.88", listed) == "1.88.0-x86_64-unknown-linux-gnu"
    assert toolchain("1.88.1", listed) is None
    assert toolchain("1.89", listed) is None
    assert toolchain("1.88", "1.88-x86_64-apple-darwin (default)\n") == "1.88-x86_64-apple-darwin"
    assert toolchain("1.88", "no installed toolchains\n") is None
    data = {
        "packages": [
            {"id": "root", "name": "root", "version": "1.0.0", "rust_version": "1.88"},
            {"id": "a", "name": "a", "version": "1.0.0", "rust_version": "1.90"},
            {"id": "b", "name": "b", "version": "1.0.0", "rust_version": "1.91"},
            {"id": "c", "name": "c", "version": "1.0.0", "rust_version": None},
        ],
        "resolve": {
            "root": "root",
            "nodes": [
                {"id": "root", "deps": [{"pkg": "a", "dep_kinds": [{"kind": "build"}]}, {"pkg": "b", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "a", "deps": [{"pkg": "c", "dep_kinds": [{"kind": None}]}]},
                {"id": "b", "deps": []},
                {"id": "c", "deps": []},
            ],
        },
    }
    project, crates = built_from(data)
    assert project["id"] == "root" and [crate["id"] for crate in crates] == ["a", "c", "root"]
    print("the reading of versions and toolchains holds")


if __name__ == "__main__":
    jobs = {"--self-test": self_test, "declared": declared, "build": build}
    if len(sys.argv) != 2 or sys.argv[1] not in jobs:
        sys.exit("usage: msrv.py declared|build|--self-test")
    jobs[sys.argv[1]]()
