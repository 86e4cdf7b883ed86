#!/usr/bin/env python3
"""Makes two versions of a long text out of texts at hand, for compare.sh.

    make-texts.py OUT SIZE SOURCE... [--seed N] [--edits SHARE]

SOURCE is a text or a folder of texts; they are set one behind the other, again and again, until SIZE megabytes are
reached. Every round after the first counts its numbers on, so that no two rounds are equal. SHARE of the paragraphs
(default 0.03) is edited in the later version: a number or a word changes, a paragraph goes, comes or moves.

Written to OUT: before.txt, after.txt, and both wrapped again, at 80 and at 66 columns: before-80.txt, after-66.txt.
The same arguments give the same texts.
"""

import argparse
import pathlib
import random
import re
import textwrap


def texts(sources):
    for source in map(pathlib.Path, sources):
        files = sorted(path for path in source.rglob("*") if path.suffix in (".txt", ".md")) if source.is_dir() else [source]
        for path in files:
            yield path.read_text(encoding="utf-8")


def counted_on(text, by):
    """The text with every number of two to four digits counted on."""
    return re.sub(r"(?<![\d.,/])\d{2,4}(?![\d.,/])", lambda found: str(int(found[0]) + by), text) if by else text


def paragraphs(sources, size):
    found, length, number = [], 0, 0
    while length < size:
        for text in texts(sources):
            for paragraph in re.split(r"\n[ \t]*\n", counted_on(text, number)):
                if paragraph.strip():
                    found.append(paragraph.strip("\n"))
                    length += len(paragraph.encode()) + 2
            if length >= size:
                break
        if not length:
            raise SystemExit("the sources hold no text")
        number += 1
    return found


def reworded(paragraph, chance):
    """One number or one word of the paragraph changed."""
    numbers = list(re.finditer(r"\d+", paragraph))
    if numbers and chance.random() < 0.5:
        found = chance.choice(numbers)
        return paragraph[: found.start()] + str(int(found[0]) + 1) + paragraph[found.end() :]
    words = list(re.finditer(r"[^\W\d_]{2,}", paragraph))
    if len(words) < 2:
        return paragraph + " 1"
    first, second = sorted(chance.sample(words, 2), key=lambda found: found.start())
    return paragraph[: first.start()] + second[0] + paragraph[first.end() :]


def edited(paragraphs, share, chance):
    later, waiting = [], []
    for paragraph in paragraphs:
        if chance.random() >= share:
            later.append(paragraph)
        else:
            kind = chance.random()
            if kind < 0.7:
                later.append(reworded(paragraph, chance))
            elif kind < 0.8:
                pass
            elif kind < 0.9:
                later += [paragraph, reworded(reworded(paragraph, chance), chance)]
            else:
                waiting.append((len(later) + chance.randint(3, 40), paragraph))
        while waiting and waiting[0][0] <= len(later):
            later.append(waiting.pop(0)[1])
    return later + [paragraph for _, paragraph in waiting]


def wrapped(paragraph, width):
    joined = " ".join(paragraph.split())
    if len(joined.encode()) > 2 * len(joined):
        # Chinese has no spaces to break at.
        return "\n".join(joined[at : at + width // 2] for at in range(0, len(joined), width // 2))
    return textwrap.fill(joined, width, break_long_words=False, break_on_hyphens=False)


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("size", type=float)
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--edits", type=float, default=0.03)
    given = arguments.parse_args()
    before = paragraphs(given.sources, int(given.size * 1e6))
    after = edited(before, given.edits, random.Random(given.seed))
    given.out.mkdir(parents=True, exist_ok=True)
    for name, version, width in [("before", before, 80), ("after", after, 66)]:
        (given.out / f"{name}.txt").write_text("\n\n".join(version) + "\n", encoding="utf-8")
        lines = (wrapped(paragraph, width) for paragraph in version)
        (given.out / f"{name}-{width}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
