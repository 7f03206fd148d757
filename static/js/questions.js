// Helps with the questions of a poll: buttons beside points, credits and costs added up while one chooses, the reason
// asked for with an objection, questions shown only where they are asked. The server decides all of it again.

const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
const form = document.querySelector("form[data-vote]");
const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => number.format(facts[name]));

function addUp(list) {
  const votes = [...list.querySelectorAll("input")].map((one) => Number(one.value) || 0);
  const credits = Number(list.dataset.credits);
  const spent = votes.reduce((sum, one) => sum + one * one, 0);
  const status = list.parentElement.querySelector("[data-credits-spent]");
  status.textContent = fill(spent > credits ? list.dataset.over : list.dataset.said, { spent, left: credits - spent });
}

function addCosts(list) {
  const spent = [...list.querySelectorAll("input:checked")].reduce((sum, one) => sum + Number(one.dataset.cost), 0);
  const over = list.dataset.budget && spent > Number(list.dataset.budget);
  const status = list.parentElement.querySelector("[data-budget-total]");
  status.textContent = spent ? fill(over ? list.dataset.over : list.dataset.said, { spent }) : "";
}

function chosen(key) {
  const asked = form.querySelector(`[data-question="${key}"]`);
  if (!asked || asked.hidden) return [];
  return [...asked.querySelectorAll("input:checked")].map((one) => one.value);
}

function show() {
  for (const one of form.querySelectorAll("[data-show-if]")) {
    const wanted = one.dataset.showFor.split(" ");
    one.hidden = !chosen(one.dataset.showIf).some((key) => wanted.includes(key));
  }
  for (const one of form.querySelectorAll("[data-reason]")) {
    one.hidden = !one.parentElement.querySelector('input[value="object"]').checked;
  }
}

function refresh() {
  form.querySelectorAll("[data-credits]").forEach(addUp);
  form.querySelectorAll("[data-budget]").forEach(addCosts);
  show();
}

if (form) {
  form.querySelectorAll("[data-step]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const input = button.parentElement.querySelector("input");
      const value = (Number(input.value) || 0) + Number(button.dataset.step);
      input.value = String(Math.min(Math.max(value, Number(input.min)), Number(input.max)));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  form.addEventListener("input", refresh);
  form.addEventListener("change", refresh);
  addEventListener("pageshow", refresh);
  refresh();
}
