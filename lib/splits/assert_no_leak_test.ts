import { expect } from "expect";
import type { ManifestRow } from "../datasets/manifest.ts";
import { assertNoLeak, findLeaks, keptLeaks } from "./mod.ts";

function rows(...subjects: string[]): ManifestRow[] {
  return subjects.map((subject, i) => (
    { recording: `${i}.wav`, subject, start: 0, end: 1, label: "n", source: "", part: "", attributes: {} }
  ));
}

const fold = { fold: 2, train: Int32Array.of(0, 1), validation: Int32Array.of(2), test: Int32Array.of(3), shared: [] };

Deno.test("assertNoLeak() names the subject on two sides and its recordings", () => {
  expect(() => assertNoLeak(rows("ann", "bob", "cyd", "bob"), fold)).toThrow(
    "Expected every subject on one side of the split but found bob in train and in test in fold 2 (1.wav and 3.wav): " +
      "group these recordings under one subject, or list them as duplicates.",
  );
});

Deno.test("assertNoLeak() finds a subject that validation shares with train", () => {
  expect(() => assertNoLeak(rows("ann", "bob", "ann", "dan"), fold)).toThrow(/ann in train and in validation/);
});

Deno.test("assertNoLeak() finds a recording under two names of its subject", () => {
  const leaky = rows("ann", "bob", "cyd", "dan");
  leaky[3].recording = "0.wav";
  expect(() => assertNoLeak(leaky, fold)).toThrow(/every recording .* 0\.wav in train and in test/);
});

Deno.test("assertNoLeak() finds duplicates under two subjects", () => {
  const duplicates = [["0.wav", "3.wav"]];
  expect(() => assertNoLeak(rows("ann", "bob", "cyd", "dan"), fold, { duplicates })).toThrow(
    /every group of duplicates .* 0\.wav in train and in test .*\(0\.wav and 3\.wav\)/,
  );
});

Deno.test("findLeaks() lists every subject on two sides once", () => {
  const leaks = findLeaks(rows("ann", "bob", "bob", "ann"), fold);
  expect(leaks.map((leak) => leak.key)).toEqual(["bob", "ann"]);
});

Deno.test("keptLeaks() has a sentence for each kind of leak that a run keeps, with a case of it", () => {
  const leaky = rows("ann", "bob", "cyd", "bob");
  expect(keptLeaks(leaky, [{ ...fold, seed: 0 }], { duplicates: [["0.wav", "2.wav"]] })).toEqual([
    "LEAK: 1 group of duplicates stands on two sides of a split (0.wav): 0.wav and 2.wav are in train and in validation " +
    "of fold 2. The scores tell nothing of new subjects.",
    "LEAK: 1 subject stands on two sides of a split (bob): 1.wav and 3.wav are in train and in test of fold 2. " +
    "The scores tell nothing of new subjects.",
  ]);
  expect(keptLeaks(rows("ann", "bob", "cyd", "dan"), [{ ...fold, seed: 0 }])).toEqual([]);
});

Deno.test("assertNoLeak() passes a subject that the official split is known to divide, in test only", () => {
  const both = rows("ann", "bob", "cyd", "bob");
  assertNoLeak(both, { ...fold, shared: ["bob"] });
  expect(() => assertNoLeak(rows("ann", "bob", "bob", "dan"), { ...fold, shared: ["bob"] })).toThrow(/bob/);
});
