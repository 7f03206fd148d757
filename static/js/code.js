// The QR code of a slip carries its code behind the # of the address, which no browser sends and no log holds. It is
// put into the field and taken out of the address, so that it stays neither in the history nor in a shared link.

const field = document.querySelector("form[data-code] input[name=code]");

if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1)).slice(0, 80);
  history.replaceState(null, "", location.pathname);
}
