// The workbench of themes: keys, counts of what is chosen, and a theme that opens in place. Everything works without it.

const KEY = "rembuk-workbench-keys";
const one = (selector) => document.querySelector(selector);
const every = (selector) => [...document.querySelectorAll(selector)];
const box = (row) => row?.querySelector('input[type="checkbox"]');

let on = true;
try {
  on = localStorage.getItem(KEY) !== "off";
} catch {
  // a browser that keeps nothing has the keys
}
const toggle = one("[data-bench-switch]");
if (toggle) {
  toggle.closest("[hidden]").hidden = false;
  toggle.checked = on;
  toggle.addEventListener("change", () => {
    on = toggle.checked;
    try {
      localStorage.setItem(KEY, on ? "on" : "off");
    } catch {
      // forgotten with the page
    }
  });
}

// ---- What is chosen, and whether a name is asked for ----------------------------------------------------------------

function tell() {
  const bar = one("[data-bench-bar]");
  if (!bar) return;
  const chosen = every("[data-bench-row] input:checked").length;
  const line = bar.querySelector("[data-bench-chosen]");
  line.hidden = false;
  line.textContent = chosen ? line.dataset.some.replace("{n}", String(chosen)) : line.dataset.none;
  bar.querySelector("[data-bench-new]").hidden = bar.querySelector("select").value !== "new";
}
document.addEventListener("change", tell);
tell();

// ---- A theme opens in place ----------------------------------------------------------------------------------------

async function open(address, push) {
  const pane = one("#pane");
  const url = new URL(address, location.href);
  const asked = new URL(url);
  asked.searchParams.set("fragment", "1");
  asked.hash = "";
  pane.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(asked, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html"); // runs no scripts
    const live = one("#pane").closest("[data-live-fragment]");
    const scrolled = one("[data-bench-list]").scrollTop;
    const marked = new Set(every('[data-bench-list] input[name="theme"]:checked').map((mark) => mark.value));
    const holder = one(".bench").parentElement;
    holder.replaceChildren(...page.body.childNodes);
    every('[data-bench-list] input[name="theme"]').forEach((mark) => (mark.checked = marked.has(mark.value)));
    one("[data-bench-list]").scrollTop = scrolled;
    if (live) live.dataset.liveFragment = asked.pathname + asked.search;
    if (push) history.pushState({}, "", url);
    tell();
    one("#pane").focus({ preventScroll: true });
    one("#pane").scrollIntoView({ block: "start" });
  } catch {
    location.assign(address);
  } finally {
    one("#pane")?.removeAttribute("aria-busy");
  }
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-bench-open]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href, true);
});
addEventListener("popstate", () => open(location.href, false));

// ---- Keys ----------------------------------------------------------------------------------------------------------

const rows = () => {
  const list = one("[data-bench-list]");
  return list?.contains(document.activeElement) || !one("[data-bench-row]") ? every("[data-bench-glance]") : every("[data-bench-row]");
};
const current = () => rows().findIndex((row) => row.contains(document.activeElement));
const target = (row) => box(row) ?? row.querySelector("a[href]");
const go = (step) => {
  const all = rows();
  if (!all.length) return;
  const from = current();
  const next = all[from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + step))];
  target(next)?.focus();
  next.scrollIntoView({ block: "nearest" });
};
const press = (key) => one(`[data-bench-key="${key}"]`)?.click();
const acts = {
  j: () => go(1),
  k: () => go(-1),
  x: () => box(rows()[current()])?.click(),
  m: () => {
    const marked = every('[data-bench-list] input[name="theme"]:checked').length;
    if (marked > 1 && !every("[data-bench-row] input:checked").length) one("[data-bench-list]").requestSubmit();
    else one("#bench-to")?.focus();
  },
  e: () => press("e"),
  r: () => press("r"),
  u: () => one("[data-bench-undo] button")?.click(),
  "/": () => one("#bench-q")?.focus(),
  "?": () => {
    const keys = one("[data-bench-help]");
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  },
};
const inField = (field) =>
  field.isContentEditable || field.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (inField(event.target) || !acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
