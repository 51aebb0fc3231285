import { expect } from "expect";
import { ageAndSex, isMissing } from "./cells.ts";

Deno.test("ageAndSex() reads both however they are written, and guesses neither", () => {
  expect(ageAndSex("4.5", " Female")).toEqual({ age: 4.5, sex: "female" });
  expect(ageAndSex("0", "0")).toEqual({ age: 0, sex: "male" });
  expect(ageAndSex("70", "M")).toEqual({ age: 70, sex: "male" });
  for (const age of [undefined, "", "NA", "Child", "2 months", "Infinity"]) {
    for (const sex of [undefined, "", "NA", "unknown"]) expect(ageAndSex(age, sex)).toEqual({});
  }
});

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
