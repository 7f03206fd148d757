// Opens what people say about a clause beside the draft, in place of the clause's own page. The draft stays in view;
// Escape, the back button and "Close" lead back to the button that was pressed. "More comments" adds a page in place.

const dialog = document.querySelector("dialog[data-sheet-dialog]");
const body = dialog?.querySelector("[data-sheet-body]");
let opener = null;

function bare(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

async function fetchPage(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function mark(link) {
  document.querySelectorAll(".clause[aria-current]").forEach((clause) => clause.removeAttribute("aria-current"));
  link?.closest(".clause")?.setAttribute("aria-current", "true");
}

async function open(link) {
  link.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(`${link.href}sheet/`);
    body.replaceChildren(...page.body.childNodes);
  } catch {
    location.assign(link.href); // the page does what the sheet could not
    return;
  } finally {
    link.removeAttribute("aria-busy");
  }
  if (!dialog.open) {
    if (matchMedia("(min-width: 1000px)").matches) dialog.show();
    else dialog.showModal();
    history.pushState({ sheet: true }, "");
  }
  opener = link;
  mark(link);
  dialog.scrollTop = 0;
  body.querySelector("[data-sheet-focus]")?.focus();
  link.closest(".clause")?.scrollIntoView({ block: "nearest" });
}

function shut() {
  dialog.close();
  mark(null);
  body.replaceChildren();
  opener?.focus();
  opener = null;
}

function leave() {
  if (history.state?.sheet) history.back(); // popstate shuts it
  else shut();
}

async function more(link) {
  const place = link.closest("[data-talk-more]");
  link.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(link.dataset.more);
    const fresh = [...(page.querySelector("[data-talk]")?.children ?? [])];
    place.replaceWith(...fresh);
    const first = fresh[0];
    if (first) {
      first.tabIndex = -1;
      first.focus();
    }
  } catch {
    location.assign(link.href);
  }
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-more], a[data-sheet]");
  if (!link || !bare(event) || event.defaultPrevented) return;
  if (link.dataset.more) {
    event.preventDefault();
    more(link);
  } else if (dialog) {
    event.preventDefault();
    open(link);
  }
});

if (dialog) {
  dialog.querySelector("[data-sheet-close]").addEventListener("click", leave);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open && !event.defaultPrevented) {
      event.preventDefault();
      leave();
    }
  });
  addEventListener("popstate", () => {
    if (dialog.open) shut();
  });
}
