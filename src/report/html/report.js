// Keys, search and a filter of classes. Without it the report is whole: see report.css for what needs no script.
"use strict";
(() => {
  const root = document.documentElement;
  const by = (id) => document.getElementById(id);
  const bar = document.querySelector(".bar");
  const changes = [...document.querySelectorAll(".change")];
  const folds = [...document.querySelectorAll(".fold")];
  const tiers = [...document.querySelectorAll(".tiers input")];
  const [kind, find, status, help] = ["kind", "find", "status", "help"].map(by);
  root.classList.remove("scriptless");

  // The height of the bar, so that it covers no place that a link names.
  const measure = () => {
    const sticks = getComputedStyle(bar).position === "sticky";
    root.style.setProperty("--bar", `${sticks ? bar.offsetHeight : 0}px`);
  };
  new ResizeObserver(measure).observe(bar);
  measure();

  const texts = new WeakMap();
  const text = (element) => {
    if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
    return texts.get(element);
  };
  const tierIsShown = (change) =>
    tiers.every((box) => box.checked || !change.classList.contains(box.id.slice("show-".length)));
  const isShown = (change) => !change.hidden && tierIsShown(change);

  const filter = () => {
    const words = find.value.trim().toLowerCase();
    for (const change of changes) {
      const fits = !kind.value || change.dataset.is.split(" ").includes(kind.value);
      change.hidden = !fits || (words !== "" && !text(change).includes(words));
    }
    for (const fold of folds) {
      fold.hidden = kind.value !== "" || (words !== "" && !text(fold).includes(words));
    }
    status.textContent = `${changes.filter(isShown).length} of ${changes.length} changes shown`;
  };
  const everything = () => {
    kind.value = "";
    find.value = "";
    for (const box of tiers) box.checked = true;
    filter();
  };
  kind.addEventListener("change", filter);
  for (const box of tiers) box.addEventListener("change", filter);
  let waiting = 0;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });

  const mark = (name) => {
    for (const link of document.querySelectorAll(".map a")) {
      link.classList.toggle("here", link.getAttribute("href") === `#${name}`);
    }
  };

  // What a link names is shown, whatever hides it.
  const reveal = () => {
    const target = by(location.hash.slice(1));
    if (!target) return;
    const change = target.closest(".change");
    if (change ? !isShown(change) : target.closest(".fold")?.hidden) everything();
    for (let up = target.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    mark(target.id);
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  if (location.hash) reveal();

  const place = (change) => change.querySelector("a.place");
  const current = (shown) => {
    const held = document.activeElement?.closest?.(".change");
    if (held) return shown.indexOf(held);
    const top = bar.getBoundingClientRect().bottom + 24;
    const next = shown.findIndex((change) => change.getBoundingClientRect().top >= top - 1);
    return (next < 0 ? shown.length : next) - 0.5;
  };
  const step = (by) => {
    const shown = changes.filter(isShown);
    const at = current(shown);
    const next = by > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1;
    const change = shown[next];
    if (!change) {
      status.textContent = by > 0 ? "no further change" : "no earlier change";
      return;
    }
    change.scrollIntoView({ block: "start" });
    place(change).focus({ preventScroll: true });
    mark(place(change).id);
    status.textContent = `change ${next + 1} of ${shown.length}`;
  };
  by("next").addEventListener("click", () => step(1));
  by("previous").addEventListener("click", () => step(-1));

  const openHelp = () => help.showModal();
  by("help-open").addEventListener("click", openHelp);

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    s: () => {
      const sides = by("view-sides");
      (sides.checked ? by("view-inline") : sides).checked = true;
    },
    e: () => {
      const open = folds.some((fold) => !fold.open);
      for (const fold of folds) fold.open = open;
    },
    w: () => {
      const shown = changes.filter(isShown);
      const why = shown[Math.max(0, Math.ceil(current(shown)))]?.querySelector(".why");
      if (why) why.open = !why.open;
    },
    "/": () => find.focus(),
    "?": openHelp,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    if (event.key === "Escape") {
      everything();
      if (document.activeElement === find) find.blur();
      return;
    }
    if (event.target.matches?.("input[type=search], select, textarea") || !by("keys").checked) return;
    const does = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!does) return;
    event.preventDefault();
    does();
  });
})();
