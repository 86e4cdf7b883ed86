"""Proves that writers at the same time lose nothing.

Some processes add files to one corpus at once, one `recension add` a file: works of their own and one that all share, mixed.
In a work tree, in a bare repository, and in a work tree where a user commits notes of their own with git all the while.
All calls succeed, each version is there once with its own bytes, each call made one commit, the user's commits hold the
user's file and no other, git finds its objects sound, and commit, index and work tree agree. Prints the wall time, and the
mean and the longest time of a call.

Exit code 1 on any breach.
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import threading
import time

# No bytecode beside the scripts.
sys.dont_write_bytecode = True

from faults import Breach, Place, day, hold, letter  # noqa: E402

# What a call may say beside its result: it has waited for about a second.
WAITING = "warning: another recension writes to this corpus; waiting for it"


def jobs(place, processes, each, rng):
    """For each process its files: some to works of their own, some to one work that all share."""
    dates = iter(rng.sample(range(processes * each * 2), processes * each))
    out = []
    for process in range(processes):
        mine = []
        for at in range(each):
            number = process * each + at
            file = place.write(f"texts/{process}/{at}.txt", letter(number))
            work = "together/shared" if rng.random() < 0.5 else f"together/{process}/{at}"
            mine.append((file, work, day(next(dates))))
        out.append(mine)
    return out


def writer(corpus, mine, times, waits, faults):
    for file, work, issued in mine:
        start = time.monotonic()
        done = corpus.add(file, work, issued)
        times.append(time.monotonic() - start)
        waits.extend(line for line in done.stderr.splitlines() if line == WAITING)
        if done.returncode != 0 or done.stderr.replace(WAITING, "").strip():
            faults.append(f"add {file.name} to {work}@{issued}, exit code {done.returncode}: {done.stderr.strip()}")


def user(corpus, over, commits, faults):
    """Commits a note again and again, as a user does; git itself gives up at a lock, and is asked again then."""
    number = 0
    while not over.is_set():
        number += 1
        (corpus.folder / f"note-{number}.txt").write_text(f"note {number}\n")
        if not insist(corpus, over, faults, "add", f"note-{number}.txt"):
            return
        if not insist(corpus, over, faults, "commit", "-qm", f"Note {number}"):
            return
        commits.append(f"note-{number}.txt")
        time.sleep(0.01)


def insist(corpus, over, faults, *words):
    until = None
    while True:
        done = corpus.place.run("git", "-C", corpus.folder, *words)
        if done.returncode == 0:
            return True
        said = done.stdout + done.stderr
        if "lock" not in said:
            faults.append(f"the user's git {' '.join(words)} fails: {said.strip()}")
            return False
        if "cannot lock ref 'HEAD'" in said:
            # git reads the index before it locks it, and wrote an old one over a newer before it saw that the branch had
            # moved: so it is between any two programs that commit. What git then tells is mended as the user is told.
            mended = corpus.recension("verify", "--repair")
            if mended.returncode != 0:
                faults.append(f"verify --repair fails: {mended.stdout}{mended.stderr}")
                return False
        # With all writers gone no lock may stay.
        if over.is_set():
            until = until or time.monotonic() + 5
            if time.monotonic() > until:
                faults.append(f"a lock stays after the last writer: {said.strip()}")
                return False
        time.sleep(0.005)


def together(program, processes, each, seed, bare, with_user):
    place = Place(program)
    try:
        corpus = place.begin("corpus", bare)
        first = corpus.head()
        work = jobs(place, processes, each, random.Random(seed))
        times, waits, faults, commits, over = [], [], [], [], threading.Event()
        threads = [threading.Thread(target=writer, args=(corpus, mine, times, waits, faults)) for mine in work]
        beside = threading.Thread(target=user, args=(corpus, over, commits, faults))
        start = time.monotonic()
        for thread in [*threads, *([beside] if with_user else [])]:
            thread.start()
        for thread in threads:
            thread.join()
        wall = time.monotonic() - start
        over.set()
        if with_user:
            beside.join()
        name = "bare" if bare else "work tree with a user's commits beside" if with_user else "work tree"
        print(
            f"{name}: {len(times)} adds by {processes} processes in {wall:.1f} s; a call takes {sum(times) / len(times) * 1000:.0f} ms, "
            f"at most {max(times) * 1000:.0f} ms, {len(waits)} said that they wait" + (f"; {len(commits)} commits of the user's" if with_user else ""),
            flush=True,
        )
        hold(not faults, f"{len(faults)} calls fail or warn, such as: {faults[0] if faults else ''}")
        check(corpus, first, [job for mine in work for job in mine], commits)
    finally:
        shutil.rmtree(place.root, ignore_errors=True)


def check(corpus, first, wanted, commits):
    found = corpus.json("list")[1]["versions"]
    named = sorted((one["work"], one["issued"], one["sha256"]["source"]) for one in found)
    asked = sorted((work, issued, hashlib.sha256(file.read_bytes()).hexdigest()) for file, work, issued in wanted)
    hold(named == asked, f"{len(named)} versions are listed of {len(asked)}; lost: {sorted(set(asked) - set(named))[:3]}, not asked for: {sorted(set(named) - set(asked))[:3]}")
    subjects = corpus.git("log", "--format=%s", f"{first}..HEAD").splitlines()
    adds = [subject for subject in subjects if subject.startswith("Add together/")]
    hold(len(adds) == len(set(adds)) == len(wanted), f"{len(adds)} commits add versions, {len(set(adds))} of them distinct, instead of {len(wanted)}")
    notes = [subject for subject in subjects if subject.startswith("Note ")]
    hold(len(subjects) == len(adds) + len(notes) and len(notes) == len(commits), f"{len(subjects)} commits: {len(adds)} add, {len(notes)} are of {len(commits)} the user's")
    hold(not corpus.git("rev-list", "--min-parents=2", "HEAD"), "the history is not one line")
    # Each commit has what its maker put in it: a swapped index would show as a deletion or a foreign file.
    changes = corpus.git("log", "--format=%x01%s", "--name-status", "--no-renames", f"{first}..HEAD").split("\x01")[1:]
    for change in changes:
        subject, *lines = change.strip().splitlines()
        lines = [line for line in lines if line]
        only = "A\tworks/together/" if subject.startswith("Add ") else f"A\tnote-{subject.split()[-1]}.txt"
        hold(lines and all(line.startswith(only) for line in lines), f"the commit {subject!r} has {lines[:5]}")
    corpus.sound_objects()
    corpus.agrees()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--processes", type=int, default=8)
    options.add_argument("--each", type=int, default=50, help="files that each process adds (%(default)s)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--recension", default=os.environ.get("RECENSION", "target/release/recension"), metavar="PATH")
    said = options.parse_args()
    if not os.access(said.recension, os.X_OK):
        sys.exit(f"{said.recension} is no program; build it or name it by --recension")
    breaches = 0
    for bare, with_user in ((False, False), (True, False), (False, True)):
        try:
            together(said.recension, said.processes, said.each, said.seed, bare, with_user)
        except (Breach, subprocess.TimeoutExpired) as breach:
            breaches += 1
            print(f"BREACH {breach}", flush=True)
    print(f"seed {said.seed}: 3 rounds of {said.processes} × {said.each} adds, {breaches} breaches")
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
