import { expect } from "expect";
import { cellTexts } from "./table_html.ts";

Deno.test("cellTexts() gives all numbers of a column as many places, and leaves whole columns whole", () => {
  const rows = [{ n: 66, share: 1, what: "a" }, { n: 7, share: 1 / 3, what: null }, {
    n: 1,
    share: NaN,
    what: { b: 1 },
  }];
  expect(cellTexts(rows, { columns: ["n", "share", "what"], digits: 3 })).toEqual([
    ["66", "1.000", "a"],
    ["7", "0.333", ""],
    ["1", "–", '{"b":1}'],
  ]);
});

Deno.test("cellTexts() shows a column that a row lacks as empty, and infinity as it is", () => {
  expect(cellTexts([{ a: 0.5 }, { a: -Infinity }, {}], { columns: ["a"], digits: 1 })).toEqual([
    ["0.5"],
    ["-Infinity"],
    [""],
  ]);
});
