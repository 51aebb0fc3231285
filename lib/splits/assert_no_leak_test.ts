import { expect } from "expect";
import type { ManifestRow } from "../datasets/manifest.ts";
import { assertNoLeak, duplicateGroups, findLeaks, leakWarnings } from "./mod.ts";

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

Deno.test("assertNoLeak() finds exact duplicates by the hash of their samples", () => {
  const hashes = new Map([["3.wav", "h1"], ["0.wav", "h1"], ["1.wav", "h2"], ["2.wav", "h3"]]);
  const duplicates = duplicateGroups(hashes);
  expect(duplicates).toEqual([["0.wav", "3.wav"]]);
  expect(() => assertNoLeak(rows("ann", "bob", "cyd", "dan"), fold, { duplicates })).toThrow(
    /every group of duplicates .* 0\.wav in train and in test .*\(0\.wav and 3\.wav\)/,
  );
});

Deno.test("findLeaks() lists every subject on two sides once", () => {
  const leaks = findLeaks(rows("ann", "bob", "bob", "ann"), fold);
  expect(leaks.map((leak) => leak.key)).toEqual(["bob", "ann"]);
});

Deno.test("leakWarnings() has a sentence for each leak of a run that goes on in spite of them", () => {
  expect(leakWarnings(rows("ann", "bob", "cyd", "bob"), fold)).toEqual([
    "LEAK: subject bob is in train and in test of fold 2 (1.wav and 3.wav).",
  ]);
});

Deno.test("assertNoLeak() passes a subject that the official split is known to divide, in test only", () => {
  const both = rows("ann", "bob", "cyd", "bob");
  assertNoLeak(both, { ...fold, shared: ["bob"] });
  expect(() => assertNoLeak(rows("ann", "bob", "bob", "dan"), { ...fold, shared: ["bob"] })).toThrow(/bob/);
});
