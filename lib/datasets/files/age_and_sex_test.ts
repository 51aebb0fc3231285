import { expect } from "expect";
import { ageAndSex } from "./age_and_sex.ts";

Deno.test("ageAndSex() reads both however they are written, and guesses neither", () => {
  expect(ageAndSex("4.5", " Female")).toEqual({ age: 4.5, sex: "female" });
  expect(ageAndSex("0", "0")).toEqual({ age: 0, sex: "male" });
  expect(ageAndSex("70", "M")).toEqual({ age: 70, sex: "male" });
  for (const age of [undefined, "", "NA", "Child", "2 months", "Infinity"]) {
    for (const sex of [undefined, "", "NA", "unknown"]) expect(ageAndSex(age, sex)).toEqual({});
  }
});
