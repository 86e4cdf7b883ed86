"""Merges made-up texts with recension and with git merge-file, and counts false conflicts and wrong texts.

usage: merge.py RECENSION [CASES [SEED]]

Each case is a numbered statement, what one side did to it, and what the other did. What the right result is follows
from how the case was made: both deeds done one after the other to the list of paragraphs, numbered anew where a side
numbered anew. A result counts as

  right      no conflict, and the paragraphs are those of the right result, whatever their lines
  conflict   markers, although the sides touched different paragraphs (in the kind `same`, where they touched the same
             one otherwise, that is what is right)
  wrong      no conflict, and other paragraphs

Prints a table by kind. Ends with 1 where recension gave a wrong text.
"""

import pathlib
import random
import subprocess
import sys
import tempfile

VERBS = ["Urges", "Requests", "Invites", "Calls upon", "Encourages", "Welcomes", "Reminds", "Thanks"]
WHO = ["all States", "the Secretariat", "Veltria and Orsania", "the Governments concerned", "the joint commission",
       "the observers of the Assembly", "the depositary of the Carrow Treaty", "the experts of both sides"]
WHAT = ["to publish the reports on the northern posts", "to resume the talks on the reduction of arms",
        "to keep the hotline between the ministries open", "to exchange notifications of launches",
        "to host the meetings of the working group in Elmburg", "to refrain from placing weapons in orbit",
        "to complete the survey of the disputed strait", "to bear the cost of the inspections"]
WHEN = ["before the spring session", "within {n} days of each launch", "no later than {n} weeks after the meeting",
        "at intervals of {n} months", "in the course of the year 20{n}", "and to report on it every {n} weeks"]
CHINESE = ["双方重申致力于维护国际和地区的战略平衡与稳定，并同意每{n}个月会晤一次", "双方将保留不超过{n}个哨所，并每年相互通报一次",
           "双方呼吁各国不在外层空间部署任何武器，并将在{n}日内作出报告", "双方将在埃尔姆堡设立联络处，工作人员不超过{n}人",
           "双方欢迎奥萨尼亚提出的第{n}号建立信任措施倡议，并将加以落实", "双方同意在第{n}次会议上审议勘测结果并公布结论"]
NUMERALS = "零一二三四五六七八九十"


def sentence(rng, chinese, seen):
    """A paragraph that no other of the case is like."""
    while True:
        number = rng.randint(12, 98)
        if chinese:
            text = rng.choice(CHINESE).format(n=number) + "。"
        else:
            text = f"{rng.choice(VERBS)} {rng.choice(WHO)} {rng.choice(WHAT)}, {rng.choice(WHEN).format(n=number)};"
        if text not in seen:
            seen.add(text)
            return text


def edited(rng, text):
    """The paragraph with another number, or with more words where it has none."""
    digits = "".join(c for c in text if c.isdigit())
    if digits:
        return text.replace(digits, str(int(digits) + rng.choice([1, 2, 100])), 1)
    return text[:-1] + rng.choice([" at the latest", " if possible", ", as agreed in Elmburg"]) + text[-1]


def label(number, chinese):
    if not chinese:
        return f"{number}. "
    tens, ones = divmod(number, 10)
    return (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[ones] if ones else "") + "、"


def numbered(paragraphs, chinese):
    return [label(at + 1, chinese) + text for at, (_, text) in enumerate(paragraphs)]


def kept(paragraphs, chinese):
    """Paragraphs under the numbers that they had; what has none stands without."""
    return [(label(number, chinese) if number else "") + text for number, text in paragraphs]


def laid_out(paragraphs, width, chinese):
    if not width:
        return "\n\n".join(paragraphs) + "\n"
    blocks = []
    for paragraph in paragraphs:
        units = list(paragraph) if chinese else paragraph.split(" ")
        line, lines = "", []
        for unit in units:
            joined = line + ("" if chinese or not line else " ") + unit
            if line and len(joined) > width and unit not in "，。、":
                lines.append(line)
                line = unit
            else:
                line = joined
        blocks.append("\n".join([*lines, line]))
    return "\n\n".join(blocks) + "\n"


def case(kind, rng):
    """Base, ours, theirs, and the right result; None where it is a conflict."""
    chinese = rng.random() < 0.3
    seen = set()
    base = [(at + 1, sentence(rng, chinese, seen)) for at in range(rng.randint(5, 14))]
    first, second = sorted(rng.sample(range(len(base)), 2))
    if rng.random() < 0.5:
        first, second = second, first
    widths = {"base": 0, "ours": 0, "theirs": 0}

    def edit(paragraphs, at):
        number, text = base[at]
        replaced = (number, edited(rng, text))
        return [replaced if paragraph == base[at] else paragraph for paragraph in paragraphs], replaced

    def insert(paragraphs, at, text):
        place = paragraphs.index(base[at]) + 1
        return [*paragraphs[:place], (0, text), *paragraphs[place:]]

    show = kept
    ours, change = edit(base, first)
    right = [change if paragraph == base[first] else paragraph for paragraph in base]
    if kind == "edit":
        theirs, change = edit(base, second)
        right = [change if paragraph == base[second] else paragraph for paragraph in right]
    elif kind == "wrap":
        theirs, change = edit(base, second)
        right = [change if paragraph == base[second] else paragraph for paragraph in right]
        widths[rng.choice(["ours", "theirs"])] = rng.choice([40, 56, 72])
    elif kind == "wrap-only":
        theirs = base
        widths["theirs" if rng.random() < 0.5 else "ours"] = rng.choice([40, 56, 72])
    elif kind == "delete":
        theirs = [paragraph for paragraph in base if paragraph != base[second]]
        right = [paragraph for paragraph in right if paragraph != base[second]]
    elif kind == "renumber":
        show = numbered
        text = sentence(rng, chinese, seen)
        theirs, right = insert(base, second, text), insert(right, second, text)
    elif kind == "renumber-both":
        show = numbered
        texts = [sentence(rng, chinese, seen) for _ in range(2)]
        ours, theirs = insert(base, first, texts[0]), insert(base, second, texts[1])
        right = insert(insert(base, first, texts[0]), second, texts[1])
    elif kind == "move":
        show = lambda paragraphs, chinese: [text for _, text in paragraphs]
        moved = base[first]
        rest = [paragraph for paragraph in base if paragraph != moved]
        place = rng.choice([at for at in range(len(base)) if abs(at - first) > 1] or [0])
        theirs = [*rest[:place], moved, *rest[place:]]
        right = [change if paragraph == moved else paragraph for paragraph in theirs]
    elif kind == "same":
        theirs, other = edit(base, first)
        while other == change:
            theirs, other = edit(base, first)
        right = None
    texts = {
        name: laid_out(show(paragraphs, chinese), widths[name], chinese)
        for name, paragraphs in (("base", base), ("ours", ours), ("theirs", theirs))
    }
    if rng.random() < 0.5 and kind != "same":
        texts["ours"], texts["theirs"] = texts["theirs"], texts["ours"]
    return texts, right and show(right, chinese)


def paragraphs_of(text):
    return ["".join(block.split()) for block in text.split("\n\n") if block.strip()]


def judged(found, code, right):
    if code != 0:
        return "conflict"
    if right is None:
        return "wrong"
    return "right" if paragraphs_of(found) == ["".join(paragraph.split()) for paragraph in right] else "wrong"


KINDS = ["edit", "wrap", "wrap-only", "delete", "renumber", "renumber-both", "move", "same"]


def main(recension, cases=400, seed=2031):
    rng = random.Random(int(seed))
    tools = {
        "recension": [recension, "git", "merge", "--stdout"],
        "git": ["git", "merge-file", "--stdout", "--diff3", "--quiet"],
    }
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for number in range(int(cases)):
            kind = KINDS[number % len(KINDS)]
            texts, right = case(kind, rng)
            for name, text in texts.items():
                (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            for tool, command in tools.items():
                order = ["base", "ours", "theirs"] if tool == "recension" else ["ours", "base", "theirs"]
                run = subprocess.run([*command, *(f"{name}.txt" for name in order)], cwd=folder, capture_output=True)
                verdict = judged(run.stdout.decode("utf-8"), run.returncode, right)
                counts[kind, tool, verdict] = counts.get((kind, tool, verdict), 0) + 1
                if tool == "recension" and (verdict == "wrong" or (verdict == "conflict") != (kind == "same")):
                    keep = pathlib.Path(tempfile.gettempdir()) / f"merge-{number}-{kind}"
                    keep.mkdir(exist_ok=True)
                    for name, text in texts.items():
                        (keep / f"{name}.txt").write_text(text, encoding="utf-8")
                    (keep / "right.txt").write_text("\n\n".join(right or []), encoding="utf-8")
                    print(f"{verdict}: {keep}", file=sys.stderr)
    print(f"{'kind':14} {'tool':10} {'right':>6} {'conflict':>9} {'wrong':>6}")
    for kind in KINDS:
        for tool in tools:
            row = [counts.get((kind, tool, verdict), 0) for verdict in ("right", "conflict", "wrong")]
            print(f"{kind:14} {tool:10} {row[0]:6} {row[1]:9} {row[2]:6}")
    return 1 if any(count and key[1:] == ("recension", "wrong") for key, count in counts.items()) else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.stderr.write(__doc__)
        sys.exit(2)
    sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve()), *sys.argv[2:4]))
