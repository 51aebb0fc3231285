import { expect } from "expect";
import fc from "fast-check";
import type { ManifestRow } from "../datasets/mod.ts";
import { shareOfSubjects } from "./mod.ts";

function rowsOf(subjects: readonly string[]): ManifestRow[] {
  return subjects.flatMap((subject, s) =>
    [0, 1].map((i): ManifestRow => ({
      ...{ recording: `${s}-${i}.wav`, subject, start: 0, end: 1, label: s % 3 === 0 ? "W" : "N" },
      ...{ source: "all", part: "train", attributes: {} },
    }))
  );
}

Deno.test("shareOfSubjects() keeps whole subjects, of each class its share, and the larger share holds the smaller", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 12, maxLength: 60 }), (subjects) => {
    const rows = rowsOf(subjects);
    const side = Int32Array.from(rows.keys()).filter((row) => row % 4 < 2); // some of them only
    const kept = [0.25, 0.5, 0.75].map((share) => new Set(shareOfSubjects(rows, side, share)));
    expect(kept[0].isSubsetOf(kept[1]) && kept[1].isSubsetOf(kept[2])).toBe(true);
    const count = (some: Iterable<number>, label: string) =>
      new Set([...some].filter((row) => rows[row].label === label).map((row) => rows[row].subject)).size;
    for (const label of ["W", "N"]) {
      expect(count(kept[1], label)).toBe(Math.max(1, Math.round(count(side, label) / 2)));
    }
    for (const row of kept[1]) expect(kept[1].has(row ^ 1)).toBe(true); // the subject's other row
  }));
  const rows = rowsOf(["a", "b"]), side = Int32Array.of(0, 1, 2);
  expect(shareOfSubjects(rows, side)).toBe(side);
});
