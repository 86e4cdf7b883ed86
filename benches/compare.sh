#!/bin/sh
# Times recension against the tools that stand nearest, on two texts.
#
#     compare.sh BEFORE AFTER [RUNS]
#     compare.sh FOLDER [RUNS]        a folder made by make-texts.py: the texts as they are, and wrapped again
#
# All run in turn, RUNS times (default 7), each as a whole process whose output is thrown away. Printed are medians of
# wall and processor seconds, how many times recension's wall time each took, and the greatest peak memory.
# RECENSION names the program (default: recension).
set -eu

measure() {
    python3 - "$@" <<'PYTHON'
import os, resource, shutil, statistics, subprocess, sys, time

before, after, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
tools = {
    "recension": [os.environ.get("RECENSION", "recension"), "diff", before, after, "--format", "json"],
    "git --word-diff": ["git", "diff", "--no-index", "--word-diff=porcelain", before, after],
    "git --histogram": ["git", "diff", "--no-index", "--histogram", before, after],
    "wdiff": ["wdiff", before, after],
    "dwdiff": ["dwdiff", before, after],
}
tools = {name: command for name, command in tools.items() if shutil.which(command[0])}
figures = {name: [] for name in tools}
for run in range(runs + 1):
    for name, command in tools.items():
        start = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        if child.returncode not in (0, 1):
            sys.exit(f"{name} failed: exit code {child.returncode}")
        if run:
            figures[name].append((wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
size = (os.path.getsize(before) + os.path.getsize(after)) / 1e6
print(f"{before} {after}: {size:.1f} MB together, {runs} runs each")
own = statistics.median(wall for wall, _, _ in figures["recension"])
for name, found in figures.items():
    wall, cpu = (statistics.median(column) for column in list(zip(*found))[:2])
    peak = max(peak for _, _, peak in found)
    print(f"  {name:16} wall {wall:7.3f} s   cpu {cpu:7.3f} s   {wall / own:6.2f} times   peak {peak:6.0f} MiB")
PYTHON
}

if [ -d "${1:?give two texts, or a folder made by make-texts.py}" ]; then
    measure "$1/before.txt" "$1/after.txt" "${2:-7}"
    measure "$1/before-80.txt" "$1/after-66.txt" "${2:-7}"
else
    measure "$1" "${2:?give the later text}" "${3:-7}"
fi
