// A vote that cannot leave the device must not look sent: without a connection the form stays as it is and says so.
// Sending is left to the browser; what was sent stays in this tab until the receipt comes (keep.js).

const form = document.querySelector("form[data-vote]");
const note = form?.querySelector("[data-offline]");

if (form && note) {
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      note.hidden = navigator.onLine;
      if (!navigator.onLine) event.preventDefault();
    },
    true, // before the form is marked as sent
  );
  addEventListener("online", () => {
    note.hidden = true;
  });
}
