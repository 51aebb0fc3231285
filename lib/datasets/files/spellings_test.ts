import { expect } from "expect";
import { alikeSpellings, joinSpellings } from "./spellings.ts";

Deno.test("joinSpellings() joins case, blanks, accents, Unicode forms and .0, and nothing else", () => {
  const { of, joined } = joinSpellings([
    "P 1",
    "p1",
    "p1",
    "1.0",
    "1",
    "01",
    "Muller",
    "Müller",
    "Mu\u0308ller",
    "1.5",
  ]);
  expect([of("P 1"), of("p1"), of("1.0"), of("01"), of("1.5")]).toEqual(["p1", "p1", "1", "01", "1.5"]);
  expect(new Set([of("Muller"), of("Müller"), of("Mu\u0308ller")]).size).toBe(1);
  expect(joined).toEqual([["p1", "P 1"], ["1", "1.0"], ["Muller", "Mu\u0308ller", "Müller"]]);
});

Deno.test("joinSpellings() writes ids of a float column as whole numbers, without a word", () => {
  const { of, joined } = joinSpellings(["101.0", "102.00", "-1.0"]);
  expect([of("101.0"), of("102.00"), of("-1.0")]).toEqual(["101", "102", "-1"]);
  expect(joined).toEqual([]);
});

Deno.test("alikeSpellings() finds ids that spreadsheets and people wrote in two ways", () => {
  expect(alikeSpellings(["007", "7", "8", "1E+05", "100000", "P-01", "P01", "p_1", "P11"])).toEqual([
    ["7", "007"].reverse(),
    ["1E+05", "100000"],
    ["P-01", "P01", "p_1"],
  ]);
  expect(alikeSpellings(["1-1", "11", "1.01", "1.1", "10", "1", "A1", "1A"])).toEqual([]);
});
