import { expect } from "expect";
import { alikeSpellings } from "./join_spellings.ts";

Deno.test("alikeSpellings() finds ids that spreadsheets and people wrote in two ways", () => {
  expect(alikeSpellings(["007", "7", "8", "1E+05", "100000", "P-01", "P01", "p_1", "P11"])).toEqual([
    ["7", "007"].reverse(),
    ["1E+05", "100000"],
    ["P-01", "P01", "p_1"],
  ]);
  expect(alikeSpellings(["1-1", "11", "1.01", "1.1", "10", "1", "A1", "1A"])).toEqual([]);
});
