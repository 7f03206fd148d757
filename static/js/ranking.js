// Puts buttons beside the numbers of a ranking: up and down move an answer, the list follows, a status says where it is.
// The numbers stay what is sent, so they can be set by hand as well. Works by touch and by keyboard.

for (const list of document.querySelectorAll("[data-ranking]")) {
  const status = list.parentElement.querySelector("[data-ranking-status]");
  const rows = [...list.children];
  const select = (row) => row.querySelector("select");
  const nameOf = (row) => row.querySelector("label").textContent.trim();
  let ranked = rows.filter((row) => select(row).value).sort((a, b) => select(a).value - select(b).value);

  const undo = list.parentElement.querySelector("[data-undo]");
  const before = []; // the orders that were left, the latest last

  const draw = () => {
    undo.hidden = !before.length;
    rows.forEach((row) => {
      const place = ranked.indexOf(row) + 1;
      select(row).value = place ? String(place) : "";
      row.querySelector('[data-move="-1"]').disabled = place === 1;
      row.querySelector('[data-move="1"]').disabled = place === 0;
    });
  };

  const arrange = (held) => {
    list.append(...ranked, ...rows.filter((row) => !ranked.includes(row)));
    held?.focus();
  };

  const say = (row) => {
    const place = ranked.indexOf(row) + 1;
    const words = place ? list.dataset.said : list.dataset.out;
    status.textContent = words.replace("{answer}", nameOf(row)).replace("{place}", place);
  };

  // An answer without a place comes in at the end; the last one that is moved down loses its place.
  const move = (row, by) => {
    const at = ranked.indexOf(row);
    ranked = ranked.filter((one) => one !== row);
    if (at < 0) ranked.push(row);
    else if (at + by <= ranked.length) ranked.splice(Math.max(at + by, 0), 0, row);
  };

  rows.forEach((row) => {
    row.querySelectorAll("[data-move]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        before.push(ranked);
        move(row, Number(button.dataset.move));
        draw();
        const other = row.querySelector(`[data-move="${-button.dataset.move}"]`);
        arrange(button.disabled ? other : button);
        say(row);
      });
    });
    select(row).addEventListener("change", () => {
      before.push(ranked);
      const place = Number(select(row).value);
      ranked = ranked.filter((one) => one !== row);
      if (place) ranked.splice(Math.min(place - 1, ranked.length), 0, row);
      draw();
      arrange(select(row));
      say(row);
    });
  });
  undo.addEventListener("click", () => {
    ranked = before.pop();
    draw();
    arrange(undo.hidden ? select(rows[0]) : undo);
    status.textContent = undo.dataset.undone;
  });
  draw();
  arrange();
}
