import { expect } from "expect";
import { farMetadata } from "./doubtful_metadata.ts";
import { fitMetadata } from "./fit_metadata.ts";

Deno.test("farMetadata() names numbers a deviation beyond all trainings, with what these saw", () => {
  // Deviations 4 and 5.
  const networks = [[1, 9], [7, 17]].map(([a, b]) => ({
    metadata: fitMetadata([{ age: a, sex: "f" }, { age: b, sex: "m" }], ["age", "sex"]),
  }));
  expect(farMetadata(networks, [{ age: 98_000, sex: "x" }])).toEqual(["age 98000 (from 1 to 17 in training)"]);
  expect(farMetadata(networks, [{ age: -4 }, { age: 22 }, { age: "old" }, {}])).toEqual([]);
  expect(farMetadata(networks, [{ age: -5 }, { age: 23 }, { age: 23 }])).toHaveLength(2);
  expect(farMetadata([{}], [{ age: 98_000 }])).toEqual([]);
});
