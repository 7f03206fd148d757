// Keys of the moderation queue. They are off in fields, can be switched off, and do nothing that a button does not do.

const KEY = "rembuk-queue-keys";
const one = (selector) => document.querySelector(selector);
const rows = () => [...document.querySelectorAll("[data-queue-row]")];
const link = (row) => row.querySelector("a[href]");
const button = (value) => one(`[data-queue-decision] button[value="${value}"]`);
const rules = () => [...document.querySelectorAll('[data-queue-decision] input[name="rule"]')];

const remembered = () => {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
};
let on = remembered();

const toggle = one("[data-queue-switch]");
if (toggle) {
  toggle.closest("[hidden]").hidden = false;
  toggle.checked = on;
  toggle.addEventListener("change", () => {
    on = toggle.checked;
    try {
      localStorage.setItem(KEY, on ? "on" : "off");
    } catch {
      // a browser that keeps nothing forgets the choice with the page
    }
  });
}

// The row that holds the focus, else the case that the page shows.
const current = () => rows().findIndex((row) => row.contains(document.activeElement));
const shown = () => rows().findIndex((row) => row.hasAttribute("aria-current"));
const move = (step) => {
  const all = rows();
  if (!all.length) return;
  const from = current() >= 0 ? current() : shown();
  const to = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + step));
  link(all[to])?.focus();
};

// A rule brings its usual statement; what somebody typed is never replaced.
let filled = "";
const fill = (rule) => {
  const field = one('[data-queue-decision] textarea[name="reasons"]');
  if (!field || (field.value.trim() && field.value !== filled)) return;
  field.value = filled = rule.dataset.statement ?? "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
rules().forEach((rule) => rule.addEventListener("change", () => fill(rule)));

const acts = {
  j: () => move(1),
  k: () => move(-1),
  o: () => rows()[current()] && link(rows()[current()]).click(),
  a: () => button("approve")?.click(),
  h: () => (rules().some((rule) => rule.checked) ? button("hide")?.click() : rules()[0]?.focus()),
  u: () => one("[data-queue-undo] button")?.click(),
  x: () => rows()[current()]?.querySelector('input[type="checkbox"]')?.click(),
  "/": () => one("[data-queue-filters] select")?.focus(),
  "?": () => {
    const keys = one("[data-queue-keys]");
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  },
};
const choose = (number) => {
  const rule = rules().find((each) => each.value === number);
  if (!rule) return;
  rule.checked = true;
  rule.focus();
  rule.dispatchEvent(new Event("change", { bubbles: true }));
};

const inField = (target) =>
  target.isContentEditable || target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (inField(event.target)) return;
  if (/^[1-9]$/.test(event.key)) choose(event.key);
  else if (acts[event.key]) acts[event.key]();
  else return;
  event.preventDefault();
});
