// What every page can do beyond HTML. Each behaviour is bound by a data- attribute; nothing needs it.
// live.js and keep.js are fetched only by pages that ask for them.

const all = (selector, act) => document.querySelectorAll(selector).forEach(act);

// A form that was sent is not sent twice. The button stays enabled, so that its name and value are sent.
all("form[data-submit-once]", (form) => {
  const mark = (sent) => {
    form.toggleAttribute("data-sent", sent);
    form.querySelectorAll("button:not([type=button])").forEach((button) => {
      sent ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled");
    });
  };
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-sent")) event.preventDefault();
    else if (!event.defaultPrevented) mark(true);
  });
  addEventListener("pageshow", () => mark(false)); // back from the next page
});

// A text field grows with its text where the browser does not do so by itself.
if (!CSS.supports("field-sizing", "content")) {
  all("textarea[data-autosize]", (area) => {
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    area.addEventListener("input", grow);
    grow();
  });
}

// Buttons that work with a script only are hidden in the HTML.
all("button[data-copy]", (button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = button.dataset.copy;
    const text = source.startsWith("#") ? document.querySelector(source)?.textContent.trim() : source;
    if (!text) return;
    await navigator.clipboard.writeText(text);
    if (!button.dataset.copied) return;
    const before = button.innerHTML;
    button.setAttribute("role", "status");
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.innerHTML = before;
      button.removeAttribute("role");
    }, 2500);
  });
});
all("button[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
all("select[data-send]", (select) => select.addEventListener("change", () => select.form.requestSubmit()));

// Menus close with Escape (the focus returns to their button) and when something else is pressed.
const menus = () => document.querySelectorAll("details[data-menu][open]");
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });
});
addEventListener("click", (event) => {
  menus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

if (document.querySelector("form[data-keep], form[data-keep-sent], [data-accepted], .receipt")) import("./keep.js");
if (document.querySelector("[data-live]")) import("./live.js");
