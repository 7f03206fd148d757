// Shows only the settings that matter for the kind of a question, or for who may vote. Hidden fields keep what was typed into them.

for (const asking of document.querySelectorAll("[data-asking]")) {
  const kind = asking.querySelector("select[name$='-kind'], select[name='electorate']");
  const show = () => {
    for (const field of asking.querySelectorAll("[data-for]")) {
      field.hidden = !field.dataset.for.split(" ").includes(kind.value);
    }
  };
  kind.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
