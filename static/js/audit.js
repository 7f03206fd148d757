// Keys 1, 2 and 3 give the three answers of a check by sample, as the buttons do.

const answers = [...document.querySelectorAll("[data-audit] button[name=verdict]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const button = answers[Number(event.key) - 1];
  if (!/^[1-3]$/.test(event.key) || !button) return;
  event.preventDefault();
  button.click();
});
