// Live pages. Elements with data-live="poll.7" show the newest snapshot of that topic: numbers in [data-live-field],
// attributes in [data-live-attr]; a change of structure offers [data-live-refresh], which fetches data-live-fragment.
// One socket per page; while it is away the page asks by HTTP. docs/realtime.md describes both.

const MOST = 20; // topics of one socket
const FIRST_WAIT = 1, LONGEST_WAIT = 60; // seconds between attempts to connect
const ASK_OFTEN = 5, ASK_SELDOM = 15, OFTEN_FOR = 60; // seconds
const HIDDEN_FOR = 60; // seconds after which a page that nobody sees stops listening
const SAY_EVERY = 10; // seconds between two announcements
const ACK_AFTER = 3, ACK_MOST = 8; // seconds, messages: the server lets sixteen be under way
const REFUSED = new Set([4400, 4429]); // ours is the mistake: come back late

const language = document.documentElement.lang || undefined;
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const write = (value) =>
  typeof value === "number" ? (Number.isInteger(value) ? whole : tenths).format(value) : String(value);
const look = (facts, path) => path.split(".").reduce((value, step) => value?.[step], facts);
const jitter = (seconds) => seconds * 1000 * (0.5 + Math.random());

const known = new Map(); // topic → { version, facts, etag }
const denied = new Set();
const all = () => [...document.querySelectorAll("[data-live]")];
const sections = (topic) => all().filter((one) => one.dataset.live === topic);
const topics = () => [...new Set(all().map((one) => one.dataset.live))].filter((topic) => topic && !denied.has(topic));
const own = (section, selector) =>
  [...section.querySelectorAll(selector)].filter((one) => one.closest("[data-live]") === section);

// ---- What a snapshot changes on the page ---------------------------------------------------------------------------

function show(section, facts) {
  for (const one of own(section, "[data-live-field]")) {
    const value = look(facts, one.dataset.liveField);
    if (value !== undefined && value !== null && one.textContent !== write(value)) one.textContent = write(value);
  }
  for (const one of own(section, "[data-live-attr]")) {
    for (const pair of one.dataset.liveAttr.split(/[\s;]+/)) {
      const [name, path] = pair.split(":");
      const value = path && look(facts, path);
      if (value === undefined || value === null || /^(on|href|src|style)/i.test(name)) continue;
      one.setAttribute(name, value);
    }
  }
  for (const one of own(section, "[data-live-new]")) {
    one.textContent = write(Math.max(1, (look(facts, one.dataset.liveNew) ?? 0) - Number(one.dataset.liveBase ?? 0)));
  }
  const structure = facts.structure === undefined ? undefined : String(facts.structure);
  if (structure !== undefined && section.dataset.liveFragment && structure !== (section.dataset.liveStructure ?? "")) {
    if ("liveAuto" in section.dataset) refresh(section, structure);
    else own(section, "[data-live-refresh]").forEach((button) => {
      if (button.hidden) say(button.textContent.trim());
      button.hidden = false;
    });
  }
  if (section.dataset.liveSay) {
    say(section.dataset.liveSay.replace(/\{([\w.]+)\}/g, (_, path) => write(look(facts, path) ?? "")));
  }
}

async function refresh(section, structure) {
  if (section.hasAttribute("aria-busy")) return;
  section.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(section.dataset.liveFragment, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html"); // runs no scripts
    const focused = section.contains(document.activeElement);
    section.replaceChildren(...page.body.childNodes);
    section.dataset.liveStructure = structure;
    if (focused) {
      section.tabIndex = -1;
      section.focus({ preventScroll: true });
    }
    listen();
  } catch {
    // away: the button stays, and the next snapshot tries again
  } finally {
    section.removeAttribute("aria-busy");
  }
  const now = known.get(section.dataset.live);
  if (now && section.dataset.liveStructure === structure) show(section, now.facts);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-live-refresh]");
  const section = button?.closest("[data-live]");
  const facts = known.get(section?.dataset.live)?.facts;
  if (facts) refresh(section, String(facts.structure));
});

function take(message) {
  if (message.denied) {
    denied.add(message.denied);
    return;
  }
  const { topic, version, facts } = message;
  if (!topic || version < (known.get(topic)?.version ?? -1)) return;
  known.set(topic, { ...known.get(topic), version, facts });
  sections(topic).forEach((section) => show(section, facts));
  document.dispatchEvent(new CustomEvent("rembuk:snapshot", { detail: { topic, version, facts } }));
}

// ---- Announcements: one polite region, seldom, the newest wins ------------------------------------------------------

let region, sayTimer, saidAt = 0, toSay = "", said = "";
function say(text) {
  toSay = text;
  if (!region) {
    region = document.body.appendChild(document.createElement("p"));
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
  }
  sayTimer ??= setTimeout(() => {
    sayTimer = undefined;
    if (toSay === said) return;
    region.textContent = said = toSay;
    saidAt = Date.now();
  }, Math.max(100, saidAt + SAY_EVERY * 1000 - Date.now()));
}

// ---- The socket, and HTTP while it is away -------------------------------------------------------------------------

let socket, heard = new Set(), tries = 0, connectTimer, askTimer, awaySince, stopped = false;

function listen() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  const fresh = topics().filter((topic) => !heard.has(topic)).slice(0, MOST - heard.size);
  fresh.forEach((topic) => heard.add(topic));
  if (fresh.length) socket.send(JSON.stringify({ listen: fresh }));
}

function connect() {
  clearTimeout(connectTimer);
  if (stopped || socket || !topics().length) return;
  const address = new URL("/live/", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const mine = (socket = new WebSocket(address));
  let got = 0, acknowledged = 0, ackTimer;
  const acknowledge = () => {
    clearTimeout(ackTimer);
    ackTimer = undefined;
    acknowledged = got;
    if (mine.readyState === WebSocket.OPEN) mine.send(JSON.stringify({ ack: got }));
  };
  heard = new Set();
  mine.onopen = listen;
  mine.onmessage = (event) => {
    got += 1;
    if (got - acknowledged >= ACK_MOST) acknowledge();
    else ackTimer ??= setTimeout(acknowledge, ACK_AFTER * 1000);
    tries = 0;
    awaySince = undefined;
    clearTimeout(askTimer);
    take(JSON.parse(event.data));
  };
  mine.onclose = (event) => {
    if (socket !== mine) return;
    socket = undefined;
    if (stopped) return;
    const wait = REFUSED.has(event.code) ? LONGEST_WAIT : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries);
    tries += 1;
    connectTimer = setTimeout(connect, jitter(wait));
    askLater();
  };
}

function askLater() {
  awaySince ??= Date.now();
  clearTimeout(askTimer);
  const often = Date.now() - awaySince < OFTEN_FOR * 1000;
  askTimer = setTimeout(ask, jitter(often ? ASK_OFTEN : ASK_SELDOM));
}

async function ask() {
  for (const topic of topics()) {
    const before = known.get(topic);
    const address = sections(topic).find((one) => one.dataset.liveFallback)?.dataset.liveFallback;
    if (!address) continue;
    try {
      const headers = before?.etag ? { "If-None-Match": before.etag } : {};
      const response = await fetch(address, { headers, cache: "no-store" });
      if (response.status === 404 || response.status === 403) denied.add(topic);
      if (!response.ok) continue;
      take(await response.json());
      if (known.has(topic)) known.get(topic).etag = response.headers.get("ETag");
    } catch {
      break; // offline
    }
  }
  if (!stopped && awaySince !== undefined) askLater();
}

function stop() {
  stopped = true;
  clearTimeout(connectTimer);
  clearTimeout(askTimer);
  socket?.close();
  socket = undefined;
}

function start() {
  stopped = false;
  tries = 0;
  connect();
  askLater();
}

let hiddenTimer;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = setTimeout(stop, HIDDEN_FOR * 1000);
  else if (stopped) start();
});
addEventListener("pagehide", stop);
addEventListener("pageshow", (event) => event.persisted && start());
start();
