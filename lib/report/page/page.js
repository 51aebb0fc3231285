// @ts-check
// What the pages do beyond being read: figures, theme, tracing, players. Runs from file:// with no network.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light" | "dark"} the paper that is shown. */
function theme() {
  const chosen = root.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
}

/** @param {string} id @returns {any} */
function json(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

// A script that was packed: the policy allows exactly this text, by its hash.

const packed = document.getElementById("packed")?.textContent;
if (packed) {
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = new TextDecoder().decode(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)));
  document.head.append(script);
}

// Figures: drawn when they come near the window, so that the text is there first.

/** @type {{ templates: Record<string, unknown>; series: Record<string, string[]> } | null} */
const look = json("look");
/** @type {Set<HTMLElement>} */
const drawn = new Set();
/** @type {any} */
let plotly = null;

function loadPlotly() {
  if (plotly) return plotly;
  const script = document.createElement("script");
  // The policy allows exactly this text, by its hash.
  script.textContent = document.getElementById("plotly")?.textContent ?? "";
  document.head.append(script);
  return plotly = /** @type {any} */ (window).Plotly;
}

/** @param {HTMLElement} element @param {"light" | "dark"} paper */
function draw(element, paper) {
  if (!look) return;
  let text = document.getElementById(element.dataset.figure ?? "")?.textContent ?? "";
  look.series.light.forEach((colour, i) => text = text.replaceAll(`"${colour}"`, `"${look.series[paper][i]}"`));
  const { data, layout } = JSON.parse(text);
  const config = { displayModeBar: false, responsive: true };
  // Notebooks draw on white, a page on its own paper.
  const own = { ...layout, paper_bgcolor: undefined, plot_bgcolor: undefined, template: look.templates[paper] };
  loadPlotly().react(element, data, { ...own, autosize: true }, config);
  element.dataset.drawn = paper;
  drawn.add(element);
}

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(/** @type {HTMLElement} */ (target), theme());
  }
}, { rootMargin: "600px" });
const plots = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".plot[data-figure]"));
requestAnimationFrame(() => setTimeout(() => plots.forEach((element) => near.observe(element))));

function redraw() {
  for (const element of drawn) draw(element, theme());
  showTheme();
}
dark.addEventListener("change", redraw);
addEventListener("beforeprint", () => plots.forEach((element) => draw(element, "light")));
addEventListener("afterprint", redraw);

// Buttons of the bar

const themeButton = document.getElementById("theme");
function showTheme() {
  if (themeButton) themeButton.textContent = theme() === "dark" ? "Light" : "Dark";
}
themeButton?.addEventListener("click", () => {
  root.dataset.theme = theme() === "dark" ? "light" : "dark";
  redraw();
});
showTheme();

const traceButton = document.getElementById("trace");
traceButton?.addEventListener("click", () => {
  const on = root.dataset.trace !== "true";
  root.dataset.trace = String(on);
  traceButton.setAttribute("aria-pressed", String(on));
});

// Contents: the section that is being read

const links = [...document.querySelectorAll("nav.contents a")];
const inView = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    for (const link of links) link.setAttribute("aria-current", String(link.getAttribute("href") === `#${target.id}`));
  }
}, { rootMargin: "-10% 0px -75% 0px" });
document.querySelectorAll("main section[id]").forEach((section) => inView.observe(section));

// Players: the cursor follows the sound, a click on the picture goes there

document.querySelectorAll(".error").forEach(prepare);
document.addEventListener("card-shown", ({ target }) => prepare(/** @type {Element} */ (target))); // the live page

/** @param {Element} card */
function prepare(card) {
  const button = card.querySelector("button.look");
  button?.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(card.classList.toggle("looked")));
  });
  const audio = card.querySelector("audio");
  const stack = /** @type {HTMLElement | null} */ (card.querySelector(".stack"));
  const cursor = /** @type {HTMLElement | null} */ (card.querySelector(".cursor"));
  if (audio && stack && cursor) follow(audio, stack, cursor);
}

/** @param {HTMLAudioElement} audio @param {HTMLElement} stack @param {HTMLElement} cursor */
function follow(audio, stack, cursor) {
  const seconds = Number(stack.dataset.seconds);
  const place = () => cursor.style.left = `${100 * Math.min(1, audio.currentTime / seconds)}%`;
  const step = () => {
    place();
    if (!audio.paused && !audio.ended) requestAnimationFrame(step);
  };
  audio.addEventListener("play", () => {
    stack.classList.add("heard");
    for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
    step();
  });
  audio.addEventListener("seeked", () => {
    stack.classList.add("heard");
    place();
  });
  audio.addEventListener("ended", place);
  stack.addEventListener("click", (event) => {
    const box = stack.getBoundingClientRect();
    audio.currentTime = seconds * (event.clientX - box.left) / box.width;
    audio.play().catch(() => {});
  });
}

// Tables that can be sorted: a button in the heading, numbers as numbers

for (const heading of document.querySelectorAll("th.sortable")) {
  heading.querySelector("button")?.addEventListener(
    "click",
    () => sortBy(/** @type {HTMLTableCellElement} */ (heading)),
  );
}

/** @param {HTMLTableCellElement} heading */
function sortBy(heading) {
  const body = heading.closest("table")?.tBodies[0];
  if (!body) return;
  const up = heading.getAttribute("aria-sort") !== "ascending";
  heading.closest("tr")?.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  const key = (/** @type {HTMLTableRowElement} */ row) => {
    const cell = row.cells[heading.cellIndex];
    return cell?.dataset.sort ?? cell?.textContent?.trim() ?? "";
  };
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    const [p, q] = [Number(x), Number(y)];
    const order = x !== "" && y !== "" && !Number.isNaN(p) && !Number.isNaN(q) ? p - q : x.localeCompare(y);
    return up ? order : -order;
  });
  body.append(...rows);
}

// Tables that don't fit their place are set tighter; where that isn't enough they become lists, a row a block

const places = new ResizeObserver((entries) =>
  // In a frame of its own: a change of size within this call would be a complaint of the browser.
  requestAnimationFrame(() => entries.forEach(({ target }) => fit(target)))
);

/** @param {Element} place */
function fit(place) {
  const wide = () => place.scrollWidth > place.clientWidth;
  place.classList.remove("tight", "narrow");
  place.classList.toggle("tight", wide());
  if (!wide()) return;
  const table = place.querySelector("table");
  const headings = [...table?.tHead?.rows[0].cells ?? []].map((cell) => cell.textContent?.trim() ?? "");
  for (const row of table?.rows ?? []) for (const cell of row.cells) cell.dataset.of = headings[cell.cellIndex] ?? "";
  place.classList.replace("tight", "narrow");
}

const watch = () => document.querySelectorAll(".scroll").forEach((place) => places.observe(place));
new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
watch();
