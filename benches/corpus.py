#!/usr/bin/env python3
"""Times the commands on a corpus of many versions, beside git.

    corpus.py SOURCE... [--works 2000] [--versions 10] [--recension PATH] [--folder DIR] [--rounds 5]

Makes the texts with make-corpus.py, imports them into a bare repository and into a work tree, hands the same bytes to
git fast-import, and times every command as a whole process; the median of the rounds is printed, and the disk that each
repository takes. With --growth N an `add` is timed again in a corpus of N versions.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def timed(command, rounds=1, codes=(0, 1), **more):
    """Seconds of a command, the median of the rounds, and what it printed last."""
    seconds, printed = [], b""
    for at in range(rounds):
        started = time.perf_counter()
        done = subprocess.run(command(at) if callable(command) else command, capture_output=True, **more)
        seconds.append(time.perf_counter() - started)
        if done.returncode not in codes:
            sys.exit(f"{command}: {done.stderr.decode(errors='replace')}")
        printed = done.stdout
    return statistics.median(seconds), printed


def disk(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


def told(what, seconds, more=""):
    print(f"{what:42} {seconds * 1000:10.0f} ms  {more}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sources", nargs="+")
    options.add_argument("--works", type=int, default=2000)
    options.add_argument("--versions", type=int, default=10)
    options.add_argument("--recension", default="target/release/recension")
    options.add_argument("--folder", type=pathlib.Path)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--growth", type=int, default=0)
    options = options.parse_args()
    recension = str(pathlib.Path(options.recension).resolve())
    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="recension-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(HOME=str(folder), RECENSION_CORPUS="")
    (folder / ".gitconfig").write_text("[user]\n\tname = Bench\n\temail = bench@example.org\n")

    def run(corpus, *arguments, rounds=1):
        return timed([recension, "--corpus", str(corpus), *arguments], rounds)

    def make(name, works):
        out = folder / name
        if not (out / "list.csv").exists():
            make_corpus = [sys.executable, str(HERE / "make-corpus.py"), str(out), *options.sources]
            timed(make_corpus + ["--works", str(works), "--versions", str(options.versions)])
        return out / "list.csv"

    listing = make("texts", options.works)
    versions = options.works * options.versions
    bare, tree = folder / "bare.git", folder / "tree"
    for corpus, more in ((bare, ["--bare"]), (tree, [])):
        shutil.rmtree(corpus, ignore_errors=True)
        timed([recension, "init", str(corpus), *more])
        seconds, _ = run(corpus, "import", str(listing))
        told(f"import of {versions} versions, {corpus.name}", seconds)
    stream = folder / "stream"
    with open(stream, "wb") as out:
        subprocess.run(["git", "-C", str(bare), "fast-export", "--all"], stdout=out, check=True)
    fast = folder / "fast.git"
    shutil.rmtree(fast, ignore_errors=True)
    subprocess.run(["git", "init", "-q", "--bare", str(fast)], check=True)
    with open(stream, "rb") as source:
        seconds, _ = timed(["git", "-C", str(fast), "fast-import", "--quiet"], stdin=source)
    told("git fast-import of the same bytes", seconds)
    collected = folder / "gc.git"
    shutil.rmtree(collected, ignore_errors=True)
    shutil.copytree(bare, collected)
    seconds, _ = timed(["git", "-C", str(collected), "gc", "--quiet"])
    told("git gc", seconds)
    for name in (bare, fast, collected):
        print(f"disk of {name.name:34} {disk(name / 'objects') / 1e6:10.1f} MB")
    work = f"bench/{(options.works - 1) // 100:03}/{options.works - 1:05}"
    text = next((folder / "texts").rglob("*.txt")).read_bytes()

    def added(corpus):
        def command(at):
            path = folder / "new.txt"
            path.write_bytes(text + f"Round {at} {time.time_ns()}\n".encode())
            issued = f"20{at % 50 + 30}-01-01"
            name = f"bench/new/{time.time_ns()}"
            return [recension, "--corpus", str(corpus), "add", str(path), "--work", name, "--lang", "en", "--issued", issued]

        return timed(command, options.rounds)[0]

    for corpus in (bare, tree):
        name = corpus.name
        told(f"list, first, {name}", run(corpus, "list", "--format", "json")[0])
        told(f"list, {name}", run(corpus, "list", "--format", "json", rounds=options.rounds)[0])
        told(f"log, first, {name}", run(corpus, "log", work)[0])
        told(f"log, {name}", run(corpus, "log", work, rounds=options.rounds)[0])
        told(f"add, {name}", added(corpus))
        if b"find" in timed([recension, "--help"])[1]:
            told(f"find, first, {name}", run(corpus, "find", "nuclear weapons")[0])
            told(f"find, {name}", run(corpus, "find", "nuclear weapons", rounds=options.rounds)[0])
        told(f"verify, {name}", run(corpus, "verify")[0])
        pairs = versions - options.works
        seconds, _ = run(corpus, "audit", "--format", "json")
        told(f"audit, {name}", seconds, f"{pairs / seconds:.0f} pairs/s")
    told("status, tree", run(tree, "status")[0])
    if options.growth:
        for size in (1000, options.growth):
            corpus, listing = folder / f"grown-{size}", make(f"texts-{size}", size // options.versions)
            for more in ([], ["--bare"]):
                shutil.rmtree(corpus, ignore_errors=True)
                timed([recension, "init", str(corpus), *more])
                run(corpus, "import", str(listing))
                told(f"add in {size} versions{' (bare)' if more else ''}", added(corpus))


if __name__ == "__main__":
    main()
