// @ts-check
// The index of runs and sweeps: filter, and any two side by side.

/** @typedef {{ value: number; low: number | null; high: number | null; over?: string }} Score */
/** @typedef {{ folder: string; name: string; data: string | null; judged: { items: number; fingerprint: string } | null; scores: Record<string, Score>; settings: Record<string, string> }} Run */

/** @type {{ runs: Run[] }} */
const { runs } = JSON.parse(document.getElementById("data")?.textContent ?? '{"runs": []}');
const table = /** @type {HTMLTableElement | null} */ (document.getElementById("run-table"));
const filter = /** @type {HTMLInputElement | null} */ (document.getElementById("filter"));

filter?.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of table?.tBodies[0].rows ?? []) {
    const text = row.textContent?.toLowerCase() ?? "";
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) shown++;
  }
  const count = document.getElementById("filter-count");
  if (count) count.textContent = words.length === 0 ? "" : `${shown} of ${table?.tBodies[0].rows.length}`;
});

table?.addEventListener("change", () => {
  const boxes = /** @type {HTMLInputElement[]} */ ([...table.querySelectorAll("input.compare")]);
  const chosen = boxes.filter((box) => box.checked).map((box) => runs.find((run) => run.folder === box.value));
  for (const box of boxes) box.disabled = chosen.length >= 2 && !box.checked;
  const [first, second] = chosen;
  const shown = first && second
    ? [...warnings(first, second), scoreTable(first, second), settingsTable(first, second)]
    : [];
  document.getElementById("comparison-table")?.replaceChildren(...shown);
});

/** @param {Run} first @param {Run} second */
function warnings(first, second) {
  const items = (/** @type {Run} */ { judged }) => judged ? judged.items.toLocaleString("en") : "an unknown number";
  const difference = first.data !== second.data
    ? `Different data (${first.data ?? "unknown"}; ${second.data ?? "unknown"})`
    : first.judged?.fingerprint !== second.judged?.fingerprint
    ? `Judged on different items (${items(first)}; ${items(second)})`
    : overSources(first) !== overSources(second)
    ? "One is told by the mean over the sources, the other by all of them together"
    : null;
  if (difference === null) return [];
  return [make("p", { className: "note warning" }, `${difference}: these scores can't be held against each other.`)];
}

/** @param {Run} run */
function overSources({ scores }) {
  return Object.values(scores).some(({ over }) => over !== undefined);
}

/** @param {Run} first @param {Run} second */
function scoreTable(first, second) {
  const names = Object.keys(first.scores).filter((name) => name in second.scores);
  const rows = names.map((name) => {
    const [a, b] = [first.scores[name], second.scores[name]];
    return [name, shown(a), shown(b), figure(a.value - b.value), verdict(a, b)];
  });
  return tableOf("Scores", ["score", first.name, second.name, "difference", "intervals"], rows);
}

/** @param {Run} first @param {Run} second */
function settingsTable(first, second) {
  const keys = [...new Set([...Object.keys(first.settings), ...Object.keys(second.settings)])];
  const rows = keys.filter((key) => first.settings[key] !== second.settings[key])
    .map((key) => [key, first.settings[key] ?? "–", second.settings[key] ?? "–"]);
  return tableOf("Settings that differ", ["setting", first.name, second.name], rows);
}

/** @param {Score} score */
function shown({ value, low, high }) {
  return low === null || high === null ? figure(value) : `${figure(value)} (${figure(low)} – ${figure(high)})`;
}

/** Three decimals, and costs whole, as `shownFigure` writes them. @param {number} value */
function figure(value) {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(3);
}

/** @param {Score} a @param {Score} b */
function verdict(a, b) {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return "";
  return a.high < b.low || b.high < a.low ? "apart" : "overlap: deno task compare pairs the subjects";
}

/** @param {string} caption @param {string[]} head @param {string[][]} rows */
function tableOf(caption, head, rows) {
  const headings = head.map((text) => make("th", { scope: "col" }, text));
  const lines = rows.map(([name, ...cells]) =>
    make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((text) => make("td", {}, text)))
  );
  const title = make("caption", {}, rows.length > 0 ? caption : `${caption}: none`);
  const parts = [title, make("thead", {}, make("tr", {}, ...headings)), make("tbody", {}, ...lines)];
  const place = { className: "scroll", tabIndex: 0, role: "region", ariaLabel: caption };
  return make("div", place, make("table", {}, ...parts));
}

/** @param {string} name @param {object} properties @param {(string | Node)[]} inside */
function make(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}
