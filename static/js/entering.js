// Enter goes to the next field, and sends from the last one: a clerk's hand stays on the numbers.
for (const form of document.querySelectorAll("form")) {
  const fields = [...form.querySelectorAll("[data-next]")];
  fields.forEach((field, at) => field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || at === fields.length - 1) return;
    event.preventDefault();
    fields[at + 1].focus();
  }));
}
