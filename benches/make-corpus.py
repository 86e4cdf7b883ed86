#!/usr/bin/env python3
"""Makes many versions of many works out of texts at hand, and the list to import them by.

    make-corpus.py OUT SOURCE... [--works 2000] [--versions 10] [--bytes 6000] [--seed N]

SOURCE is a text or a folder of texts. Each work takes a stretch of their paragraphs of about so many bytes; each version
after the first changes a number or a word in a few of them, and now and then loses or moves one. Written to OUT:
WORK-VERSION.txt in folders of a hundred works, and list.csv with path, work, lang, issued and claim. The same arguments
give the same bytes.
"""

import argparse
import csv
import datetime
import pathlib
import random
import re
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent


def shared():
    """The functions of make-texts.py, whose name no import statement can have."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("make_texts", HERE / "make-texts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", type=pathlib.Path)
    options.add_argument("sources", nargs="+")
    options.add_argument("--works", type=int, default=2000)
    options.add_argument("--versions", type=int, default=10)
    options.add_argument("--bytes", type=int, default=6000)
    options.add_argument("--lang", default="en")
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    make_texts = shared()
    chance = random.Random(options.seed)
    pool = make_texts.paragraphs(options.sources, 3 * options.works * options.bytes // 2)
    options.out.mkdir(parents=True, exist_ok=True)
    with open(options.out / "list.csv", "w", newline="", encoding="utf-8") as listing:
        rows = csv.writer(listing)
        rows.writerow(["path", "work", "lang", "issued", "claim"])
        at = 0
        for work in range(options.works):
            text, length = [], 0
            while length < options.bytes:
                paragraph = pool[at % len(pool)]
                at += 1
                if len(paragraph.encode()) > options.bytes:
                    continue
                text.append(paragraph)
                length += len(paragraph.encode()) + 2
            folder = options.out / f"{work // 100:03}"
            folder.mkdir(exist_ok=True)
            day = datetime.date(1990, 1, 1) + datetime.timedelta(days=chance.randrange(9000))
            for version in range(options.versions):
                if version:
                    for _ in range(chance.randrange(1, 4)):
                        place = chance.randrange(len(text))
                        text[place] = make_texts.reworded(text[place], chance)
                    if chance.random() < 0.1 and len(text) > 3:
                        text.insert(chance.randrange(len(text)), text.pop(chance.randrange(len(text))))
                path = folder / f"{work:05}-{version:02}.txt"
                path.write_text(f"Statement {work}, version {version}\n\n" + "\n\n".join(text) + "\n", encoding="utf-8")
                claim = "" if not version else ("revision" if version % 2 else "reissue for technical reasons")
                name = f"bench/{work // 100:03}/{work:05}"
                rows.writerow([path.relative_to(options.out), name, options.lang, day.isoformat(), claim])
                day += datetime.timedelta(days=chance.randrange(1, 200))


if __name__ == "__main__":
    main()
