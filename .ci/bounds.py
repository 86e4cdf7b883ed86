#!/usr/bin/env python3
"""Times hostile shapes of text at growing sizes and prints how the time grows.

    .ci/bounds.py [--sizes 1,4,16] [--shape NAME]... [--show] [--limit SECONDS] [PROGRAM]

Each shape is made at each size (in MB, a side), compared with its other side by `diff --format json` and, with --show, read
by `show --ledger --format json`. Printed are seconds, the most memory in MB, and the exponent of the growth between two
sizes: 1.0 is linear. A run over the limit (60 s) is stopped and larger sizes of the shape are left out. A shape is marked
where its largest size takes over 10 s or 1 GB. Nothing here fails: a time depends on the machine, and is to be read.
"""

import argparse
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

SHAPES = {}
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def shape(make):
    SHAPES[make.__name__] = make
    return make


def words(count, rng):
    return " ".join("".join(rng.choices(SYLLABLES, k=rng.randrange(1, 5))) for _ in range(count))


def lines(size, line):
    """Lines of one side until there are enough bytes."""
    parts, length, at = [], 0, 0
    while length < size:
        parts.append(line(at))
        length += len(parts[-1])
        at += 1
    return "".join(parts)


@shape
def repeated_labels(size):
    side = lambda k: lines(size, lambda i: f"(a) The side {k} shall accept {i % 50 + k} visits of the zone.\n\n")
    return side(0), side(1)


@shape
def nested_lists(size):
    marks = ["{}. ", "(a) ", "(i) ", "a) ", "1) ", "(A) ", "A. ", "(1) "]
    side = lambda k: lines(size, lambda i: marks[i % 8].format(i // 8 + 1) + f"the side {i} accepts {i + k} visits:\n\n")
    return side(0), side(1)


@shape
def deep_dotted(size):
    deep = max(8, int(math.sqrt(size)))
    side = lambda k: "".join("1." * (i + 1) + f"1 The side accepts {k + i} visits.\n\n" for i in range(deep))
    return side(0), side(1)


@shape
def romans(size):
    side = lambda k: lines(size, lambda i: "M" * (i % 50) + f"{'XV'[k]}. text {i}\n\n")
    return side(0), side(1)


@shape
def footmarks(size):
    notes = "\n\n".join(f"[^{i}]: See {i}." for i in range(1, 1000))
    text = lines(size, lambda i: f"word{i % 999 + 1} ")
    side = lambda k: f"The sides {k} {text}.\n\n{notes}\n"
    return side("recall"), side("recalls")


@shape
def rsts(size):
    return "[^1]: a\n\n" * (size // 9), "[^1]: b\n\n" * (size // 9)


@shape
def footnotes(size):
    side = lambda k: lines(size, lambda i: f"[^{i % 999 + 1}]: See list {i + k}.\n\n")
    return side(0), side(1)


@shape
def near_identical(size):
    side = lambda k: lines(size, lambda i: f"{i + 1}. Recalling its resolution {2000 + (i * 7 + k) % 97}/{i % 89 + k} "
                           "on the report of the Committee on the peaceful uses of outer space,\n\n")
    return side(0), side(1)


@shape
def equal_clauses(size):
    one, other = "The sides agree to meet in Elm.\n\n", "The sides agree to meet at Elm.\n\n"
    count = size // len(one)
    return one * count, one * (count // 2) + other * (count - count // 2)


@shape
def one_line(size):
    text = lines(size, lambda i: f"word{i % 5000} ")
    return text, text.replace("word7 ", "word8 ")


@shape
def one_line_random(size):
    return words(size // 6, random.Random(1)), words(size // 6, random.Random(2))


@shape
def han(size):
    rng = random.Random(3)
    text = "".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(size // 3))
    return text, text.replace(text[10], text[11])


@shape
def han_repeat(size):
    count = size // 3
    return "中" * count, "中" * (count // 2) + "国" + "中" * (count // 2)


@shape
def arabic_forms(size):
    rng = random.Random(3)
    text = "".join(chr(rng.randrange(0xFE80, 0xFEF0)) if i % 7 else " " for i in range(size // 3))
    return text, text.replace(text[10], text[11], 3)


@shape
def alternating(size):
    text = "mot слово كلمة 字word " * (size // 31)
    return text, text.replace("mot", "mots", 100)


@shape
def brackets(size):
    half = size // 2
    return "[" * half + "]" * half, "[" * (half - 1) + "]" * half


@shape
def brackets_par(size):
    return "(a) " * (size // 4), "(a) " * (size // 4 - 1) + "(b)"


@shape
def moved(size):
    rng = random.Random(5)
    clauses = [f"{words(8, rng)} {i}." for i in range(size // 50)]
    other = clauses[:]
    rng.shuffle(other)
    return "\n\n".join(clauses) + "\n", "\n\n".join(other) + "\n"


@shape
def short_lines(size):
    return "a\n" * (size // 2), "a\n" * (size // 2 - 1) + "b\n"


@shape
def blank_lines(size):
    return "a\n" + "\n" * size + "b\n", "a\n" + "\n" * size + "c\n"


@shape
def formfeeds(size):
    return "Head 1\f" * (size // 7), "Head 2\f" * (size // 7)


@shape
def page_numbers(size):
    side = lambda k: lines(size, lambda i: f"text of {k} page\n\n{i}/{size}\n\n")
    return side("the"), side("a")


@shape
def symbols_pages(size):
    side = lambda k: lines(size, lambda i: f"text of {k} page {i} is here\n\nML/CRS/{i % 9}\n{i}\n\f")
    return side("the"), side("a")


@shape
def signatures(size):
    return "(Signed) A. Tamm\n\n" * (size // 18), "(Signed) B. Tamm\n\n" * (size // 18)


@shape
def sig_one(size):
    return "(Signed) A " * (size // 11), "(Signed) B " * (size // 11)


@shape
def dates(size):
    return "1 May 2031 " * (size // 11), "2 May 2031 " * (size // 11)


@shape
def titles_lead(size):
    return "The sides agree:\n\n" * (size // 18), "The sides agreed:\n\n" * (size // 18)


@shape
def spaces(size):
    return "a" + " " * size + "b", "a" + " " * (size - 1) + "c"


@shape
def rows(size):
    side = lambda k: lines(size, lambda i: f"A{i}     {i}     {i * 2 + k}\n")
    return side(0), side(1)


@shape
def rows_equal(size):
    return "A     1     2\n" * (size // 14), "A     1     3\n" * (size // 14)


@shape
def hyphens(size):
    return "inter-\n" * (size // 7), "inter-\n" * (size // 7 - 1) + "x\n"


@shape
def hyphens_words(size):
    rng = random.Random(9)
    vocabulary = [words(1, rng) for _ in range(5000)]
    text = lines(size, lambda i: f"{vocabulary[i * 7 % 5000]}-\n{vocabulary[i * 11 % 5000]} ")
    return text, text[:-9] + "others\n"


@shape
def soft_hyphens(size):
    text = "inter\u00adna\u00ad\ntional " * (size // 20)
    return text, text + "law"


@shape
def negators(size):
    return "not " * (size // 4), "not " * (size // 4 - 1) + "nor"


@shape
def same_word_two(size):
    return "x " + "on " * (size // 3) + "y", "on " * (size // 3) + "x y"


@shape
def number_words(size):
    return "twenty five hundred " * (size // 20), "twenty six hundred " * (size // 20)


@shape
def all_other(size):
    rng = random.Random(1)
    side = lambda: "\n\n".join(words(12, rng) + "." for _ in range(size // 75))
    return side(), side()


@shape
def splits(size):
    rng = random.Random(1)
    clauses = [words(12, rng) + "." for _ in range(size // 75)]
    return "\n\n".join(clauses), "\n\n".join(" ".join(clauses[i : i + 2]) for i in range(0, len(clauses), 2))


@shape
def links(size):
    side = lambda k: lines(size, lambda i: f"See [the list {i}](list-{i + k}.md) of it.\n\n")
    return side(0), side(1)


@shape
def heads(size):
    """Running heads and feet that differ from page to page."""
    side = lambda k: lines(size, lambda i: f"HEAD OF PAGE {i * 7 + k} AND MORE\n\ntext of the page {i}.\n\n{i + 1}\n\f")
    return side(0), side(1)


def run(arguments, limit):
    """Seconds, those of all processors, megabytes and exit code of a run; None where it took too long."""
    began = time.monotonic()
    with open(os.devnull, "wb") as sink:
        process = subprocess.Popen(arguments, stdout=sink, stderr=subprocess.PIPE)
        deadline = began + limit
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                process.kill()
                os.wait4(process.pid, 0)
                process.returncode = -9
                return None
            time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    said = process.stderr.read().decode(errors="replace").strip()
    spent = usage.ru_utime + usage.ru_stime
    return time.monotonic() - began, spent, usage.ru_maxrss / 1024, process.returncode, said


def measure(name, sizes, limit, commands, folder):
    for command in commands:
        row, last = [], None
        worst = False
        for size in sizes:
            sides = []
            for key, text in zip("ab", SHAPES[name](int(size * (1 << 20)))):
                path = os.path.join(folder, f"{key}.txt")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                sides.append(path)
            found = run(command(*sides), limit)
            if found is None:
                row.append(f"{size:g} MB > {limit} s")
                worst = True
                break
            seconds, spent, memory, code, said = found
            exponent = f" ^{math.log(spent / last[1], size / last[0]):.1f}" if last and size > last[0] else ""
            row.append(f"{size:g}: {seconds:.2f} s cpu {spent:.2f} {memory:.0f} MB{exponent}" + (f" EXIT {code} {said}" if code not in (0, 1) else ""))
            worst = seconds > 10 or memory > 1024
            last = (size, spent)
        print(f"{'!' if worst else ' '} {command.__name__:5}{name:17}" + " | ".join(row), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="?", default="target/release/recension")
    parser.add_argument("--sizes", default="1,4,16")
    parser.add_argument("--shape", action="append")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--limit", type=float, default=60)
    options = parser.parse_args()

    def diff(before, after):
        return [options.program, "diff", before, after, "--format", "json"]

    def show(before, _):
        return [options.program, "show", before, "--ledger", "--format", "json"]

    commands = [diff, show] if options.show else [diff]
    sizes = [float(size) for size in options.sizes.split(",")]
    # What a shape takes is its own: a child that takes everything is stopped by the system before the machine is.
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    with tempfile.TemporaryDirectory() as folder:
        for name in options.shape or SHAPES:
            measure(name, sizes, options.limit, commands, folder)


if __name__ == "__main__":
    sys.exit(main())
