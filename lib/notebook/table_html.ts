import { escapeXml } from "../pictures/mod.ts";
import { browserScript } from "./display_bundle.ts";

export interface TableHtmlOptions {
  id: string;
  /** All rows, where not all were given. */
  total: number;
  title?: string;
  /** Units by column, shown in the heading: `{ duration: "s" }`. */
  units?: Record<string, string>;
  /** Rows of a page. @default {10} */
  pageRows?: number;
  /** Decimal places of numbers that aren't whole. @default {3} */
  digits?: number;
}

/** Every column that a row has, in the order of their first rows. */
export function columnsOf(rows: readonly object[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/**
 * A table whose first page stands there as plain HTML; where scripts run, the rest can be paged and each column sorted.
 */
export function tableHtml(rows: readonly Record<string, unknown>[], options: TableHtmlOptions): string {
  const { id, total, title, units = {}, pageRows = 10, digits = 3 } = options;
  const columns = columnsOf(rows);
  const numeric = columns.map((name) => rows.every((row) => row[name] === null || typeof row[name] === "number"));
  const cells = cellTexts(rows, { columns, digits });
  const align = (c: number) => numeric[c] ? "right" : "left";
  const cell = (text: string, c: number) =>
    `<td style="text-align:${align(c)};padding:2px 10px">${escapeXml(text)}</td>`;
  const row = (line: string[]) => `<tr>${line.map(cell).join("")}</tr>`;
  const heading = columns.map((name, c) => {
    const unit = units[name] ? ` (${units[name]})` : "";
    const style = `text-align:${align(c)};padding:2px 10px;cursor:pointer`;
    return `<th scope="col" style="${style}" title="sort">${escapeXml(name + unit)}</th>`;
  });
  const first = cells.slice(0, pageRows);
  const cut = rows.length < total ? `; the first ${rows.length} are here` : "";
  const of = `${total}${cut}`, count = `rows 1 to ${first.length} of ${of}`;
  const paged = rows.length > 1;
  return `<div id="${id}">${title ? `<p style="margin:0 0 4px"><b>${escapeXml(title)}</b></p>` : ""}` +
    `<table style="border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums">` +
    `<thead><tr>${heading.join("")}</tr></thead><tbody>${first.map(row).join("")}</tbody></table>` +
    `<p style="margin:4px 0;font-size:12px;opacity:.75"><span>${count}</span></p>` +
    (paged ? browserScript(browserTable, { id, cells, align: columns.map((_, c) => align(c)), pageRows, of }) : "") +
    "</div>";
}

interface TableData {
  id: string;
  cells: string[][];
  align: string[];
  pageRows: number;
  /** How many rows there are. */
  of: string;
}

/** Sorting and paging: runs in the browser, and may use nothing of this file. Cells are set as text, never as HTML. */
function browserTable({ id, cells, align, pageRows, of }: TableData): void {
  const root = document.getElementById(id);
  if (!root) return;
  const body = root.querySelector("tbody")!;
  const line = root.querySelector("p:last-of-type")!;
  let order = cells.map((_, i) => i);
  let page = 0, sorted = -1, up = true;
  const collator = new Intl.Collator(undefined, { numeric: true });
  function button(label: string, name: string, step: number) {
    const made = Object.assign(document.createElement("button"), { textContent: label });
    made.setAttribute("aria-label", name);
    made.style.marginLeft = "8px";
    made.onclick = () => {
      page += step;
      draw();
    };
    line.append(made);
    return made;
  }
  const before = button("‹", "page before", -1), after = button("›", "next page", 1);
  function draw() {
    const start = page * pageRows;
    const rows = order.slice(start, start + pageRows).map((index) => {
      const row = document.createElement("tr");
      cells[index].forEach((textContent, column) => {
        const cell = Object.assign(document.createElement("td"), { textContent });
        Object.assign(cell.style, { textAlign: align[column], padding: "2px 10px" });
        row.append(cell);
      });
      return row;
    });
    body.replaceChildren(...rows);
    line.querySelector("span")!.textContent = `rows ${start + 1} to ${start + rows.length} of ${of}`;
    before.disabled = page === 0;
    after.disabled = start + pageRows >= cells.length;
    before.hidden = after.hidden = cells.length <= pageRows;
  }
  root.querySelectorAll("th").forEach((heading, column) => {
    heading.onclick = () => {
      up = sorted !== column || !up;
      sorted = column;
      const number = (text: string) => text === "" || text === "–" ? -Infinity : Number(text);
      const compare = align[column] === "right"
        ? (a: string, b: string) => number(a) - number(b) || 0 // of two without a number: NaN
        : collator.compare;
      order = cells.map((_, i) => i)
        .sort((a, b) => (up ? 1 : -1) * compare(cells[a][column], cells[b][column]));
      page = 0;
      draw();
    };
  });
  draw();
}

/**
 * What the cells of a table say, row by row. A column that holds a number that isn't whole shows all of its numbers with
 * as many decimal places.
 */
export function cellTexts(
  rows: readonly Record<string, unknown>[],
  { columns, digits }: { columns: readonly string[]; digits: number },
): string[][] {
  const isFraction = (value: unknown) =>
    typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value);
  const decimal = columns.map((name) => rows.some((row) => isFraction(row[name])));
  const text = (value: unknown, column: number) => {
    if (value === null || value === undefined) return "";
    if (Number.isNaN(value)) return "–";
    if (typeof value === "number" && Number.isFinite(value) && decimal[column]) return value.toFixed(digits);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return rows.map((row) => columns.map((name, c) => text(row[name], c)));
}
