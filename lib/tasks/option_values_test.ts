import { expect } from "expect";
import { countNumber } from "./option_values.ts";

Deno.test("countNumber() takes what something can be done with", () => {
  expect([countNumber("1"), countNumber("600")]).toEqual([1, 600]);
  for (const text of ["0", "00", "-1", "1.5", "x", ""]) expect(() => countNumber(text)).toThrow(/1 or more/);
});
