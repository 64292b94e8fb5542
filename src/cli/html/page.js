"use strict";
// Lights up what belongs together: whatever bears `data-lights="KEY"` lights every mark whose `data-of` holds KEY while
// it is pointed at or focused, and a click keeps the light on. The arrow keys go from mark to mark, Escape goes back.
(() => {
  const marks = new Map();
  for (const mark of document.querySelectorAll("[data-of]")) {
    for (const key of mark.dataset.of.split(" ")) {
      if (!marks.has(key)) marks.set(key, []);
      marks.get(key).push(mark);
    }
  }
  const bar = document.querySelector(".status");
  const message = bar.querySelector("[role=status]");
  const none = { key: "", tell: "" };
  let lit = none;
  let kept = none;
  let origin = null;

  /** The places of a key: each mark where it starts. */
  const places = (key) => (marks.get(key) ?? []).filter((mark) => mark.id);

  const sourceOf = (node) => {
    const source = node instanceof Element ? node.closest("[data-lights]") : null;
    return source && { key: source.dataset.lights, tell: source.dataset.tell ?? "" };
  };

  function show(next) {
    if (next.key !== lit.key) {
      for (const mark of marks.get(lit.key) ?? []) mark.classList.remove("lit");
      for (const mark of marks.get(next.key) ?? []) mark.classList.add("lit");
    }
    lit = next;
    const all = places(lit.key);
    const at = all.indexOf(document.activeElement);
    const where = at < 0 ? `${all.length} in the text` : `${at + 1} of ${all.length}`;
    bar.hidden = lit === none;
    message.textContent = [lit.tell, where].filter(Boolean).join(" · ");
  }

  function release() {
    kept = none;
    show(none);
  }

  function step(by) {
    const all = places(lit.key);
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    all[next].focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "center" });
    kept = lit;
  }

  document.addEventListener("pointerover", (event) => {
    if (!bar.contains(event.target)) show(sourceOf(event.target) ?? kept);
  });
  document.addEventListener("focusin", (event) => {
    if (bar.contains(event.target)) return;
    const source = sourceOf(event.target);
    if (source && source.key === kept.key) kept = source;
    show(source ?? kept);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".status button");
    if (button?.dataset.step) return step(Number(button.dataset.step));
    if (button) return release();
    const source = sourceOf(event.target);
    if (!source) return release();
    origin = event.target.closest("a, summary") ?? origin;
    kept = source;
    show(source);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape" && lit !== none) {
      origin?.focus();
      release();
    }
    const inText = document.activeElement.matches(".text [data-of]");
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by && inText) {
      event.preventDefault();
      step(by);
    }
  });
})();
