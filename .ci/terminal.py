#!/usr/bin/env python3
"""Runs the program on a pseudo terminal and checks what only a terminal shows: views, pager, interrupts, signs of life.

usage: terminal.py [--program target/debug/recension]

Needs a system with pseudo terminals, sh and less, and nothing else. Texts are made up here, in a folder of their own that
is home too. Exits with 1 where a check fails.
"""

import argparse
import fcntl
import os
import pathlib
import pty
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time

failures = []


def hold(fact, what):
    print(("holds   " if fact else "FAILS   ") + what)
    if not fact:
        failures.append(what)


class Place:
    """A folder that is home and current folder, with two texts that differ in a number."""

    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="recension-terminal-"))
        text = "".join(f"{at}. Urges all States to keep {at + 100} posts in the strait;\n\n" for at in range(1, 60))
        (self.root / "a.txt").write_text(text)
        (self.root / "b.txt").write_text(text.replace(" 107 ", " 701 ").replace(" 150 ", " 105 "))

    def run(self, *arguments, columns=80, variables=None, after=None, piped=()):
        """The exit code and what came out of the terminal; `after` is called once with its descriptor, a second in."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        environment = {"HOME": str(self.root), "PATH": os.environ["PATH"], "TERM": "xterm", **(variables or {})}
        sinks = {name: subprocess.DEVNULL for name in piped}

        def lead():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        process = subprocess.Popen(
            [self.program, *arguments], stdin=slave, stdout=sinks.get("stdout", slave), stderr=sinks.get("stderr", slave),
            cwd=self.root, env=environment, preexec_fn=lead,
        )
        os.close(slave)
        out, started = b"", time.monotonic()
        while True:
            ready, _, _ = select.select([master], [], [], 0.1)
            if ready:
                try:
                    piece = os.read(master, 65536)
                except OSError:
                    piece = b""
                if not piece:
                    break
                out += piece
            if after and time.monotonic() - started > 1:
                after(master)
                after = None
            if time.monotonic() - started > 300:
                process.kill()
                raise SystemExit(f"FAILS   {' '.join(arguments)} does not end")
        code = process.wait()
        os.close(master)
        return code, out.decode("utf-8", "replace").replace("\r\n", "\n")

    def script(self, name, text):
        path = self.root / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return str(path)


def views(place):
    diff = ("diff", "a.txt", "b.txt", "--no-pager")
    _, narrow = place.run(*diff)
    hold("[-107-]" in narrow and "@@" not in narrow and " │ " not in narrow, "80 columns: inline")
    hold("\x1b[" in narrow and "\u2068" in narrow, "a terminal gets colour, and edits are isolated")
    _, wide = place.run(*diff, columns=160)
    hold(" │ " in wide, "160 columns: side by side")
    _, asked = place.run(*diff, "--view", "unified", columns=160)
    hold("@@" in asked and " │ " not in asked, "the option goes before the width")
    _, plain = place.run(*diff, variables={"NO_COLOR": "1"})
    hold("\x1b[" not in plain and "[-107-]" in plain, "NO_COLOR: marks alone")
    _, dumb = place.run(*diff, variables={"TERM": "dumb"})
    hold("\x1b[" not in dumb, "a dumb terminal gets no colour")
    longest = max(len(line) for line in plain.splitlines())
    hold(longest <= 80, "no line is longer than the terminal is wide")


def pagers(place):
    diff = ("diff", "a.txt", "b.txt")
    seen = place.root / "seen"
    shower = place.script("shower", f'echo "$1 LESS=$LESS LV=$LV" > {seen}; cat > {seen}.text')

    def shown(variables, *more):
        seen.unlink(missing_ok=True)
        code, out = place.run(*(more or diff), variables=variables)
        return code, out, seen.read_text() if seen.exists() else None

    code, out, by = shown({"RECENSION_PAGER": shower + " own", "PAGER": shower + " usual"})
    hold((code, by) == (1, "own LESS=FRX LV=-c\n"), f"RECENSION_PAGER goes before PAGER, and less is told its habits: {code}, {by}")
    hold("@@" not in (place.root / "seen.text").read_text(), "a pager gets the view of the terminal")
    hold("[-107-]" not in out, "what the pager shows is not printed besides")
    _, _, by = shown({"PAGER": shower + " usual", "LESS": "S"})
    hold(by == "usual LESS=S LV=-c\n", f"PAGER, and LESS as the user has it: {by}")
    (place.root / ".config/recension").mkdir(parents=True, exist_ok=True)
    (place.root / ".config/recension/config.toml").write_text(f'[ui]\npager = "{shower} set"\n')
    _, _, by = shown({"PAGER": shower + " usual"})
    hold((by or "").startswith("set "), f"the user's file goes before PAGER: {by}")
    for name, variables, more in [
        ("--no-pager", {}, (*diff, "--no-pager")),
        ("RECENSION_PAGER=cat", {"RECENSION_PAGER": "cat"}, diff),
        ("RECENSION_PAGER set to nothing", {"RECENSION_PAGER": ""}, diff),
        ("-o FILE", {}, (*diff, "-o", "out.txt")),
        ("--format json", {}, (*diff, "--format", "json")),
        ("a command that prints little", {}, ("config",)),
    ]:
        _, out, by = shown(variables, *more)
        hold(by is None, f"{name}: no pager")
    (place.root / ".config/recension/config.toml").unlink()
    (place.root / ".recension.toml").write_text(f'[ui]\npager = "{shower} project"\n')
    _, out, by = shown({"PAGER": "cat"})
    hold(by is None and "is passed over" in out, "a project file starts no program")
    (place.root / ".recension.toml").unlink()
    for pager in ["/nowhere/at/all", "/nowhere/at/all | cat >&2; exit 127"]:
        code, out, _ = shown({"RECENSION_PAGER": pager})
        hold(code == 1 and "[-107-]" in out, f"a pager that can't start is no error, and the result is printed: {pager}")
    code, out, _ = shown({"RECENSION_PAGER": "head -n 1"}, "show", "a.txt")
    hold(code == 0 and "error" not in out, "who leaves the pager early has read enough")
    code, out, _ = shown({"RECENSION_PAGER": "false"})
    hold(code == 1 and "error" not in out, "the exit code is that of the result")
    code, out, _ = shown({}, "diff", "a.txt", "a.txt")
    hold(code == 0 and "identical" in out, "less ends by itself where one screen is enough")


def interrupts(place):
    kept = place.root / "kept"
    shower = place.script("stubborn", f'trap "echo heard > {kept}" INT; cat > /dev/null; sleep 2; echo end >> {kept}')
    code, _ = place.run(
        "diff", "a.txt", "b.txt", variables={"RECENSION_PAGER": shower}, after=lambda terminal: os.write(terminal, b"\x03")
    )
    said = kept.read_text() if kept.exists() else ""
    hold(code == 1 and said == "heard\nend\n", f"an interrupt is the pager's while it is open: exit {code}, {said!r}")


def life(place, size):
    sentence = "The Assembly urges all States of region {0} to keep {1} posts in the strait of {2} until the review.\n\n"
    text = "".join(sentence.format(at % 977, at, at % 131) for at in range(size))
    (place.root / "long-a.txt").write_text(text)
    (place.root / "long-b.txt").write_text(text.replace(" 977 posts", " 779 posts").replace("region 5 ", "region 6 "))
    long = ("diff", "long-a.txt", "long-b.txt", "--stat", "--no-pager")
    started = time.monotonic()
    _, out = place.run(*long)
    took = time.monotonic() - started
    signs = [what for what in ("reading", "comparing") if f"{what} (" in out]
    hold(bool(signs), f"work of {took:.1f} s shows a sign of life: {', '.join(signs) or 'none'}")
    hold(out.rstrip().splitlines()[-1].find("(") < 0 or "comparing (" not in out.rstrip().splitlines()[-1], "and it is cleared")
    _, out = place.run(*long, "--quiet")
    hold(out == "", "--quiet: none")
    _, out = place.run(*long, piped=("stderr",))
    hold("comparing (" not in out, "standard error elsewhere: none")
    _, out = place.run("diff", "a.txt", "b.txt", "--stat", "--no-pager")
    hold("comparing (" not in out, "what is done at once shows none")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default="target/debug/recension")
    options.add_argument("--clauses", type=int, default=60_000, help="of the texts that take long (%(default)s)")
    said = options.parse_args()
    if not os.access(said.program, os.X_OK):
        sys.exit(f"{said.program} is no program; build it or name it by --program")
    place = Place(said.program)
    try:
        views(place)
        pagers(place)
        interrupts(place)
        life(place, said.clauses)
    finally:
        shutil.rmtree(place.root, ignore_errors=True)
    print(f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
