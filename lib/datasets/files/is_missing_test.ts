import { expect } from "expect";
import { isMissing } from "./is_missing.ts";

Deno.test("isMissing() knows what programs write for no value, and no class that sounds like it", () => {
  const missing = [
    "",
    " ",
    "NA",
    "n/a",
    "NaN",
    "<NA>",
    "NaT",
    "null",
    "\\N",
    "#N/A",
    "#NV",
    "#DIV/0!",
    "-",
    "--",
    "—",
    ".",
    "?",
  ];
  expect(missing.filter((cell) => !isMissing(cell))).toEqual([]);
  const values = ["none", "N", "0", "-1", "no", "normal", "absent", "unknown", "nano", "a"];
  expect(values.filter((cell) => isMissing(cell))).toEqual([]);
  expect(isMissing("None", { none: true })).toBe(true);
  expect(isMissing(undefined)).toBe(true);
});
