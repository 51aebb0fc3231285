import { expect } from "expect";
import { fitMetadata } from "./fit_metadata.ts";
import { metadataValues } from "./metadata_values.ts";

const people: Record<string, string | number>[] = [{ age: 1, sex: "f", site: "AV" }, { age: 3, sex: " F " }, {
  sex: "m",
  site: "AV",
}];

Deno.test("fitMetadata() makes numbers, one column a category and one of what is missing, and none of what doesn't differ", () => {
  const columns = fitMetadata(people, ["age", "sex", "site"]);
  expect(columns.map(({ attribute, kind, category }) => [attribute, kind, category].join(" ").trim())).toEqual(
    ["age number", "age missing", "sex category f", "sex category m", "site missing"],
  );
  const [age, ageMissing, female] = columns;
  expect([age.mean, age.std]).toEqual([2, 1]);
  // A third: mean 1/3, variance 1/3 times 2/3.
  expect(ageMissing.mean).toBeCloseTo(1 / 3, 12);
  expect(ageMissing.std).toBeCloseTo(Math.sqrt(2) / 3, 12);
  expect(female.mean).toBeCloseTo(2 / 3, 12);
});

Deno.test("metadataValues() standardises by the training rows, and takes their mean where nothing, or no number, is said", () => {
  const columns = fitMetadata(people, ["age", "sex"]);
  const at = (attributes: Record<string, string | number>) => [...metadataValues(columns, attributes)];
  expect(at({ age: 4, sex: "f" })[0]).toBe(2);
  expect(at({ age: "3", sex: "F" })).toEqual(at(people[1]));
  const [age, missing, female, male] = at({});
  expect([age, female, male]).toEqual([0, 0, 0]);
  expect(missing).toBeCloseTo(Math.SQRT2, 6); // (1 - 1/3) / (sqrt(2) / 3)
  expect(at({ age: "old", sex: "f" })[0]).toBe(0);
  // A category that nobody had in training is none of those.
  expect(at({ age: 1, sex: "x" })[2]).toBeCloseTo(-Math.SQRT2, 6);
});

Deno.test("metadataValues() of the training rows have mean 0 and deviation 1", () => {
  const ages = [3, 9, 4, 14, 7].map((age) => ({ age }));
  const columns = fitMetadata(ages, ["age"]);
  const values = ages.map((one) => metadataValues(columns, one)[0]);
  expect(values.reduce((a, b) => a + b)).toBeCloseTo(0, 5);
  expect(values.reduce((a, b) => a + b * b, 0) / 5).toBeCloseTo(1, 5);
});

Deno.test("fitMetadata() refuses attributes in which nobody differs", () => {
  expect(() => fitMetadata([{ sex: "f" }, { sex: "f" }], ["sex", "age"])).toThrow(/rows that differ in sex or age/);
});
