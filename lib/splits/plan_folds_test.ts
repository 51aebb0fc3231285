import { expect } from "expect";
import fc from "fast-check";
import type { ManifestRow } from "../datasets/manifest.ts";
import goldens from "./goldens/splits.json" with { type: "json" };
import { type Fold, foldsToJson, foldWarnings, keptLeaks, planFolds, type Protocol } from "./mod.ts";
import { assertNoLeak } from "./assert_no_leak.ts";

function row(fields: Partial<ManifestRow>): ManifestRow {
  return {
    recording: "a",
    subject: "s",
    start: 0,
    end: 1,
    label: "n",
    source: "",
    part: "train",
    attributes: {},
    ...fields,
  };
}

/** Rows of the golden examples: group and class of each sample. */
function goldenRows({ group, y }: { group: number[]; y: number[] }): ManifestRow[] {
  return group.map((subject, i) => row({ recording: `${i}.wav`, subject: String(subject), label: String(y[i]) }));
}

function testGroups(rows: ManifestRow[], folds: Fold[]): string[] {
  return foldsToJson(rows, folds).map((fold) => fold.test.join(" ")).sort();
}

/** Largest distance between the share of a class in a test fold and overall, as gen_splits measures it. */
function deviation(rows: ManifestRow[], folds: Fold[]): number {
  const share = (label: string, of: ManifestRow[]) => of.filter((r) => r.label === label).length / of.length;
  const labels = [...new Set(rows.map((r) => r.label))];
  return Math.max(
    ...folds.flatMap((fold) =>
      labels.map((label) => Math.abs(share(label, Array.from(fold.test, (i) => rows[i])) - share(label, rows)))
    ),
  );
}

for (const golden of goldens.examples.filter(({ refused, id }) => !refused && id !== "class_smaller_than_k")) {
  Deno.test(`planFolds() is as even as StratifiedGroupKFold on ${golden.id}, whatever the seed`, () => {
    const rows = goldenRows(golden);
    const classes = new Set(golden.y).size;
    for (let seed = 0; seed < 5; seed++) {
      const folds = planFolds(rows, { kind: "grouped-folds", folds: golden.k, validation: 0.3 }, { seed });
      expect(folds.length).toBe(golden.k);
      expect(folds.flatMap((fold) => [...fold.test]).sort((a, b) => a - b)).toEqual([...rows.keys()]);
      for (const fold of folds) {
        expect(fold.train.length + fold.validation.length + fold.test.length).toBe(rows.length);
        assertNoLeak(rows, fold);
      }
      expect(deviation(rows, folds)).toBeLessThanOrEqual(1.5 * golden.deviation! + 0.02); // invariant I5
      const missing = folds.filter((fold) => new Set(Array.from(fold.test, (i) => rows[i].label)).size < classes);
      expect(missing.length).toBeLessThanOrEqual(golden.foldsMissingAClass!);
    }
  });
}

Deno.test("planFolds() refuses fewer subjects than folds, as scikit-learn does", () => {
  const rows = goldenRows(goldens.examples.find(({ id }) => id === "fewer_groups_than_folds")!);
  expect(() => planFolds(rows, { kind: "grouped-folds", folds: 5 }, { seed: 0 })).toThrow(
    /at least 5 subjects for 5 folds but found 3/,
  );
});

Deno.test("planFolds() refuses two classes of which one belongs to a single subject: its fold can't be learned", () => {
  const rows = goldenRows(goldens.examples.find(({ id }) => id === "class_smaller_than_k")!);
  expect(() => planFolds(rows, { kind: "grouped-folds", folds: 5 }, { seed: 0 })).toThrow(/two classes .* only 0/);
});

const subjects = fc.array(fc.record({ subject: fc.integer({ min: 0, max: 30 }), label: fc.constantFrom("a", "b") }), {
  minLength: 80,
  maxLength: 160,
}).filter((draws) => new Set(draws.map((draw) => draw.subject)).size >= 16);

const protocols: Protocol[] = [
  { kind: "hold-out" },
  { kind: "grouped-folds", folds: 4, repeats: 2, seeds: [3, 4] },
  { kind: "nested", folds: 3, inner: 3 },
  { kind: "hold-out", inner: 3 },
];

for (const protocol of protocols) {
  Deno.test(`planFolds() divides no subject and leaves no row out (${JSON.stringify(protocol)})`, () => {
    fc.assert(
      fc.property(subjects, fc.nat(), (draws, seed) => {
        const rows = draws.map(({ subject, label }, i) => row({ recording: `${i}`, subject: `${subject}`, label }));
        for (const fold of planFolds(rows, protocol, { seed })) {
          expect([...fold.train, ...fold.validation, ...fold.test].sort((a, b) => a - b)).toEqual([...rows.keys()]);
          assertNoLeak(rows, fold);
        }
      }),
      { numRuns: 20 },
    );
  });
}

Deno.test("planFolds() does not depend on the order of the rows", () => {
  fc.assert(
    fc.property(subjects, fc.nat(), (draws, seed) => {
      const rows = draws.map(({ subject, label }, i) => row({ recording: `${i}`, subject: `${subject}`, label }));
      const plan = (order: ManifestRow[]) => testGroups(order, planFolds(order, { kind: "grouped-folds" }, { seed }));
      expect(plan(rows.toReversed())).toEqual(plan(rows));
    }),
    { numRuns: 20 },
  );
});

Deno.test("planFolds() repeats itself for a seed and draws other folds for another seed and in each repeat", () => {
  const rows = goldenRows(goldens.examples[0]);
  const plan = (seed: number) => planFolds(rows, { kind: "grouped-folds", folds: 5, repeats: 2 }, { seed });
  expect(plan(1)).toEqual(plan(1));
  expect(testGroups(rows, plan(1))).not.toEqual(testGroups(rows, plan(2)));
  const both = plan(1);
  expect(both.map((fold) => fold.fold)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(testGroups(rows, both.slice(0, 5))).not.toEqual(testGroups(rows, both.slice(5)));
});

Deno.test("planFolds() trains every seed on the same rows", () => {
  const rows = goldenRows(goldens.examples[0]);
  const folds = planFolds(rows, { kind: "hold-out", seeds: [5, 9] }, { seed: 0 });
  expect(folds.map((fold) => fold.seed)).toEqual([5, 9]);
  expect(folds[0].train).toEqual(folds[1].train);
});

Deno.test("planFolds() holds out the shares that were asked for", () => {
  // 200 subjects of one row each: 25 % is 50 rows, and 20 % of the other 150 is 30, each class in proportion.
  const rows = Array.from(
    { length: 200 },
    (_, i) => row({ recording: `${i}`, subject: `${i}`, label: i % 4 === 0 ? "a" : "b" }),
  );
  const [fold] = planFolds(rows, { kind: "hold-out", test: 0.25, validation: 0.2 }, { seed: 0 });
  const count = (side: Int32Array) => Array.from(side).filter((i) => rows[i].label === "a").length;
  expect(Math.abs(fold.test.length - 50)).toBeLessThanOrEqual(2);
  expect(Math.abs(count(fold.test) - 12.5)).toBeLessThanOrEqual(1);
  expect(Math.abs(fold.validation.length - 30)).toBeLessThanOrEqual(2);
  expect(Math.abs(count(fold.validation) - 7.5)).toBeLessThanOrEqual(1);
});

Deno.test("planFolds() validates on every outer training row once when nested", () => {
  const rows = goldenRows(goldens.examples[0]);
  const folds = planFolds(rows, { kind: "nested", folds: 5, inner: 3 }, { seed: 0 });
  expect(folds.map(({ fold }) => fold)).toEqual([...Array(15).keys()]);
  for (let outer = 0; outer < 5; outer++) {
    const inner = folds.filter((fold) => fold.outer === outer);
    const validated = inner.flatMap((fold) => [...fold.validation]).sort((a, b) => a - b);
    const tested = new Set(inner[0].test);
    expect(validated).toEqual([...rows.keys()].filter((i) => !tested.has(i)));
  }
});

Deno.test("planFolds() holds out the same subjects with inner folds as without, and validates on every other row once", () => {
  const rows = goldenRows(goldens.examples[0]);
  const plan = (inner?: number) => planFolds(rows, { kind: "hold-out", test: 0.25, inner }, { seed: 3 });
  const [whole] = plan();
  const inner = plan(4);
  expect(inner.map(({ test }) => test)).toEqual(Array(4).fill(whole.test));
  expect(inner.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual(
    [...whole.train, ...whole.validation].sort((a, b) => a - b),
  );
});

Deno.test("planFolds() leaves each source out once and never trains on its subjects", () => {
  const rows = Array.from(
    { length: 90 },
    (_, i) => row({ recording: `${i}`, subject: `${i % 30}`, source: "abc"[i % 3], label: i % 2 ? "x" : "y" }),
  );
  rows.push(row({ recording: "visitor", subject: "0", source: "b" })); // subject 0 belongs to source a
  const folds = planFolds(rows, { kind: "leave-one-source-out" }, { seed: 0 });
  expect(folds.map((fold) => fold.name)).toEqual(["a", "b", "c"]);
  for (const fold of folds) {
    assertNoLeak(rows, fold);
    expect(new Set(Array.from(fold.test, (i) => rows[i].source))).toEqual(new Set([fold.name]));
  }
});

Deno.test("planFolds() chooses on each other source in turn where one is left out, and trains on no subject of either", () => {
  const rows = Array.from(
    { length: 90 },
    (_, i) => row({ recording: `${i}`, subject: `${i % 30}`, source: "abc"[i % 3], label: i % 2 ? "x" : "y" }),
  );
  rows.push(row({ recording: "visitor", subject: "0", source: "b" })); // subject 0 belongs to source a
  const folds = planFolds(rows, { kind: "leave-one-source-out", inner: "sources" }, { seed: 0 });
  const sources = (side: Int32Array) => [...new Set(Array.from(side, (i) => rows[i].source))].join("");
  expect(folds.map(({ fold, outer, train, validation, test }) => (
    [fold, outer, sources(train), sources(validation), sources(test)].join(" ")
  ))).toEqual(["0 0 c b a", "1 0 b c a", "2 1 c a b", "3 1 a c b", "4 2 b a c", "5 2 a b c"]);
  for (const fold of folds) assertNoLeak(rows, fold);
  const two = rows.filter(({ source }) => source !== "c");
  expect(() => planFolds(two, { kind: "leave-one-source-out", inner: "sources" }, { seed: 0 })).toThrow(
    /two sources at least beside a, .* found 1.* leave protocol.inner out/,
  );
  // All subjects of d were recorded in b as well, so that beside b two sources are left: no number of a fold comes twice.
  const more = ["1", "4"].flatMap((subject, i) =>
    ["d", "d"].map((source, k) => row({ recording: `d${i}${k}`, subject, source, label: i ? "x" : "y" }))
  );
  const uneven = planFolds([...rows, ...more], { kind: "leave-one-source-out", inner: "sources" }, { seed: 0 });
  expect(uneven.map(({ outer }) => outer)).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3]);
  expect(uneven.map(({ fold }) => fold)).toEqual([...uneven.keys()]);
});

function officialRows(): ManifestRow[] {
  return Array.from({ length: 40 }, (_, i) =>
    row({
      recording: `${i}`,
      subject: i === 39 ? "5" : `${i}`, // patient 5 is in train (row 5) and in test (row 39)
      label: i % 2 ? "x" : "y",
      part: i < 30 ? "train" : "test",
    }));
}

Deno.test("planFolds() refuses an official split that divides a subject, or drops it, or keeps and reports it", () => {
  const rows = officialRows();
  const plan = (sharedSubjects?: "drop" | "keep") =>
    planFolds(rows, { kind: "official", sharedSubjects }, { seed: 0 })[0];
  expect(() => plan()).toThrow(/1 on both sides \(5\)/);
  const drop = plan("drop");
  assertNoLeak(rows, drop);
  expect(drop.train.length + drop.validation.length).toBe(29);
  expect(drop.test.length).toBe(10);
  const keep = plan("keep");
  assertNoLeak(rows, keep);
  expect(keep.shared).toEqual(["5"]);
  expect(keep.train.length + keep.validation.length).toBe(30);
  expect(keptLeaks(rows, [keep])).toEqual([
    expect.stringMatching(/^LEAK: 1 subject stands on two sides .*\(5\): 5 and 39/),
  ]);
});

Deno.test("planFolds() keeps near-duplicates of an official split with the leak that it reports", () => {
  const rows = officialRows().slice(0, 39);
  const duplicates = [["3", "34"]]; // of patient 3 in train and patient 34 in test
  const [keep] = planFolds(rows, { kind: "official", sharedSubjects: "keep" }, { seed: 0, duplicates });
  expect(keep.shared).toEqual(["3", "34"]);
  assertNoLeak(rows, keep, { duplicates });
  expect(() => planFolds(rows, { kind: "official" }, { seed: 0, duplicates })).toThrow(/on both sides \(3, 34\)/);
});

Deno.test("planFolds() says which part of an official split has no rows", () => {
  expect(() => planFolds(officialRows(), { kind: "official", test: ["inter"] }, { seed: 0 })).toThrow(
    /rows in the test part but found none/,
  );
});

Deno.test("planFolds() keeps near-duplicates of two subjects together", () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => row({ recording: `${i}`, subject: `${i}`, label: i % 2 ? "x" : "y" }),
  );
  const duplicates = [["0", "7", "12"], ["12", "33"]];
  for (const fold of planFolds(rows, { kind: "grouped-folds" }, { seed: 0, duplicates })) {
    const tested = ["0", "7", "12", "33"].filter((recording) => fold.test.some((i) => rows[i].recording === recording));
    expect([0, 4]).toContain(tested.length);
    assertNoLeak(rows, fold, { duplicates });
  }
});

Deno.test("planFolds() gives rows without a subject a group by recording, and foldWarnings() counts them", () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => row({ recording: `${i >> 1}`, subject: "", label: i & 2 ? "x" : "y" }),
  );
  const folds = planFolds(rows, { kind: "grouped-folds" }, { seed: 0 });
  for (const fold of folds) {
    assertNoLeak(rows, fold);
    expect(fold.test.length).toBe(8);
  }
  expect(foldWarnings(rows, folds)[0]).toMatch(/subject of 20 recordings is unknown/);
});

Deno.test("planFolds() refuses to train on a single class", () => {
  const rows = [0, 1, 2, 3].map((i) => row({ recording: `${i}`, subject: `${i}`, label: i === 0 ? "x" : "y" }));
  expect(() => planFolds(rows, { kind: "grouped-folds", folds: 2, validation: 0.5 }, { seed: 0 })).toThrow(
    /two classes to learn from but found only [xy]/,
  );
});

Deno.test("foldWarnings() names the class that a fold misses and the subject that has all of one", () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => row({ recording: `${i}`, subject: `${i}`, label: i === 0 ? "rare" : i % 2 ? "x" : "y" }),
  );
  const sentences = foldWarnings(rows, planFolds(rows, { kind: "grouped-folds" }, { seed: 0 })).join(" ");
  expect(sentences).toMatch(/All rare comes from one subject \(0\)/);
  expect(sentences).toMatch(/rare \(1 subject\) is missing in the train part/);
  expect(sentences).toMatch(/rare \(1 subject\) is missing in the test part of folds/);
});

Deno.test("planFolds() draws other folds for other seeds where no two subjects are alike", () => {
  // In the order of scikit-learn's StratifiedGroupKFold, which leaves chance to ties alone, all seeds would get the same.
  const rows = Array.from(
    { length: 30 },
    (_, s) =>
      Array.from(
        { length: s + 1 },
        (_, i) => row({ recording: `${s}/${i}`, subject: `${s}`, label: i % 3 ? "x" : "y" }),
      ),
  ).flat();
  const plans = Array.from(
    { length: 20 },
    (_, seed) => testGroups(rows, planFolds(rows, { kind: "grouped-folds" }, { seed })).join("\n"),
  );
  expect(new Set(plans).size).toBeGreaterThan(10);
});

Deno.test("planFolds() says that many subjects are one group where their recordings are copies", () => {
  const rows = Array.from({ length: 8 }, (_, i) => ({
    ...{ recording: `${i}.wav`, subject: `p${i}`, start: 0, end: 1, label: i % 2 ? "ill" : "well" },
    ...{ source: "", part: "train", attributes: {} },
  }));
  const duplicates = [rows.map(({ recording }) => recording)];
  expect(() => planFolds(rows, { kind: "hold-out" }, { seed: 0, duplicates })).toThrow(
    /at least 2 subjects .* found 1, since 8 subjects .*same sounds/,
  );
});
