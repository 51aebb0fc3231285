// @ts-check
// The runs of one question on one axis: a table whose rows are drawn, so that it can be read, heard and printed.

/** @typedef {{ value: number; low: number | null; high: number | null; floor: number | null; floors: Record<string, number> }} Score */
/** @typedef {{ folder: string; name: string; report: string | null; scores: Record<string, Score>; judged: { items: number; subjects: number; fingerprint: string } | null }} Run */
/** @typedef {{ label: string; values: Record<string, string>; together: string[] }} Setting */
/** @typedef {{ name: string; runs: { folder: string; changes: string[] | null }[]; scores: { name: string; lowerIsBetter: boolean }[]; settings: Setting[] }} Question */
/** @typedef {{ run: Run; score: Score; changes: string[] | null; series: number }} Row */
/** @typedef {{ place: (value: number) => number; ticks: number[] }} Axis */

/** @type {{ runs: Run[]; questions: Question[] }} */
const { runs, questions } = JSON.parse(document.getElementById("data")?.textContent ?? '{"runs": [], "questions": []}');
const look = JSON.parse(document.getElementById("look")?.textContent ?? "null");
const place = document.getElementById("runs-chart");
const choice = Object.fromEntries(["question", "score", "colour", "order"].map((name) => [
  name,
  /** @type {HTMLSelectElement | null} */ (document.getElementById(`chart-${name}`)),
]));

/** Rows that are drawn at once; a reader may ask for the others. */
const ROWS = 40;
const OTHERS = "other values";
const FOREIGN = "These runs were judged on different items: a higher value under another heading is no better run.";
const SHAPES = [
  "M-6,0A6,6 0 1 1 6,0A6,6 0 1 1 -6,0Z",
  "M-5,-5H5V5H-5Z",
  "M0,-7L7,0L0,7L-7,0Z",
  "M0,-7L6.5,5H-6.5Z",
  "M0,7L6.5,-5H-6.5Z",
  "M-2,-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
  "M-6,-6L0,-2L6,-6L2,0L6,6L0,2L-6,6L-2,0Z",
];
let all = false;

/** Runs that the table above shows. */
function filtered() {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#run-table input.compare"));
  return new Set([...boxes].filter((box) => !box.closest("tr")?.hidden).map((box) => box.value));
}

/** Whether two of the runs judged the same items. @param {Question} question @param {Set<string>} visible */
function holdsRivals(question, visible) {
  const shown = runs.filter(({ folder }) => visible.has(folder) && question.runs.some((run) => run.folder === folder));
  const prints = shown.flatMap(({ judged }) => judged?.fingerprint ?? []);
  return new Set(prints).size < prints.length;
}

/** @param {HTMLSelectElement | null} select @param {string[]} names Keeps what is chosen where it is still there. */
function offer(select, names) {
  if (!select) return "";
  const before = select.value;
  select.replaceChildren(...names.map((name) => new Option(name)));
  select.value = names.includes(before) ? before : names[0] ?? "";
  return select.value;
}

function show() {
  if (!place) return;
  const visible = filtered();
  const open = questions.filter((question) => question.runs.some(({ folder }) => visible.has(folder)));
  // The first that has something to be held against something.
  const first = open.find((question) => holdsRivals(question, visible)) ?? open[0];
  const names = open.map(({ name }) => name);
  const chosen = offer(choice.question, first ? [first.name, ...names.filter((name) => name !== first.name)] : names);
  const question = open.find(({ name }) => name === chosen);
  if (!question) return place.replaceChildren(note("No run that was judged passes the filter."));

  const scoreName = offer(choice.score, question.scores.map(({ name }) => name));
  const { lowerIsBetter } =
    /** @type {{ lowerIsBetter: boolean }} */ (question.scores.find(({ name }) => name === scoreName));
  const label = offer(choice.colour, [...question.settings.map((setting) => setting.label), "nothing"]);
  const setting = question.settings.find((one) => one.label === label);
  const drawn = question.runs.filter(({ folder }) => visible.has(folder)).flatMap(({ folder, changes }) => {
    const run = runs.find((one) => one.folder === folder);
    const score = run?.scores[scoreName];
    return run && score ? [{ run, score, changes, series: 0 }] : [];
  });
  const values = seriesOf(drawn, setting);
  const hidden = question.runs.length - drawn.length;
  const sorted = inOrder(drawn, lowerIsBetter);
  const rows = all ? sorted : sorted.slice(0, ROWS);
  const axis = axisOf(rows.map(({ score }) => score));

  place.replaceChildren(
    ...(sameItems(rows).length > 1 ? [note(FOREIGN, "note warning")] : []),
    ...legend(values, rows, setting),
    table(rows, axis, { caption: `${scoreName}: ${question.name}`, scoreName, lowerIsBetter }),
    ...(sorted.length > rows.length ? [more(sorted.length)] : []),
    ...remarks(rows, { hidden, setting }),
  );
}

/** Values of the setting in order, most of them first where there are too many; each row learns its own. */
/** @param {Row[]} rows @param {Setting | undefined} setting */
function seriesOf(rows, setting) {
  if (!setting) return [];
  const found = [...new Set(rows.map(({ run }) => setting.values[run.folder]))];
  const count = (/** @type {string} */ value) => rows.filter(({ run }) => setting.values[run.folder] === value).length;
  const kept = found.length <= SHAPES.length
    ? found
    : found.toSorted((a, b) => count(b) - count(a)).slice(0, SHAPES.length - 1);
  const values = kept.toSorted((a, b) => Number(a) - Number(b) || a.localeCompare(b, "en", { numeric: true }));
  if (kept.length < found.length) values.push(OTHERS);
  for (const row of rows) {
    const at = values.indexOf(setting.values[row.run.folder]);
    row.series = at < 0 ? values.length - 1 : at;
  }
  return values;
}

/** @param {Row[]} rows @param {boolean} lowerIsBetter */
function inOrder(rows, lowerIsBetter) {
  const order = choice.order?.value;
  const sign = lowerIsBetter ? 1 : -1;
  if (order === "best") return rows.toSorted((a, b) => sign * (a.score.value - b.score.value));
  if (order === "colour") return rows.toSorted((a, b) => a.series - b.series);
  return rows; // the latest first, as they come
}

/** From the worst to the best that is drawn, within 0 and 1 where all lies there. @param {Score[]} scores @returns {Axis} */
function axisOf(scores) {
  const ends = scores.flatMap(({ value, low, high, floor }) => [value, low, high, floor].filter((end) => end !== null));
  let [least, most] = [Math.min(...ends), Math.max(...ends)];
  const margin = 0.06 * (most - least || 0.1);
  const share = least >= 0 && most <= 1;
  least = share ? Math.max(0, least - margin) : least - margin;
  most = share ? Math.min(1, most + margin) : most + margin;
  const rough = (most - least) / 6, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const first = Math.ceil(least / step - 1e-9), last = Math.floor(most / step + 1e-9);
  return {
    place: (value) => Math.max(0, Math.min(100, 100 * (value - least) / (most - least))),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12))),
  };
}

// What is drawn

/** @param {string} name @param {Record<string, string | number>} attributes @param {Node[]} inner */
function svg(name, attributes, ...inner) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...inner);
  return made;
}

/** @param {number} series @param {string | number} x @param {string | number} y */
function marker(series, x, y) {
  const made = svg("svg", { x, y, overflow: "visible" }, svg("path", { class: "value", d: SHAPES[series] }));
  made.style.setProperty("--series", `light-dark(${look.series.light[series]}, ${look.series.dark[series]})`);
  return made;
}

/** @param {Row} row @param {Axis} axis @param {boolean} lowerIsBetter */
function picture({ score: { value, low, high, floor, floors }, series }, { place, ticks }, lowerIsBetter) {
  const x = (/** @type {number} */ at) => `${place(at).toFixed(2)}%`;
  const upright = (/** @type {string} */ kind, /** @type {number} */ at) =>
    svg("line", { class: kind, x1: x(at), x2: x(at), y1: "0", y2: "100%" });
  const parts = ticks.map((tick) => upright("grid", tick));
  if (floor !== null) {
    const from = lowerIsBetter ? place(floor) : 0, to = lowerIsBetter ? 100 : place(floor);
    parts.unshift(svg("rect", { class: "unheard", x: `${from}%`, width: `${to - from}%`, y: "0", height: "100%" }));
    parts.push(upright("floor", floor));
  }
  const inside = Object.values(floors).filter((other) => other !== floor && place(other) > 0 && place(other) < 100);
  parts.push(
    ...inside.map((other) => svg("line", { class: "floor", x1: x(other), x2: x(other), y1: "30%", y2: "70%" })),
  );
  parts.push(svg("rect", { class: "band", x: "0", width: "0", y: "0", height: "100%" }));
  const mark = marker(series, x(value), "50%");
  if (low !== null && high !== null) {
    const interval = svg("line", { class: "interval", x1: x(low), x2: x(high), y1: "50%", y2: "50%" });
    interval.style.setProperty("--series", mark.style.getPropertyValue("--series"));
    parts.push(interval);
  }
  return svg("svg", { class: "forest", "aria-hidden": "true" }, ...parts, mark);
}

/** @param {string[]} values @param {Row[]} rows @param {Setting | undefined} setting */
function legend(values, rows, setting) {
  if (!setting || values.length < 2) return [];
  const list = element("ul", "keys", element("li", "muted", `${setting.label}:`));
  values.forEach((value, series) => {
    const count = rows.filter((row) => row.series === series).length;
    if (count === 0) return;
    const swatch = svg("svg", { class: "swatch", viewBox: "-8 -8 16 16", "aria-hidden": "true" }, marker(series, 0, 0));
    const own = element("li", "", `${value} `, element("span", "muted", `(${count})`));
    own.prepend(swatch);
    list.append(own);
  });
  return [list];
}

/** @param {Row[]} rows @param {Axis} axis @param {{ caption: string; scoreName: string; lowerIsBetter: boolean }} words */
function table(rows, axis, { caption, scoreName, lowerIsBetter }) {
  const ticks = element("div", "ticks");
  for (const tick of axis.ticks) {
    const label = element("span", "", tick.toLocaleString("en", { maximumSignificantDigits: 6 }));
    const half = `${label.textContent.length / 2}ch`; // at an end of the axis it stays inside
    label.style.left = `clamp(${half}, ${axis.place(tick)}%, 100% - ${half})`;
    ticks.append(label);
  }
  const scale = element(
    "th",
    "axis",
    `${scoreName}, ${lowerIsBetter ? "← less is better" : "more is better →"}`,
    ticks,
  );
  const heads = [
    element("th", "", "run"),
    element("th", "", "changed since the run before"),
    scale,
    element("th", "n", "value"),
  ];
  for (const head of heads) head.setAttribute("scope", "col");
  const made = element(
    "table",
    "runs-chart",
    element("caption", "", caption),
    roled(
      "rowgroup",
      element("thead", "", roled("row", element("tr", "", ...heads.map((head) => roled("columnheader", head))))),
    ),
  );
  for (const same of sameItems(rows)) {
    const body = roled("rowgroup", element("tbody", ""));
    if (sameItems(rows).length > 1) {
      const heading = roled("columnheader", element("th", "", judgedOn(same)));
      /** @type {HTMLTableCellElement} */ (heading).colSpan = 4;
      body.append(roled("row", element("tr", "items", heading)));
    }
    body.append(...same.map((row) => rowOf(row, axis, lowerIsBetter)));
    made.append(body);
  }
  follow(made, rows, axis);
  return roled("table", made);
}

/** @param {Row} row @param {Axis} axis @param {boolean} lowerIsBetter */
function rowOf(row, axis, lowerIsBetter) {
  const { run, score: { value, low, high, floor, floors }, changes } = row;
  const [name, when] = run.name.split(", ");
  const title = run.report ? Object.assign(element("a", "", when), { href: run.report }) : element("span", "", when);
  const swatch = svg(
    "svg",
    { class: "swatch", viewBox: "-8 -8 16 16", "aria-hidden": "true" },
    marker(row.series, 0, 0),
  );
  const head = element("th", "", swatch, " ", title, element("div", "meaning", name));
  head.setAttribute("scope", "row");
  const figure = element("td", "n", figureText(value));
  if (low !== null && high !== null) {
    figure.append(element("div", "meaning", `${figureText(low)} – ${figureText(high)}`));
  } else figure.append(element("div", "meaning", "no interval"));
  if (floor !== null) {
    const by = Object.keys(floors).find((key) => floors[key] === floor);
    figure.append(element("div", "meaning", `floor ${figureText(floor)}${by ? ` (${by})` : ""}`));
    const near = lowerIsBetter ? high : low;
    if (near === null || (lowerIsBetter ? near >= floor : near <= floor)) {
      figure.append(
        element(
          "div",
          "meaning state",
          lowerIsBetter ? "not surely below its floor" : "not surely above its floor",
        ),
      );
    }
  }
  const made = element(
    "tr",
    "",
    roled("rowheader", head),
    roled("cell", element("td", "changed", ...changesText(changes))),
    roled("cell", element("td", "axis", picture(row, axis, lowerIsBetter))),
    roled("cell", figure),
  );
  made.dataset.folder = run.folder;
  return roled("row", made);
}

/** @param {string[] | null} changes @returns {(Node | string)[]} */
function changesText(changes) {
  if (changes === null) return [element("span", "muted", "the first")];
  if (changes.length === 0) return [element("span", "muted", "nothing: the same settings")];
  if (changes.length <= 4) return [changes.join("; ")];
  const rest = element(
    "details",
    "",
    element("summary", "", `and ${changes.length - 3} more`),
    changes.slice(3).join("; "),
  );
  return [`${changes.slice(0, 3).join("; ")};`, rest];
}

/** The interval of the row that is pointed at or focused, else of the first, runs through all rows of the same items. */
/** @param {HTMLElement} made @param {Row[]} rows @param {Axis} axis */
function follow(made, rows, axis) {
  const rivals = (/** @type {string} */ print) =>
    rows.filter(({ run }) => run.judged?.fingerprint === print).length > 1;
  const mark = (/** @type {Row} */ { run: { judged }, score: { low, high, value } }) => {
    const from = axis.place(low ?? value), to = axis.place(high ?? value);
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (made.querySelectorAll("tr[data-folder]"))) {
      const other = runs.find((run) => run.folder === row.dataset.folder);
      const comparable = judged !== null && other?.judged?.fingerprint === judged.fingerprint &&
        rivals(judged.fingerprint);
      const band = row.querySelector(".band");
      band?.setAttribute("x", `${from}%`);
      band?.setAttribute("width", `${comparable ? to - from : 0}%`);
    }
  };
  const pointed = (/** @type {Event} */ { target }) => {
    const row = /** @type {HTMLElement} */ (target).closest("tr");
    const own = rows.find(({ run }) => run.folder === row?.dataset.folder);
    if (own) mark(own);
  };
  made.addEventListener("pointerover", pointed);
  made.addEventListener("focusin", pointed);
  made.addEventListener("pointerleave", () => rows.length > 0 && mark(rows[0]));
  if (rows.length > 0) mark(rows[0]);
}

// What is said

/** @param {Row[]} rows Those of the same items together, most runs first. */
function sameItems(rows) {
  const groups = Map.groupBy(rows, ({ run }) => run.judged?.fingerprint ?? run.folder);
  return [...groups.values()].toSorted((a, b) => b.length - a.length);
}

/** @param {Row[]} same */
function judgedOn(same) {
  const { judged } = same[0].run;
  if (judged === null) return "Judged on items that are not known: its predictions.csv can't be read";
  const amount = `${judged.items.toLocaleString("en")} items of ${judged.subjects.toLocaleString("en")} subjects`;
  return same.length > 1 ? `Judged on the same ${amount}` : `Judged on ${amount}`;
}

/** @param {Row[]} rows @param {{ hidden: number; setting: Setting | undefined }} about */
function remarks(rows, { hidden, setting }) {
  const groups = sameItems(rows);
  const said = [];
  if (setting && setting.together.length > 0) {
    const others = setting.together.slice(0, 6).join(", ") + (setting.together.length > 6 ? " and more" : "");
    said.push(
      note(`Changes together with ${setting.label}: ${others}. What one of them does can't be told from the others.`),
    );
  }
  const most = Math.max(0, ...groups.map((group) => group.length));
  if (most > 1) {
    said.push(note(
      "Intervals that overlap leave it open which run is better; deno task compare pairs the subjects and says. " +
        `The best of ${most} on the same items is partly luck: choose on validation, then judge once.`,
    ));
  }
  if (hidden > 0) {
    said.push(
      note(`${hidden} of these runs ${hidden === 1 ? "is" : "are"} not drawn: filtered out, or without this score.`),
    );
  }
  return said;
}

/** @param {string} text */
function note(text, kind = "small muted") {
  return element("p", kind, text);
}

/** @param {number} count */
function more(count) {
  const button = element("button", "", `Show all ${count} runs`);
  button.addEventListener("click", () => {
    all = true;
    show();
  });
  return button;
}

/** @param {number} value */
function figureText(value) {
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : value.toFixed(3);
}

/** @param {string} name @param {string} kind @param {(Node | string)[]} inner */
function element(name, kind, ...inner) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...inner);
  return made;
}

/** Rows become blocks on a telephone, which takes a table's meaning from it: so it is said. @template {HTMLElement} T @param {string} role @param {T} made */
function roled(role, made) {
  made.setAttribute("role", role);
  return made;
}

for (const select of Object.values(choice)) select?.addEventListener("change", show);
document.getElementById("filter")?.addEventListener("input", show);
show();
