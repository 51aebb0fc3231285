// @ts-check
// The runs on one axis are there, with every score: which question, score, colour and order is shown.

const place = /** @type {HTMLElement} */ (document.getElementById("runs-chart"));
const asked = /** @type {HTMLSelectElement} */ (document.getElementById("chart-question"));
const questions = /** @type {HTMLElement[]} */ ([...place.querySelectorAll(".runs-on")]);

/** @param {ParentNode} inside @param {string} of @returns {any[]} */
const all = (inside, of) => [...inside.querySelectorAll(of)];

/** The folders of the runs that the table above shows. */
function visible() {
  const boxes = all(document, "#run-table input.compare").filter((box) => !box.closest("tr").hidden);
  return new Set(boxes.map((box) => box.value));
}

function show() {
  const folders = visible();
  const open = questions.map((question) => arrange(question, folders));
  [...asked.options].forEach((option, q) => option.hidden = !open[q]);
  if (!open[Number(asked.value)]) asked.value = String(Math.max(0, open.indexOf(true)));
  questions.forEach((question, q) => question.hidden = !open[q] || q !== Number(asked.value));
  /** @type {HTMLElement} */ (place.querySelector("p")).hidden = open.includes(true);
}

/** Sets a question's table as it was chosen; whether the filter leaves a run in it. @param {HTMLElement} question @param {Set<string>} folders */
function arrange(question, folders) {
  const [score, colour, order] = all(question, "select");
  for (const one of all(question, "[data-score]")) one.toggleAttribute("hidden", one.dataset.score !== score.value);
  for (const one of all(question, "[data-colour]")) one.toggleAttribute("hidden", one.dataset.colour !== colour.value);
  const rows = all(question, "tr[data-folder]");
  const value = (/** @type {any} */ row) => row.querySelector(`td.n [data-score="${score.value}"]`)?.dataset.value;
  const series = (/** @type {any} */ row) => Number(row.dataset.series.split(" ")[colour.value || -1] ?? 0);
  const better = score.selectedOptions[0].dataset.lower === "true" ? 1 : -1;
  const rank = (/** @type {any} */ row) =>
    order.value === "best" ? better * value(row) : order.value === "colour" ? series(row) : 0;
  for (const row of rows) {
    row.hidden = !folders.has(row.dataset.folder) || value(row) === undefined;
    row.style.setProperty("--series", `var(--series-${series(row)})`);
    for (const mark of all(row, "use")) mark.setAttribute("href", `#mark-${series(row)}`);
  }
  for (const { tBodies } of all(question, "table")) {
    for (const body of tBodies) {
      const own = all(body, "tr[data-folder]");
      body.append(...own.sort((a, b) => rank(a) - rank(b) || a.dataset.place - b.dataset.place));
      body.hidden = own.every((row) => row.hidden);
    }
  }
  const left = rows.filter((row) => row.hidden).length;
  const count = /** @type {HTMLOutputElement} */ (question.querySelector("output"));
  count.textContent = String(left);
  /** @type {HTMLElement} */ (count.parentElement).hidden = left === 0;
  const first = rows.find((row) => !row.hidden);
  if (first) mark(first);
  return rows.some((row) => folders.has(row.dataset.folder));
}

/** The interval of the row that is pointed at or focused, else of the first, runs through all rows of the same items. */
/** @param {HTMLTableRowElement} row */
function mark(row) {
  const table = /** @type {HTMLTableElement} */ (row.closest("table"));
  const rivals = all(/** @type {ParentNode} */ (row.parentNode), "tr[data-folder]").filter((one) => !one.hidden);
  const interval = row.querySelector(".forest:not([hidden]) .interval");
  const [from, to] = ["x1", "x2"].map((end) => Number.parseFloat(interval?.getAttribute(end) ?? "0"));
  for (const band of all(table, ".forest:not([hidden]) .band")) {
    const comparable = rivals.length > 1 && rivals.includes(band.closest("tr"));
    band.setAttribute("x", `${from}%`);
    band.setAttribute("width", `${comparable ? to - from : 0}%`);
  }
}

for (const event of ["pointerover", "focusin"]) {
  place.addEventListener(event, ({ target }) => {
    const row = /** @type {HTMLElement} */ (target).closest("tr");
    if (row?.dataset.folder) mark(row);
  });
}
place.addEventListener("change", show);
document.getElementById("filter")?.addEventListener("input", show);
show();
