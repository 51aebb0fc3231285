import { expect } from "expect";
import { parseCsv } from "../../files/mod.ts";
import { cellText, type PaperTable } from "./paper_table.ts";
import { tableFormats } from "./table_formats.ts";

const NAMES = ["A&B_100%", "<b>x</b>", "50 %|#$~^\\{}", "=1+1", "müde Ärzte", "طبيعي", "[x]", 'a, b\n"c"'];

const table: PaperTable = {
  name: "names",
  caption: "Names & <signs>",
  sections: true,
  head: ["run", "class", "value"],
  rows: NAMES.map((name, i) => ["one", name, { value: 0.51234 - i / 10, low: -0.1, high: 0.9, digits: 3 }]),
};

Deno.test("tableCsv() gives every name and all digits back", () => {
  const rows = parseCsv(tableFormats.csv(table), "names.csv", { marked: true });
  expect(rows.map((row) => row.class)).toEqual(NAMES);
  expect(rows.map((row) => Number(row.value))).toEqual(NAMES.map((_, i) => 0.51234 - i / 10));
  expect(rows[0]["value: low"]).toBe("-0.1");
});

Deno.test("tableHtml() shows names as text", () => {
  const page = tableFormats.html(table);
  expect(page).toContain("&lt;b&gt;x&lt;/b&gt;");
  expect(page).toContain("A&amp;B_100%");
  expect(page).toContain("طبيعي");
  expect(page).not.toContain("<b>x");
});

Deno.test("tableMarkdown() keeps a row for each name", () => {
  const lines = tableFormats.md(table).split("\n").filter((line) => line.startsWith("|"));
  expect(lines).toHaveLength(2 + NAMES.length);
  for (const line of lines) expect(line.replaceAll("\\|", "").split("|")).toHaveLength(5);
});

Deno.test("tableLatex() has as many cells in each row as columns, and no sign that TeX obeys", () => {
  const body = tableFormats.tex(table).split("\\midrule\n")[1].split("\\bottomrule")[0];
  const rows = body.trim().split(" \\\\\n").map((row) => row.replace(/ \\\\$/, ""));
  expect(rows).toHaveLength(NAMES.length);
  for (const row of rows) expect(row.replaceAll("\\&", "").split("&")).toHaveLength(2);
  expect(body).toContain("A\\&B\\_\\allowbreak{}100\\%");
  expect(body).toContain("\\other{طبيعي}{0637 0628 064A 0639 064A}");
});

Deno.test("tableLatex() goes on in another table where a page is full, with each row once and sections whole", () => {
  const rows = Array.from({ length: 200 }, (_, i) => [`run ${Math.floor(i / 40)}`, `row ${i}.`, { value: i }]);
  const tables = tableFormats.tex({ ...table, rows }).split("\\end{table}\n").filter((text) => text !== "");
  expect(tables.map((text) => [...text.matchAll(/run \d/g)].join())).toEqual(
    ["run 0", "run 1", "run 2", "run 3", "run 4"],
  );
  expect(tables.map((text) => /ContinuedFloat/.test(text))).toEqual([false, true, true, true, true]);
  const found = tables.flatMap((text) => [...text.matchAll(/row \d+\./g)].map(([row]) => row));
  expect(found).toEqual(rows.map(([, name]) => name));
});

Deno.test("cellText() shows a difference with its sign, and nothing as minus zero", () => {
  expect(cellText({ value: -0.0204, low: -0.04, high: 0.001, digits: 2, signed: true })).toBe("−0.02 (−0.04 to 0.00)");
  expect(cellText({ value: 0.5, digits: 1, signed: true })).toBe("+0.5");
  expect(cellText({ value: -0.0004, digits: 3 })).toBe("0.000");
  expect(cellText({ value: null })).toBe("–");
});
