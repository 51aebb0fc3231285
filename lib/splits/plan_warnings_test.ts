import { expect } from "expect";
import type { ManifestRow } from "../datasets/manifest.ts";
import { AuscultError } from "../errors/mod.ts";
import { classesEverywhere, planFolds, planWarnings, type Protocol, protocol } from "./mod.ts";

/** Two recordings each of so many subjects of each class. */
function rowsOf(subjects: Record<string, number>): ManifestRow[] {
  return Object.entries(subjects).flatMap(([label, count]) =>
    Array.from({ length: 2 * count }, (_, i): ManifestRow => ({
      ...{ recording: `${label}${i}.wav`, subject: `${label}${i >> 1}`, start: 0, end: 1, label },
      ...{ source: "", part: "train", attributes: {} },
    }))
  );
}

/** The protocol with the settings that a sentence names. */
function named(sentence: string, from: Protocol): Protocol {
  const whole = sentence.match(/--set 'evaluation\.protocol=(\{.*\})'/)?.[1];
  if (whole !== undefined) return JSON.parse(whole);
  const keys = [...sentence.matchAll(/--set evaluation\.protocol\.(\w+)=([\d.]*\d)/g)];
  expect(keys.length).toBeGreaterThan(0);
  return { ...from, ...Object.fromEntries(keys.map(([, key, value]) => [key, Number(value)])) } as Protocol;
}

const options = { seed: 0 };

/** The warnings of folds, or why there can be none. */
function protocolProblems(rows: readonly ManifestRow[], protocol: Protocol, options: { seed: number }): string[] {
  try {
    return planWarnings(rows, planFolds(rows, protocol, options), { protocol, ...options });
  } catch (error) {
    if (error instanceof AuscultError) return [error.message];
    throw error;
  }
}

for (
  const { what, rows, from } of [
    { what: "fewer subjects than folds", rows: rowsOf({ well: 3, ill: 3 }), from: { kind: "grouped-folds", folds: 9 } },
    {
      what: "three subjects of a class in five folds",
      rows: rowsOf({ well: 12, ill: 3 }),
      from: { kind: "grouped-folds" },
    },
    { what: "four subjects of a class in nested folds", rows: rowsOf({ well: 12, ill: 4 }), from: { kind: "nested" } },
    {
      what: "three subjects of a class in one hold-out",
      rows: rowsOf({ well: 30, ill: 3 }),
      from: { kind: "hold-out", test: 0.1 },
    },
  ] as { what: string; rows: ManifestRow[]; from: Protocol }[]
) {
  Deno.test(`protocolProblems() of ${what} names a setting by which every class is in every part`, () => {
    const problems = protocolProblems(rows, from, options);
    const mended = named(problems.at(-1)!, from);
    expect(classesEverywhere(rows, planFolds(rows, mended, options))).toBe(true);
    expect(protocolProblems(rows, mended, options)).toEqual([]);
    expect(protocol.parse(mended).kind).toMatch(from.kind === "hold-out" ? /hold-out|grouped-folds/ : from.kind);
  });
}

Deno.test("protocolProblems() says nothing of rows that fit, and names no setting where none helps", () => {
  expect(protocolProblems(rowsOf({ well: 20, ill: 20 }), { kind: "grouped-folds" }, options)).toEqual([]);
  const lonely = protocolProblems(rowsOf({ well: 20, ill: 20, odd: 1 }), { kind: "grouped-folds" }, options);
  expect(lonely.join()).toMatch(/All odd comes from one subject/);
  expect(lonely.join()).not.toMatch(/--set/);
});
