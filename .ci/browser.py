#!/usr/bin/env python3
"""Opens HTML reports in a real browser and checks what only a browser can tell.

Needs Chromium, Playwright for Python and axe-core, none of which the project ships:

    apt-get install chromium fonts-wqy-microhei fonts-hosny-amiri
    python3 -m venv ENV && ENV/bin/pip install playwright
    npm pack axe-core && tar -xzf axe-core-*.tgz package/axe.min.js
    ENV/bin/python .ci/browser.py --axe package/axe.min.js [--program target/release/recension]
                                  [--long BEFORE AFTER]

Pairs come from the sample corpus, in each of its languages, and from a statement that holds markup and script. With
--long the size of the report of two long texts, the time it takes to write it beside JSON, and the time until a browser
answers are printed. Exits with 1 where a check fails.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERIES = "fictional/veltria-orsania"
HOSTILE = """Joint statement

1. The Sides urge all States <script>alert(1)</script> to accept 26 inspections.

2. They met in Elm <img src=x onerror=alert(2)> and <svg onload=alert(3)></svg>.

3. </p></article></main><iframe srcdoc="<script>parent.alert(4)</script>"></iframe> ends here.

4. Hidden\u202e and\u200b here <a href="javascript:alert(5)">26</a>.
"""

failures = []


def check(name, holds):
    if not holds:
        failures.append(name)
    print(f"{'ok  ' if holds else 'FAIL'} {name}")


def report(program, folder, name, before, after, form="html"):
    path = folder / f"{name}.{form}"
    begun = time.monotonic()
    ended = subprocess.run(
        [program, "--corpus", ROOT / "corpus", "diff", before, after, "--format", form, "-o", path, "--quiet"],
        check=False,
    )
    if ended.returncode not in (0, 1):
        sys.exit(f"no report of {name}")
    return path, time.monotonic() - begun


class Tab:
    """A page of a report, and what it complained of."""

    def __init__(self, browser, path, width=1400, height=900, scheme="light", place="", script=True):
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script
        )
        self.page = self.context.new_page()
        self.complaints = []
        self.requests = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri() + place)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def shown(self, selector):
        return self.page.evaluate(
            "s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length", selector
        )

    def focused(self):
        return self.page.evaluate("document.activeElement.id")

    def axe(self, source):
        # What the browser has not laid out yet has no places that could be measured.
        self.page.evaluate("for (const e of document.querySelectorAll('.change, .same')) e.style.contentVisibility = 'visible'")
        self.page.evaluate(source)
        found = self.page.evaluate(
            """async () => (await axe.run(document, {resultTypes: ['violations'],
                 runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}))
               .violations.map(v => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)}`)"""
        )
        for violation in found:
            print("     ", violation)
        return not found


def behaves(browser, path, name):
    """Views, filters, keys, links."""
    with Tab(browser, path) as tab:
        page = tab.page
        changes = tab.shown(".change")
        check(f"{name}: changes are shown", changes > 0)
        check(f"{name}: inline first", tab.shown(".text.inline") > 0 and tab.shown(".text.side") == 0)
        page.keyboard.press("s")
        check(f"{name}: s shows both sides", tab.shown(".text.inline") == 0 and tab.shown(".text.side") > 0)
        page.keyboard.press("s")
        page.keyboard.press("j")
        first = tab.focused()
        page.keyboard.press("j")
        second = tab.focused()
        page.keyboard.press("k")
        check(f"{name}: j and k go on and back", first != second and tab.focused() == first)
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        bar = page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom")
        check(f"{name}: the bar covers no change", top >= bar)
        page.keyboard.press("w")
        check(f"{name}: w tells why", tab.shown(".why[open]") == 1)
        page.keyboard.press("/")
        check(f"{name}: / leads to the search", tab.focused() == "find")
        page.keyboard.type("zzzzjk")
        page.wait_for_timeout(300)
        check(f"{name}: a search hides what does not fit", tab.shown(".change") == 0)
        page.keyboard.press("Escape")
        check(f"{name}: Esc shows every change again", tab.shown(".change") == changes)
        page.keyboard.press("?")
        check(f"{name}: ? tells the keys", tab.shown("dialog#help") == 1)
        page.uncheck("#keys")
        page.keyboard.press("Escape")
        before = tab.focused()
        page.keyboard.press("j")
        check(f"{name}: keys of a letter can be put off", tab.focused() == before)
        for box in page.query_selector_all(".tiers input"):
            tier = box.get_attribute("id").removeprefix("show-")
            count = tab.shown(f".change.{tier}")
            box.uncheck()
            check(f"{name}: {tier} can be hidden", tab.shown(f".change.{tier}") == 0)
            if count:
                link = page.evaluate(f"document.querySelector('.change.{tier} a.place').id")
                page.evaluate("id => { location.hash = id }", link)
                page.wait_for_timeout(100)
                check(f"{name}: a link shows what was hidden", tab.shown(f".change.{tier}") == count)
            box.check()
        kinds = page.evaluate("[...document.querySelectorAll('#kind option')].map(o => o.value).filter(v => v)")
        page.select_option("#kind", kinds[0])
        check(f"{name}: one kind of change", 0 < tab.shown(".change") <= changes)
        page.select_option("#kind", "")
        folded = page.evaluate("document.querySelector('.fold a.place')?.id")
        if folded:
            page.evaluate("id => { location.hash = id }", folded)
            page.wait_for_timeout(100)
            check(f"{name}: a link opens a fold", page.evaluate("id => document.getElementById(id).checkVisibility()", folded))
        page.click(".map a:last-of-type path", force=True)
        check(f"{name}: the map leads to a place", page.evaluate("!!document.querySelector(':target')"))
        check(f"{name}: no tab stop in the map", page.evaluate("[...document.querySelectorAll('.map a')].every(a => a.tabIndex < 0)"))
        check(f"{name}: no complaint {tab.complaints}", not tab.complaints)
        check(f"{name}: nothing is fetched", len(tab.requests) == 1)
    with Tab(browser, path, script=False) as tab:
        page = tab.page
        sides = page.locator(".text.side").first
        page.check("#view-sides", force=True)
        check(f"{name}: both sides without script", sides.is_visible())
        check(f"{name}: no search without script", not page.locator("#find").is_visible())


def reads_well(browser, path, name, axe):
    for scheme in ("light", "dark"):
        for width in (400, 1400):
            with Tab(browser, path, width=width, scheme=scheme) as tab:
                tab.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
                check(f"{name}: axe-core finds nothing, {scheme}, {width}", tab.axe(axe))
                wide = tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                check(f"{name}: nothing runs over the side at {width}", wide <= 0)
                tab.page.check("#view-sides", force=True)
                check(f"{name}: axe-core, side by side, {scheme}, {width}", tab.axe(axe))
                wide = tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                check(f"{name}: nothing runs over the side, side by side, at {width}", wide <= 0)
    with Tab(browser, path) as tab:
        ground = "getComputedStyle(document.body).backgroundColor"
        light = tab.page.evaluate(ground)
        tab.page.check("#theme-dark", force=True)
        check(f"{name}: the switch makes it dark", tab.page.evaluate(ground) != light)
        tab.page.emulate_media(media="print")
        check(f"{name}: paper has no bar", tab.shown(".bar, .jump, .map") == 0 and tab.shown(".change") > 0)
        check(f"{name}: paper is white", tab.page.evaluate(ground) == "rgb(255, 255, 255)")


def runs(browser, path, name, direction):
    """The direction of the text, as it is laid out: a line without Arabic letters runs from left to right everywhere."""
    own = "[...document.querySelectorAll('.text.inline p')].filter(p => /\\p{Script=Arabic}/u.test(p.textContent) == ARABIC)"
    with Tab(browser, path) as tab:
        for arabic, wanted in (("true", "rtl"), ("false", "ltr")):
            found = tab.page.evaluate(own.replace("ARABIC", arabic) + ".map(p => getComputedStyle(p).direction)")
            check(f"{name}: text runs {wanted}", set(found) <= {wanted} and (found or wanted != direction))
        kinds = tab.page.evaluate("[...document.querySelectorAll('ins, del')].map(e => getComputedStyle(e).unicodeBidi)")
        check(f"{name}: edits are isolated", set(kinds) == {"isolate"})


def is_long(program, browser, folder, before, after):
    """Figures of two long texts."""
    path, spent = min((report(program, folder, "long", before, after) for _ in range(3)), key=lambda found: found[1])
    _, json = min((report(program, folder, "long", before, after, "json") for _ in range(3)), key=lambda found: found[1])
    sizes = [pathlib.Path(side).stat().st_size / 1e6 for side in (before, after)]
    print(f"     texts {sizes[0]:.2f} and {sizes[1]:.2f} MB; report {path.stat().st_size / 1e6:.2f} MB")
    print(f"     written in {spent * 1000:.0f} ms, JSON in {json * 1000:.0f} ms")
    with Tab(browser, path) as tab:
        page = tab.page
        times = page.evaluate(
            """() => { const t = performance.getEntriesByType('navigation')[0];
                 const paint = performance.getEntriesByName('first-contentful-paint')[0];
                 return [paint?.startTime, t.domInteractive, t.domContentLoadedEventEnd, t.loadEventEnd] }"""
        )
        print("     first paint, interactive, content, loaded: " + ", ".join(f"{at or 0:.0f} ms" for at in times))
        print(f"     elements {page.evaluate('document.querySelectorAll(String.fromCharCode(42)).length')}, changes {tab.shown('.change')}")
        for key in "jjjs":
            begun = time.monotonic()
            page.keyboard.press(key)
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            print(f"     key {key}: {(time.monotonic() - begun) * 1000:.0f} ms")
        page.keyboard.press("s")
        longest = page.evaluate(
            """async () => { let longest = 0, last = performance.now();
                 for (let step = 0; step < 120; step++) {
                   scrollBy(0, 900);
                   await new Promise(requestAnimationFrame);
                   const now = performance.now(); longest = Math.max(longest, now - last); last = now;
                 } return longest }"""
        )
        print(f"     longest frame while scrolling through 120 screens: {longest:.0f} ms")
        begun = time.monotonic()
        page.evaluate("document.querySelector('#find').value = 'the'; document.querySelector('#kind').dispatchEvent(new Event('change'))")
        print(f"     a search: {(time.monotonic() - begun) * 1000:.0f} ms")
        check(f"long: no complaint {tab.complaints}", not tab.complaints)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--axe", type=pathlib.Path, required=True)
    arguments.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/recension")
    arguments.add_argument("--browser", default="/usr/bin/chromium")
    arguments.add_argument("--long", nargs=2, metavar=("BEFORE", "AFTER"))
    arguments.add_argument("--only-long", action="store_true")
    given = arguments.parse_args()
    axe = given.axe.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = pathlib.Path(folder)
        browser = playwright.chromium.launch(executable_path=given.browser, args=["--no-sandbox"])
        if not given.only_long:
            for language in ("en", "zh", "ar", "fr"):
                old = f"{SERIES}/2031/strategic-stability@latest~{language}"
                new = f"{SERIES}/2036/strategic-stability~{language}"
                path, _ = report(given.program, folder, language, old, new)
                behaves(browser, path, language)
                reads_well(browser, path, language, axe)
                runs(browser, path, language, "rtl" if language == "ar" else "ltr")
            for name, text in (("one.txt", HOSTILE), ("<b>two.txt", HOSTILE.replace("26", "27").replace("urge", "invite"))):
                (folder / name).write_text(text, encoding="utf-8")
            path, _ = report(given.program, folder, "hostile", folder / "one.txt", folder / "<b>two.txt")
            behaves(browser, path, "hostile")
            reads_well(browser, path, "hostile", axe)
            with Tab(browser, path) as tab:
                strange = tab.page.evaluate("document.querySelectorAll('iframe, img, main script, [onload], [onerror]').length")
                check("hostile: markup of the statement stays text", strange == 0)
                check("hostile: its words are shown", "<script>alert(1)</script>" in tab.page.inner_text("main"))
        if given.long:
            is_long(given.program, browser, folder, *given.long)
        browser.close()
    if failures:
        sys.exit(f"{len(failures)} failed: " + "; ".join(failures))


if __name__ == "__main__":
    main()
