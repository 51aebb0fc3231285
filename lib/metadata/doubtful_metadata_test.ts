import { expect } from "expect";
import { farMetadata, unknownMetadata } from "./doubtful_metadata.ts";
import { fitMetadata } from "./fit_metadata.ts";

Deno.test("unknownMetadata() names what nothing says, and what is said in words that training had not", () => {
  const people: Record<string, string | number>[] = [
    { age: "Child", sex: "Female", height: 98, place: "ward" },
    { age: "Infant", sex: "Male", height: "110" },
    { sex: "Male", height: 130, place: "ward" },
  ];
  const networks = [{ metadata: fitMetadata(people, ["age", "sex", "height", "place"]) }];
  const unknown = (...people: Record<string, string | number>[]) => unknownMetadata(networks, people);
  expect(unknown({ age: "child", sex: " male", height: 1, place: "home" })).toEqual([]);
  expect(unknown({ age: "7 years", sex: "m", height: "98 cm", place: "ward" })).toEqual(["age", "sex", "height"]);
  expect(unknown({ sex: "male" })).toEqual(["age", "height", "place"]);
  expect(unknown({ sex: "male" }, { age: "infant", height: 1, place: "ward" })).toEqual([]);
  expect(unknownMetadata([{}], [{}])).toEqual([]);
  // Another network of the same run knows the word.
  const other = { metadata: fitMetadata([{ sex: "m" }, { sex: "f" }], ["sex"]) };
  expect(unknownMetadata([...networks, other], [{ sex: "m", age: "child", height: 1, place: "a" }])).toEqual([]);
});

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
