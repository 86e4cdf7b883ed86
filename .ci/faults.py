"""Proves that a corpus survives what goes wrong around it.

Kills: `recension add` and `recension import` are killed (SIGKILL) after random delays, half of them in a work tree, half
in a bare repository. With strace at hand they are also killed at each single call to the system that changes files
(--steps). After each kill git finds its objects sound, the branch has each commit whole or not at all, `status` tells
what was left, the next `add` works at once, and then work tree, index and commit agree byte for byte.

Cases: faults without a kill (full disk, missing identity, foreign locks, damage, hostile names, ...). Each ends in one
error that names the place and the mending, with nothing lost and nothing half-written. A case that this machine can't
make is skipped, and said to be.

Exit code 1 on any breach; each is told with the seed and the call that made it.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

NOBODY = 65534
# A call that waits for nothing and nobody ends in this many seconds, with room for a busy machine.
AT_ONCE = 5.0
# A call that takes this many seconds hangs: locks are given up after ten.
HANGS = 30
# Calls to the system that change files.
# A file that was opened anew and not yet written is met at the first write.
CHANGING = ["write", "rename", "link", "linkat", "unlink", "unlinkat", "mkdir", "rmdir", "fsync"]
MOST_STEPS = 300
GIT_CORRUPTION = re.compile(r"missing|corrupt|error|fatal|broken|bad ")


class Breach(Exception):
    """Something that a corpus must not do or be."""


def hold(condition, message):
    if not condition:
        raise Breach(message)


class Place:
    """A throw-away folder with a home of its own, so that no setting of the machine counts."""

    def __init__(self, program):
        self.root = Path(tempfile.mkdtemp(prefix="recension-"))
        self.root.chmod(0o755)
        self.program = str(Path(program).resolve())
        home = self.root / "home"
        home.mkdir()
        (home / ".gitconfig").write_text(
            "[user]\n\tname = A Clerk\n\temail = clerk@example.org\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n"
            "[advice]\n\tdetachedHead = false\n"
        )
        self.env = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1"}

    def run(self, *command, cwd=None, env=None, **more):
        try:
            return subprocess.run(
                [str(word) for word in command], cwd=cwd or self.root, env={**self.env, **(env or {})}, text=True,
                errors="surrogateescape", stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                timeout=HANGS, **more,
            )
        except subprocess.TimeoutExpired:
            raise Breach(f"hangs, ended after {HANGS} s: {' '.join(map(str, command))}") from None

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def begin(self, name, bare=False):
        """A new corpus, begun as a user begins one."""
        made = self.run(self.program, "init", *(["--bare"] if bare else []), name)
        hold(made.returncode == 0, f"init fails: {made.stderr}")
        return Corpus(self, self.root / name, bare)


class Corpus:
    def __init__(self, place, folder, bare):
        self.place, self.folder, self.bare = place, folder, bare
        self.state = folder if bare else folder / ".git"

    def git(self, *words, may_fail=False, **more):
        done = self.place.run("git", "-C", self.folder, *words, **more)
        hold(may_fail or done.returncode == 0, f"git {' '.join(map(str, words))} fails: {done.stderr.strip()}")
        return done.stdout

    def command(self, *words):
        return [self.place.program, "--corpus", str(self.folder), *map(str, words)]

    def recension(self, *words, **more):
        return self.place.run(*self.command(*words), **more)

    def json(self, *words, **more):
        done = self.recension(*words, "--format", "json", **more)
        hold(done.stdout.startswith("{"), f"{words[0]} --format json prints no JSON, exit code {done.returncode}: {done.stderr}")
        return done.returncode, json.loads(done.stdout)

    def add(self, file, work, issued="2031-01-01", **more):
        return self.recension("add", file, "--work", work, "--lang", "en", "--issued", issued, **more)

    def must_add(self, file, work, issued="2031-01-01"):
        done = self.add(file, work, issued)
        hold(done.returncode == 0, f"add of a plain file fails, exit code {done.returncode}: {done.stderr}")

    def head(self):
        return self.git("rev-parse", "HEAD", may_fail=True).strip()

    def committed(self):
        """Every file of HEAD with the name that git has for its bytes."""
        entries = self.git("ls-tree", "-r", "-z", "HEAD").split("\0")[:-1]
        return {path: meta.split()[2] for meta, path in (entry.split("\t", 1) for entry in entries)}

    def on_disk(self):
        """Every file of the work tree with the name that git would have for its bytes."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder)
            if inside.parts[0] != ".git" and (path.is_symlink() or not path.is_dir()):
                found[str(inside)] = blob(path.read_bytes())
        return found

    def shape(self):
        """All that a refused call must leave as it was."""
        staged = "" if self.bare else self.git("--no-optional-locks", "status", "--porcelain", may_fail=True)
        return self.head(), {} if self.bare else self.on_disk(), staged

    def sound_objects(self):
        # Objects that no commit names are of no harm; any other word of git's is.
        done = self.place.run("git", "-C", self.folder, "fsck", "--full", "--no-dangling", "--no-progress")
        said = [line for line in (done.stdout + done.stderr).splitlines() if GIT_CORRUPTION.search(line)]
        hold(done.returncode == 0 and not said, f"git fsck, exit code {done.returncode}: {(done.stdout + done.stderr).strip()}")

    def agrees(self):
        """Commit, index and work tree are one, `verify` and `status` find nothing."""
        if not self.bare:
            left = self.git("status", "--porcelain")
            hold(not left, f"git status is not empty:\n{left.rstrip()}")
            committed, on_disk = self.committed(), self.on_disk()
            differing = [path for path in committed.keys() | on_disk.keys() if committed.get(path) != on_disk.get(path)]
            hold(not differing, f"the work tree differs from HEAD: {sorted(differing)[:5]}")
        code, found = self.json("verify")
        hold(code == 0 and found["holds"], f"verify, exit code {code}: {found['faults'][:3]}")
        code, found = self.json("status")
        hold(code == 0 and found["sound"] and not found["interrupted"], f"status, exit code {code}: {found}")


def blob(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def letter(number, paragraphs=3):
    """A fictional letter that no other number gives."""
    body = "".join(f"{n + 1}. The Committee of Freedonia met {number * 7 + n} times.\n\n" for n in range(paragraphs))
    return f"Letter of the Committee of Freedonia\n\n{body}It adjourned.\n"


# --- kills -----------------------------------------------------------------------------------------------------------


class Kills:
    """Kills calls that write to one corpus, and looks at it after each."""

    def __init__(self, place, rng, bare):
        self.place, self.rng, self.bare = place, rng, bare
        self.corpus = place.begin("kills.git" if bare else "kills", bare)
        self.number = 0
        self.before = self.after = self.unhurt = self.settled = 0
        self.usual = {}

    def call(self, kind):
        """A call of a kind on new files: its words, and the versions it adds."""
        self.number += 1
        stem = f"in-{'bare' if self.bare else 'tree'}/{self.number}"
        if kind == "add":
            file = self.place.write(f"{stem}.txt", letter(self.number, 40))
            # Every second one joins a work that is there.
            work, issued = (f"kill/{self.number}", "2031-01-01") if self.number % 2 else ("kill/series", day(self.number))
            return ["add", file, "--work", work, "--lang", "en", "--issued", issued], 1
        many = 8 if kind == "add many" else 40
        rows = ["path,work,lang,issued"]
        files = []
        for at in range(many):
            files.append(self.place.write(f"{stem}/{at}.txt", letter(self.number * 1000 + at, 20)))
            rows.append(f"{at}.txt,kill/{self.number}/{at % 5},en,{day(at)}")
        if kind == "add many":
            for at, file in enumerate(files):
                Path(f"{file}.toml").write_text(f'work = "kill/{self.number}/{at % 3}"\nlang = "en"\nissued = "{day(at)}"\n')
            return ["add", *files], many
        return ["import", self.place.write(f"{stem}/list.csv", "\n".join(rows) + "\n")], many

    def measure(self, kinds):
        for kind in kinds:
            times = []
            for _ in range(3):
                words, _ = self.call(kind)
                start = time.monotonic()
                done = self.corpus.recension(*words)
                times.append(time.monotonic() - start)
                hold(done.returncode == 0, f"{kind} fails without a kill: {done.stderr}")
            self.usual[kind] = sorted(times)[len(times) // 2]
        self.corpus.agrees()

    def by_time(self, kind):
        # Half of the kills go to the second half of a call, where it writes.
        delay = self.rng.uniform(self.rng.choice((0, 0.5)), 1.15) * self.usual[kind]
        words, many = self.call(kind)
        head = self.corpus.head()
        process = subprocess.Popen(
            self.corpus.command(*words), cwd=self.place.root, env=self.place.env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.kill()
        killed = process.wait() == -signal.SIGKILL
        self.look(f"{kind} killed after {delay * 1000:.2f} ms", words, many, head, killed)

    def by_step(self, kind, name, nth):
        """Kills a call at the nth call to the system of a name. False where it makes fewer of them."""
        words, many = self.call(kind)
        head = self.corpus.head()
        inject = f"inject={name}:signal=KILL:when={nth}"
        done = self.place.run("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject, *self.corpus.command(*words))
        killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        hold(killed or done.returncode == 0, f"strace, exit code {done.returncode}: {done.stderr}")
        self.look(f"{kind} killed at {name} {nth}", words, many, head, killed)
        return killed

    def look(self, what, words, many, head, killed):
        where = f"{'bare' if self.bare else 'work tree'}: {what}: recension {' '.join(map(str, words))[:200]}"
        try:
            moved = self.whole(head, many, killed)
            self.corpus.sound_objects()
            left = self.told()
            self.goes_on(words)
        except Breach as breach:
            # The next kill starts from a corpus that holds.
            self.corpus.recension("verify", "--repair")
            raise Breach(f"{where}\n    {breach}") from None
        self.unhurt += not killed
        self.before += killed and not moved
        self.after += killed and moved
        self.settled += left

    def whole(self, head, many, killed):
        """Whether the branch has the commit; it is whole then."""
        commits = self.corpus.git("rev-list", f"{head}..HEAD").split()
        hold(len(commits) <= 1, f"{len(commits)} commits of one call")
        hold(commits or killed, "the call ended by itself and committed nothing")
        if not commits:
            hold(self.corpus.head() == head, "the branch went back")
            return False
        hold(self.corpus.git("rev-parse", "HEAD^").strip() == head, "the commit does not follow the one before")
        changed = self.corpus.git("diff-tree", "-r", "--name-status", "--no-renames", head, "HEAD").splitlines()
        hold(all(line.startswith("A\t") for line in changed), f"a commit does more than add: {changed[:5]}")
        for file in ("version.toml", "source.txt", "text.txt"):
            found = sum(line.endswith(f"/{file}") for line in changed)
            hold(found == many, f"the commit has {found} of {many} {file}")
        return True

    def told(self):
        """Whether something was left; `status` says so then, and a work tree that differs is explained."""
        code, found = self.corpus.json("status")
        hold(code in (0, 1), f"status, exit code {code}")
        hold(code == (0 if found["sound"] else 1), f"status, exit code {code}, says sound: {found['sound']}")
        differs = not self.corpus.bare and (
            self.corpus.git("--no-optional-locks", "status", "--porcelain") or self.corpus.on_disk() != self.corpus.committed()
        )
        hold(not differs or found["interrupted"], f"the work tree differs from HEAD and status tells no interruption:\n{differs}")
        if found["interrupted"]:
            said = self.corpus.recension("status")
            hold("interrupted" in said.stdout and "--repair" in said.stdout, f"status does not explain: {said.stdout}")
        return found["interrupted"]

    def goes_on(self, words):
        """The next call works at once and settles everything; the one that was killed can be made again."""
        self.number += 1
        file = self.place.write(f"next-{self.bare}/{self.number}.txt", letter(self.number))
        start = time.monotonic()
        self.corpus.must_add(file, f"next/{self.number}")
        took = time.monotonic() - start
        hold(took < AT_ONCE, f"the next add waits {took:.1f} s")
        self.corpus.agrees()
        again = self.corpus.recension(*words)
        hold(again.returncode == 0, f"the same call made again, exit code {again.returncode}: {again.stderr}")
        if not self.bare:
            hold(not self.corpus.git("status", "--porcelain"), "git status is not empty after the same call made again")
            hold(self.corpus.on_disk() == self.corpus.committed(), "the work tree differs from HEAD after the same call made again")


def day(number):
    return f"{1800 + number // 300}-{1 + number % 12:02}-{1 + number // 12 % 25:02}"


def kills(program, rng, many, steps, breaches):
    kinds = ["add", "add", "add many", "import"]
    for bare in (False, True):
        place = Place(program)
        try:
            run = Kills(place, rng, bare)
            run.measure(set(kinds))
            for at in range((many + bare) // 2):
                record(breaches, lambda kind=kinds[at % len(kinds)]: run.by_time(kind))
            stepped = by_steps(run, breaches) if steps and shutil.which("strace") else 0
            usual = ", ".join(f"{kind} {seconds * 1000:.0f} ms" for kind, seconds in sorted(run.usual.items()))
            print(
                f"{'bare' if bare else 'work tree'}: {run.before} killed before the commit, {run.after} after it, "
                f"{run.unhurt} ended first, {stepped} of all at a step; {run.settled} left something to settle (usual time: {usual})",
                flush=True,
            )
        finally:
            shutil.rmtree(place.root, ignore_errors=True)
    if steps and not shutil.which("strace"):
        print("steps: skipped, no strace")


def by_steps(run, breaches):
    done = 0
    for name in CHANGING:
        for nth in range(1, MOST_STEPS):
            if record(breaches, lambda: run.by_step("add", name, nth)) is False:
                break
            done += 1
    return done


def record(breaches, act):
    """What the act returns; its breach is told and counted."""
    try:
        return act()
    except Breach as breach:
        breaches.append(str(breach))
        print(f"BREACH {breach}", flush=True)
        return None


# --- cases -----------------------------------------------------------------------------------------------------------


class Skipped(Exception):
    """This machine can't make the case."""


def refused(done, *words, code=2):
    """A call that did not do its work: an exit code, one error that names the place, a hint, and nothing else."""
    hold("panicked" not in done.stderr, f"panic: {done.stderr}")
    hold(done.returncode == code, f"exit code {done.returncode} instead of {code}: {done.stdout}{done.stderr}")
    errors = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    hold(len(errors) == 1, f"{len(errors)} errors instead of one: {done.stderr!r}")
    for word in words:
        hold(str(word) in done.stderr, f"the error does not name {str(word)!r}: {done.stderr!r}")
    hold("hint:" in done.stderr, f"no word on how to mend it: {done.stderr!r}")
    harmless(done)


def harmless(done):
    """What is printed can't play tricks with a terminal or a reader."""
    for text in (done.stdout, done.stderr):
        found = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
        hold(not found, f"a control character is printed raw: {text!r}")


def with_two(place, name="corpus", bare=False):
    """A corpus with two versions of one work."""
    corpus = place.begin(name, bare)
    corpus.must_add(place.write("one.txt", letter(1)), "a/letter", "2031-01-01")
    corpus.must_add(place.write("two.txt", letter(2)), "a/letter", "2031-02-02")
    return corpus


def case_read_only_folder(place, show):
    """The folder `works`, or git's folder of objects, can't be written to."""
    corpus = with_two(place)
    files = [place.write(f"new-{n}.txt", letter(20 + n)) for n in range(9)]
    as_whom = {}
    if os.geteuid() == 0:
        # Nothing is read-only to root: the call is made by somebody else, who owns all of it.
        as_whom = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        for path in [place.root, *place.root.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
        place.run("git", "config", "--global", "--add", "safe.directory", "*")
    needed_by = {
        "works/a/letter/en": "a/letter", "works": "b/other", ".git/objects": "b/third", ".git/refs/heads": "b/fourth",
        ".git/recension": "b/fifth",
    }
    for closed, work in needed_by.items():
        path = corpus.folder / closed
        mode = path.stat().st_mode
        before = corpus.shape()
        path.chmod(0o555)
        try:
            done = corpus.add(files.pop(), work, "2031-05-05", **as_whom)
            show(closed, done)
            refused(done, closed)
            hold("ermission denied" in done.stderr, f"{closed}: the error does not say that writing is not permitted: {done.stderr!r}")
            hold(corpus.shape() == before, f"{closed}: a refused add left something")
        finally:
            path.chmod(mode)
    for path in [place.root, *place.root.rglob("*")]:
        os.chown(path, os.geteuid(), os.getegid(), follow_symlinks=False)
    corpus.sound_objects()
    corpus.must_add(files.pop(), "a/letter", "2031-05-05")
    corpus.agrees()


def case_full_disk(place, show):
    """The disk is full at some point of an add or an import; with room again, the next call works."""
    if os.geteuid() != 0:
        raise Skipped("mounting a small disk needs root")
    disk = place.root / "disk"
    disk.mkdir()
    if place.run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk).returncode != 0:
        raise Skipped("no small disk can be mounted here")
    breaches = {}
    try:
        for bare in (False, True):
            corpus = with_two(place, "disk/bare" if bare else "disk/tree", bare)
            texts = [place.write(f"texts/{n}.txt", letter(n, 300)) for n in range(20)]
            ballast = disk / "ballast"
            failed = 0
            # From no room at all to a little more than is needed, so that each step of the call meets the end once.
            for room in (0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256, 384):
                before = corpus.shape()
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
                ballast.write_bytes(b"x" * max(0, free - room * 1024))
                words = [texts[0], "--work", f"disk/{room}", "--lang", "en"]
                kind = ["add"] if room % 8 == 0 else ["import"]
                if kind == ["import"]:
                    rows = "".join(f"texts/{n}.txt,{day(n)}\n" for n in range(20))
                    words[0] = place.write(f"list-{room}.csv", f"path,issued\n{rows}")
                done = corpus.recension(*kind, *words)
                if done.returncode != 0:
                    failed += 1
                    show(f"{kind[0]}, room for {room} KiB, {'bare' if bare else 'work tree'}", done)
                    what = f"{kind[0]} with {room} KiB left, {'bare' if bare else 'work tree'}"
                    try:
                        refused(done, disk)
                        hold("o space left" in done.stderr or "full" in done.stderr, f"the error does not say that the disk is full: {done.stderr!r}")
                        hold(corpus.head() == before[0], "a refused call moved the branch")
                        code, found = corpus.json("status")
                        hold(corpus.shape() == before or found["interrupted"], "a refused call left something that status does not explain")
                    except Breach as breach:
                        breaches.setdefault(str(breach).replace("disk/bare", "disk/tree"), what)
                ballast.unlink()
                corpus.must_add(place.write("after.txt", letter(5000 + room)), f"after/{room}")
                corpus.agrees()
                corpus.sound_objects()
            hold(failed > 1, "the disk was never full")
            shutil.rmtree(corpus.folder)
    finally:
        place.run("umount", disk)
    hold(not breaches, "; ".join(f"{what}: {breach}" for breach, what in breaches.items()))


def case_missing_identity(place, show):
    """git knows no author."""
    for bare in (False, True):
        corpus = with_two(place, f"corpus-{bare}", bare)
        before = corpus.shape()
        (place.root / "nobody").mkdir(exist_ok=True)
        done = corpus.add(place.write("new.txt", letter(9)), "a/new", env={"HOME": str(place.root / "nobody")})
        show("add", done)
        refused(done, "git config", "user.name", "user.email")
        hold(corpus.shape() == before, "a refused add left something")
        corpus.must_add(place.root / "new.txt", "a/new")
        corpus.agrees()


def case_dirty_work_tree(place, show):
    """What a user has changed, staged, removed or left untracked elsewhere is as it was after an add."""
    corpus = with_two(place)
    for name in ("notes.txt", "staged.txt", "both.txt", "gone.txt", "renamed.txt"):
        (corpus.folder / name).write_text(f"{name}, first\n" * 3)
    corpus.git("add", ".")
    corpus.git("commit", "-qm", "Notes")
    (corpus.folder / "notes.txt").write_text("changed\n")
    (corpus.folder / "staged.txt").write_text("changed and staged\n")
    (corpus.folder / "both.txt").write_text("staged\n")
    (corpus.folder / "new.txt").write_text("new and staged\n")
    (corpus.folder / "intended.txt").write_text("meant to be added\n")
    corpus.git("add", "staged.txt", "both.txt", "new.txt")
    corpus.git("add", "-N", "intended.txt")
    (corpus.folder / "both.txt").write_text("staged, then changed\n")
    corpus.git("rm", "-q", "gone.txt")
    corpus.git("mv", "renamed.txt", "moved.txt")
    (corpus.folder / "untracked.txt").write_text("not told to git\n")
    (corpus.folder / "works/a/work.toml").write_text((corpus.folder / "works/a/letter/work.toml").read_text())
    (corpus.folder / "works/a/letter/work.toml").open("a").write('series = "Letters"\n')
    corpus.git("update-index", "--assume-unchanged", "recension.toml")
    before, index = corpus.shape(), set(corpus.git("ls-files", "-sv").splitlines())
    done = corpus.add(place.write("three.txt", letter(3)), "a/letter", "2031-03-03")
    show("add", done)
    hold(done.returncode == 0, f"add, exit code {done.returncode}: {done.stderr}")
    after = corpus.shape()
    hold(after[2] == before[2], f"git status was\n{before[2]}and is\n{after[2]}")
    hold(before[1].items() <= after[1].items(), "a file of the user's was changed")
    hold(index <= set(corpus.git("ls-files", "-sv").splitlines()), "an entry of the index was changed")
    changed = corpus.git("diff-tree", "-r", "--name-only", "HEAD^", "HEAD").split()
    hold(all(path.startswith("works/a/letter/en/2031-03-03/") for path in changed), f"the commit has more: {changed}")


def case_detached_head(place, show):
    """HEAD names no branch."""
    for bare in (False, True):
        corpus = with_two(place, f"corpus-{bare}", bare)
        corpus.git("update-ref", "--no-deref", "HEAD", "HEAD~1") if bare else corpus.git("checkout", "-q", "HEAD~1")
        if bare:
            (corpus.folder / "HEAD").write_text(corpus.git("rev-parse", "HEAD"))
        before = corpus.shape()
        done = corpus.add(place.write("new.txt", letter(9)), "a/new")
        show("add", done)
        refused(done, before[0][:7], "git switch" if not bare else "branch")
        hold(corpus.shape() == before, "a refused add left something")
        code, found = corpus.json("status")
        hold(found["branch"] is None, f"status tells a branch: {found}")
        code, found = corpus.json("verify")
        hold(code == 0, f"verify, exit code {code}: {found['faults']}")


def case_shallow_clone(place, show):
    """A clone with one commit of the history: it is read and added to, and verify says what it can't know."""
    for bare in (False, True):
        origin = with_two(place, f"origin-{bare}")
        name = f"clone-{bare}"
        place.run("git", "clone", "-q", "--depth", "1", *(["--bare"] if bare else []), f"file://{origin.folder}", name)
        corpus = Corpus(place, place.root / name, bare)
        hold((corpus.state / "shallow").exists(), "the clone is not shallow")
        code, found = corpus.json("status")
        hold(code == 0 and found["shallow"], f"status, exit code {code}: {found}")
        code, found = corpus.json("verify")
        show("verify", corpus.recension("verify"))
        hold(code == 0 and any("shallow" in json.dumps(note) for note in found["notes"]), f"verify, exit code {code}, notes {found['notes']}")
        hold(len(corpus.json("list")[1]["versions"]) == 2, "list lacks versions")
        corpus.must_add(place.write("new.txt", letter(9)), "a/letter", "2031-05-05")
        corpus.sound_objects()
        corpus.agrees()


def case_later_format(place, show):
    """recension.toml is of a later program: nothing is read on chance, nothing is written."""
    for bare in (False, True):
        corpus = with_two(place, f"corpus-{bare}", bare)
        tree = corpus
        if bare:
            place.run("git", "clone", "-q", corpus.folder, "tree")
            tree = Corpus(place, place.root / "tree", False)
        settings = tree.folder / "recension.toml"
        settings.write_text(re.sub(r"format = \d+", "format = 99", settings.read_text()))
        tree.git("commit", "-qam", "Later format")
        if bare:
            tree.git("push", "-q", "origin", "main")
        before = corpus.shape()
        file = place.write("new.txt", letter(9))
        for words in (["add", file, "--work", "a/new", "--lang", "en"], ["list"], ["verify"], ["audit"]):
            done = corpus.recension(*words)
            show(words[0], done)
            refused(done, "recension.toml", "99")
        hold(corpus.shape() == before, "a refused call left something")


def case_corrupted_object(place, show):
    """A loose object is cut short, emptied, garbage or gone: verify names it, and so does what needs it."""
    breaches = []
    folder = "works/a/letter/en/2031-01-01"
    for bare in (False, True):
        for harm in ("truncated", "empty", "garbage", "gone"):
            corpus = with_two(place, f"{harm}-{bare}", bare)
            name = corpus.git("rev-parse", f"HEAD:{folder}/text.txt").strip()
            path = corpus.state / "objects" / name[:2] / name[2:]
            path.chmod(0o644)
            data = path.read_bytes()
            if harm == "gone":
                path.unlink()
            else:
                path.write_bytes({"truncated": data[: len(data) // 2], "empty": b"", "garbage": b"x" * len(data)}[harm])
            for look in (named_by_verify, named_by_show, goes_on_beside):
                try:
                    look(corpus, show, folder, name)
                except Breach as breach:
                    breaches.append(f"{harm}, {'bare' if bare else 'work tree'}: {breach}")
    hold(not breaches, "".join(f"\n    {breach}" for breach in breaches))


def case_missing_object(place, show):
    """An object that the history needs is gone: verify names it, whichever it is, and adds nothing to the harm."""
    breaches = []
    version = "HEAD:works/a/letter/en/2031-01-01"
    for bare in (False, True):
        for number, needed in enumerate(("HEAD", "HEAD~1", "HEAD^{tree}", "HEAD~1^{tree}", version, f"{version}/version.toml")):
            corpus = with_two(place, f"{number}-{bare}", bare)
            name = corpus.git("rev-parse", needed).strip()
            (corpus.state / "objects" / name[:2] / name[2:]).unlink()
            try:
                named_by_verify(corpus, show, needed, name)
            except Breach as breach:
                breaches.append(f"{needed}, {'bare' if bare else 'work tree'}: {breach}")
    hold(not breaches, "".join(f"\n    {breach}" for breach in breaches))


def named_by_verify(corpus, show, folder, name):
    done = corpus.recension("verify")
    show(f"verify {corpus.folder.name}", done)
    said = done.stdout + done.stderr
    hold("panicked" not in said, f"panic: {said}")
    hold(done.returncode == 1, f"verify, exit code {done.returncode}: {said}")
    hold(name[:7] in said, f"verify does not name object {name}: {said}")
    code, found = corpus.json("verify")
    hold(code == 1 and not found["holds"] and name in json.dumps(found["faults"]), f"verify --format json: {found}")


def named_by_show(corpus, show, folder, name):
    """A work tree has the bytes beside git; a bare repository has them no more, and says which."""
    done = corpus.recension("show", "a/letter@2031-01-01~en")
    show(f"show {corpus.folder.name}", done)
    if corpus.bare:
        refused(done, folder)
    else:
        hold(done.returncode == 0, f"show, exit code {done.returncode}: {done.stderr}")


def goes_on_beside(corpus, show, folder, name):
    """A version of another work is added all the same."""
    corpus.must_add(corpus.place.write("beside.txt", letter(77)), "b/beside")


def case_changed_by_hand(place, show):
    """A version was changed and the change committed by hand: verify names its folder and the commit."""
    folder = "works/a/letter/en/2031-01-01"
    for file in ("text.txt", "source.txt", "version.toml"):
        corpus = with_two(place, file)
        path = corpus.folder / folder / file
        path.write_text(path.read_text() + ("# a note\n" if file == "version.toml" else "Added by hand.\n"))
        done = corpus.recension("status")
        show(f"status, {file} not committed", done)
        hold(done.returncode == 1 and folder in done.stdout, f"status, exit code {done.returncode}, does not name {folder}: {done.stdout}")
        corpus.git("commit", "-qam", "Improve a text")
        commit = corpus.head()
        corpus.must_add(place.write("new.txt", letter(9)), "a/new")
        done = corpus.recension("verify")
        show(f"verify, {file}", done)
        hold(done.returncode == 1, f"{file}: verify, exit code {done.returncode}")
        hold(folder in done.stdout, f"{file}: verify does not name {folder}: {done.stdout}")
        hold(commit[:7] in done.stdout, f"{file}: verify does not name the commit {commit}: {done.stdout}")


def case_deleted_by_hand(place, show):
    """The folder of a version is gone: status and verify say so, git brings it back; and so if the loss is committed."""
    corpus = with_two(place)
    folder = "works/a/letter/en/2031-01-01"
    shutil.rmtree(corpus.folder / folder)
    for words in (["status"], ["verify"]):
        done = corpus.recension(*words)
        show(words[0], done)
        hold(done.returncode == 1, f"{words[0]}, exit code {done.returncode}: {done.stdout}")
        hold(folder in done.stdout, f"{words[0]} does not name {folder}: {done.stdout}")
    corpus.must_add(place.write("new.txt", letter(9)), "a/new")
    hold(folder + "/text.txt" in corpus.committed(), "an add committed the loss")
    # The very bytes that were lost, added again, must not make the loss final.
    again = corpus.add(place.root / "one.txt", "a/letter", "2031-01-01")
    show("add of the lost bytes", again)
    hold(again.returncode == 0, f"add of the lost bytes, exit code {again.returncode}: {again.stderr}")
    corpus.git("checkout", "--", folder)
    corpus.agrees()
    corpus.git("rm", "-rq", folder)
    corpus.git("commit", "-qm", "Tidy up")
    done = corpus.recension("verify")
    show("verify, committed", done)
    hold(done.returncode == 1, f"verify of a committed loss, exit code {done.returncode}: {done.stdout}")
    hold(folder in done.stdout, f"verify does not name {folder}: {done.stdout}")
    hold(corpus.head()[:7] in done.stdout, f"verify does not name the commit: {done.stdout}")


def case_index_lock(place, show):
    """Another program holds git's lock on the index: add waits, then says which file, and loses nothing."""
    corpus = with_two(place)
    lock = corpus.folder / ".git/index.lock"
    file = place.write("new.txt", letter(9))
    lock.write_bytes(b"")
    waiting = subprocess.Popen(
        corpus.command("add", file, "--work", "a/new", "--lang", "en"), env=place.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(1)
    hold(waiting.poll() is None, "add does not wait for the lock")
    lock.unlink()
    hold(waiting.wait(AT_ONCE) == 0, f"add, exit code {waiting.returncode} after a short lock")
    corpus.agrees()
    lock.write_bytes(b"")
    before = corpus.shape()
    done = corpus.add(place.write("newer.txt", letter(10)), "a/newer")
    show("add, lock held throughout", done)
    hold(lock.exists(), "add took another program's lock away")
    hold(str(lock) in done.stderr, f"the lock is not named: {done.stderr}")
    status = corpus.recension("status")
    show("status", status)
    if done.returncode == 0:
        hold("a/newer" in corpus.git("log", "-1", "--format=%s"), "exit code 0, and no commit")
        hold("warning:" in done.stderr, "nothing is said of the index")
        hold("never changes" not in status.stdout, f"status calls a version changed that was just added:\n{status.stdout}")
    else:
        refused(done, lock)
        hold(corpus.shape() == before, "a refused add left something")
    lock.unlink()
    corpus.must_add(place.write("newest.txt", letter(11)), "a/newest")
    corpus.agrees()


def users_commit(corpus, show, what):
    """A user commits a note; the versions that HEAD had must all be in it still."""
    before = set(corpus.committed())
    (corpus.folder / "note.txt").write_text(f"A note, {what}.\n")
    for words in (["add", "note.txt"], ["commit", "-m", "A note"]):
        # git gives up at a lock, and a user tries again.
        until = time.monotonic() + AT_ONCE
        while True:
            done = corpus.place.run("git", "-C", corpus.folder, *words)
            if done.returncode == 0 or "index.lock" not in done.stderr or time.monotonic() > until:
                break
            time.sleep(0.05)
    show(f"the user's git commit {what}", done)
    hold(done.returncode == 0, f"the user's git commit fails: {done.stdout}{done.stderr}")
    lost = sorted(before - set(corpus.committed()))
    hold(not lost, f"a user's git commit {what} takes the new version out of HEAD again: {lost}")


def case_users_commit_after_lock(place, show):
    """An add could not enter its files into the index, as its lock was held; then a user commits something else."""
    corpus = with_two(place)
    lock = corpus.folder / ".git/index.lock"
    lock.write_bytes(b"")
    done = corpus.add(place.write("new.txt", letter(9)), "a/new")
    show("add, lock held throughout", done)
    lock.unlink()
    users_commit(corpus, show, "after an add that did not get the lock on the index")
    hold(done.returncode == 0 or not any("a/new" in path for path in corpus.committed()), "refused, and committed")


def case_users_commit_after_kill(place, show):
    """An add is killed right after the branch has its commit: its lock keeps others from committing the old index until
    it is settled; then a user commits something else."""
    corpus = with_two(place)
    halted = halted_at_branch(corpus, place.write("new.txt", letter(9)))
    os.killpg(halted.pid, signal.SIGKILL)
    halted.wait(HANGS)
    show("status after the kill", corpus.recension("status"))
    before = corpus.committed()
    (corpus.folder / "note.txt").write_text("A note, before the repair.\n")
    refused = corpus.place.run("git", "-C", corpus.folder, "add", "note.txt")
    hold("index.lock" in refused.stderr, "git stages into an index that does not know the new version")
    hold(corpus.committed() == before, "a refused call of git's changed HEAD")
    repaired = corpus.recension("verify", "--repair")
    show("verify --repair", repaired)
    hold(repaired.returncode == 0, f"verify --repair after the kill: {repaired.stdout}{repaired.stderr}")
    users_commit(corpus, show, "after a killed add that was settled")


def case_users_commit_meanwhile(place, show):
    """A user commits something else while an add has moved the branch and has yet to enter its files."""
    corpus = with_two(place)
    halted = halted_at_branch(corpus, place.write("new.txt", letter(9)))
    try:
        users_commit(corpus, show, "in the midst of an add")
    finally:
        halted.wait(HANGS)
    corpus.agrees()


def halted_at_branch(corpus, file):
    """An add that halts for two seconds right after the branch has its commit."""
    if not shutil.which("strace"):
        raise Skipped("no strace")
    head = corpus.head()
    process = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-P", str(corpus.state / "refs/heads/main.lock"), "-e", "trace=rename,renameat,renameat2",
         "-e", "inject=rename,renameat,renameat2:delay_exit=2000000", *corpus.command("add", file, "--work", "a/new", "--lang", "en")],
        cwd=corpus.place.root, env=corpus.place.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )
    until = time.monotonic() + AT_ONCE
    while corpus.head() == head:
        hold(time.monotonic() < until, "the branch does not move")
        time.sleep(0.02)
    hold(process.poll() is None, "the add ended before it could be halted: this case proves nothing here")
    return process


def case_broken_index(place, show):
    """git's index is cut short, as after a crash: an add refuses or mends, and never ends well with git out of order."""
    corpus = with_two(place)
    index = corpus.folder / ".git/index"
    index.write_bytes(index.read_bytes()[:40])
    show("status", corpus.recension("status"))
    done = corpus.add(place.write("new.txt", letter(9)), "a/new")
    show("add", done)
    repaired = corpus.recension("verify", "--repair")
    show("verify --repair", repaired)
    if done.returncode != 0:
        refused(done, index)
    hold(str(index) in done.stdout + done.stderr, f"add does not name {index}: {done.stderr}")
    hold("git reset" in done.stderr or repaired.returncode == 0, f"nothing says how to mend it: {done.stderr}{repaired.stderr}")


def case_branch_lock(place, show):
    """Another program holds git's lock on the branch: add waits, then says which file, and nothing is written."""
    for bare in (False, True):
        corpus = with_two(place, f"corpus-{bare}", bare)
        lock = corpus.state / "refs/heads/main.lock"
        lock.write_bytes(b"")
        before = corpus.shape()
        done = corpus.add(place.write("new.txt", letter(9)), "a/new")
        show("add", done)
        refused(done, lock)
        hold(lock.exists(), "add took another program's lock away")
        hold(corpus.shape() == before, "a refused add left something")
        lock.unlink()
        corpus.must_add(place.root / "new.txt", "a/new")
        corpus.agrees()


HOSTILE_FILES = [
    "\u202egnp.txt", "\x1b[31mred.txt", "new\nline.txt", "tab\t.txt", "-rf.txt", "a\u200fb.txt", "~en@x.txt", "*.txt",
    "a:b.txt", ".hidden.txt", "..txt", "e\u0301.txt", "del\x7f.txt", os.fsdecode(b"not-utf8-\xff.txt"),
]
HOSTILE_NAMES = [
    "..", "../escape", "a/../../escape", "/tmp/escape", "a/./b", "a//b", "a\\..\\b", ".git", ".git/hooks", "a/.git/config",
    "-rf", "a/\u202egnp", "a/\x1b[31mred", "a/\nb", "a/b\x7f", "CON", "a/\u2066x", "~/x", "a@b", "a~en", "", " ", "a" * 400,
]
# What the paths of a corpus may be made of.
PLAIN_PATH = re.compile(r"works/[a-z0-9._/-]+|recension\.toml|\.gitattributes")


def case_hostile_names(place, show):
    """Names with `..`, control and bidirectional characters as files, works and in lists: nothing outside works/."""
    for bare in (False, True):
        corpus = with_two(place, f"deep/er/corpus-{bare}", bare)
        texts = place.root / f"texts-{bare}"
        texts.mkdir()
        number = 100
        for name in HOSTILE_FILES:
            for more in (["--work", f"files/{number}"], []):
                number += 1
                (texts / name).write_text(letter(number))
                words = ["add", "--lang", "en", "--issued", day(number), *more, "--", texts / name]
                hostile_call(corpus, show, words, (0,) if more else (2,))
        plain, lists = texts / "plain.txt", [texts / "list.csv", texts / "list.jsonl"]
        for path in (plain, *lists):
            path.touch()
        before = outside(corpus)
        for name in HOSTILE_NAMES:
            number += 1
            plain.write_text(letter(number))
            hostile_call(corpus, show, ["add", plain, f"--work={name}", "--lang=en", "--issued", day(number)], (0, 2))
            hostile_call(corpus, show, ["add", plain, "--work=a/lang", f"--lang={name}", "--issued", day(number)], (0, 2))
            rows = [("plain.txt", name), (name, "a/path")]
            with lists[0].open("w", newline="") as out:
                csv.writer(out).writerows([("path", "work"), *rows])
            lists[1].write_text("".join(json.dumps({"path": path, "work": work}) + "\n" for path, work in rows))
            for listing in lists:
                hostile_call(corpus, show, ["import", listing, "--lang", "en"], (0, 1, 2))
        hold(outside(corpus) == before, f"written outside the corpus: {sorted(outside(corpus) ^ before)}")
        strange = [path for path in corpus.committed() if not PLAIN_PATH.fullmatch(path) or "/." in path]
        hold(not strange, f"names in the corpus: {strange}")
        corpus.agrees()
        corpus.sound_objects()


def hostile_call(corpus, show, words, codes):
    head = corpus.head()
    done = corpus.recension(*words)
    what = ascii(" ".join(map(str, words)))[:200]
    show(what, done)
    hold("panicked" not in done.stderr, f"{what}: panic: {done.stderr}")
    hold(done.returncode in codes, f"{what}: exit code {done.returncode}: {done.stderr}")
    hold(done.returncode != 2 or corpus.head() == head, f"{what}: refused, and committed")
    harmless(done)


def outside(corpus):
    """The files of the throw-away folder that are none of the corpus's."""
    return {str(path) for path in corpus.place.root.rglob("*") if not path.is_relative_to(corpus.folder)}


def case_odd_files(place, show):
    """A folder, a device without end, a pipe that nobody writes to in a list: refused at once."""
    corpus = with_two(place)
    os.mkfifo(place.root / "pipe")
    listing = place.write("list.csv", "path,work,lang\npipe,a/pipe,en\n")
    before, breaches = corpus.shape(), []
    for words in (["add", place.root / "home"], ["add", "/dev/zero"], ["import", listing]):
        try:
            done = corpus.recension(*words, *(["--work", "a/odd", "--lang", "en"] if words[0] == "add" else []))
            show(f"{words[0]} {words[1]}", done)
            if words[0] == "add":
                refused(done, words[1])
            else:
                hold(done.returncode == 1 and "pipe" in done.stdout + done.stderr, f"import, exit code {done.returncode}: {done.stdout}")
            hold(corpus.shape() == before, "a refused call left something")
        except Breach as breach:
            breaches.append(str(breach))
    hold(not breaches, "".join(f"\n    {breach}" for breach in breaches))


CASES = {name.removeprefix("case_").replace("_", "-"): case for name, case in list(globals().items()) if name.startswith("case_")}


def cases(program, names, talk, breaches):
    done = skipped = 0
    for name in names:
        place = Place(program)

        def show(what, result):
            if talk:
                said = "".join(f"    {line}\n" for line in (result.stdout + result.stderr).splitlines()[:14])
                print(f"  {name}: {what}: exit code {result.returncode}\n{said}", end="", flush=True)

        try:
            CASES[name](place, show)
            print(f"case {name}: holds", flush=True)
            done += 1
        except Skipped as why:
            print(f"case {name}: skipped, {why}", flush=True)
            skipped += 1
        except Breach as breach:
            breaches.append(f"{name}: {breach}")
            print(f"BREACH case {name}: {breach}", flush=True)
        except Exception:
            breaches.append(f"{name}: this script failed")
            print(f"BREACH case {name}: this script failed\n{traceback.format_exc()}", flush=True)
        finally:
            shutil.rmtree(place.root, ignore_errors=True)
    return done, skipped


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200, help="random kills, half in a work tree, half bare (%(default)s)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--steps", action="store_true", help="also kill at every call to the system that changes files (needs strace)")
    options.add_argument("--case", action="append", choices=sorted(CASES), help="only these cases; may be given several times")
    options.add_argument("--show", action="store_true", help="print what recension says in each case")
    options.add_argument("--recension", default=os.environ.get("RECENSION", "target/release/recension"), metavar="PATH")
    said = options.parse_args()
    if not os.access(said.recension, os.X_OK):
        sys.exit(f"{said.recension} is no program; build it or name it by --recension")
    breaches = []
    done, skipped = cases(said.recension, said.case or CASES, said.show, breaches)
    if not said.case and (said.kills or said.steps):
        kills(said.recension, random.Random(said.seed), said.kills, said.steps, breaches)
    print(f"seed {said.seed}: {said.kills if not said.case else 0} kills, {done} cases hold, {skipped} skipped, {len(breaches)} breaches")
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
