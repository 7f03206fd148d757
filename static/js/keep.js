// Keeps what was typed into a form marked data-keep until the site has accepted it: a lost connection loses nothing.
// A form marked data-keep-sent (a vote) is kept only from sending on, or while there is no connection.
// It stays in this tab only. Forms marked data-secret, passwords, hidden fields and files are never kept.
// Accepted means: the next page carries a message of success or a receipt.

const PREFIX = "keep:";
const SKIP = new Set(["hidden", "password", "file", "submit", "button", "reset"]);
const keyOf = (form) => `${PREFIX}${location.pathname}#${form.dataset.keep || form.id}`;
const isVote = (form) => "keepSent" in form.dataset;
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !SKIP.has(field.type));

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: the form works as it does without a script.
  }
}

function forgetAccepted() {
  if (!document.querySelector("[data-accepted], .receipt")) return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && read(key)?.sent) sessionStorage.removeItem(key);
  }
}

function collect(form) {
  return fieldsOf(form).map((field) => {
    const ticked = field.type === "radio" || field.type === "checkbox";
    return [field.name, ticked ? field.value : null, ticked ? field.checked : field.value];
  });
}

function restore(form, values) {
  if (form.querySelector("[aria-invalid=true]")) return; // the server has just given back what was sent
  const rest = [...values];
  for (const field of fieldsOf(form)) {
    const ticked = field.type === "radio" || field.type === "checkbox";
    const at = rest.findIndex(([name, value]) => name === field.name && (!ticked || value === field.value));
    if (at < 0) continue;
    const kept = rest.splice(at, 1)[0][2];
    if (ticked) field.checked = kept;
    else if (kept && field.value === field.defaultValue) field.value = kept;
    else continue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

forgetAccepted();
for (const form of document.querySelectorAll("form[data-keep]:not([data-secret]), form[data-keep-sent]")) {
  const key = keyOf(form);
  const kept = read(key);
  if (kept) {
    restore(form, kept.values);
    form.querySelector("[data-kept]")?.removeAttribute("hidden");
  }
  form.addEventListener("input", () => {
    if (!isVote(form)) write(key, { values: collect(form) });
    else if (!navigator.onLine) write(key, { values: collect(form), sent: true });
  });
  form.addEventListener("submit", () => write(key, { values: collect(form), sent: true }));
  form.addEventListener("reset", () => {
    sessionStorage.removeItem(key);
    form.querySelector("[data-kept]")?.setAttribute("hidden", "");
  });
}
