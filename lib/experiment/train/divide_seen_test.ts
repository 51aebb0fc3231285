import { expect } from "expect";
import type { ManifestRow } from "../../datasets/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import { divideSeen } from "./open_beginning.ts";

const rows = ["a", "b", "c", "d", "e"].map((subject): ManifestRow => ({
  ...{ recording: subject, subject, source: "", part: "", start: 0, end: 1, label: "", attributes: {} },
}));
const fold = (change: Partial<Fold>): Fold => ({
  ...{ fold: 0, seed: 0, shared: [], train: Int32Array.of(4), validation: Int32Array.of(3) },
  ...{ test: Int32Array.of(0, 1, 2), ...change },
});
// One network knows a, the other b.
const networks = [new Set(["a"]), new Set(["b"])];
const seen = { members: networks, learned: networks, namesOf: ({ subject }: ManifestRow) => [subject], warnings: [] };

Deno.test("divideSeen() leaves the same rows to all networks that judge a test part as one, or beside each other", () => {
  const inner = [fold({ fold: 0, outer: 0 }), fold({ fold: 1, outer: 0 })];
  const seeds = [fold({ seed: 0 }), fold({ seed: 1 })];
  for (const folds of [inner, seeds]) {
    const divided = divideSeen(rows, folds, { seen, policy: "leave-out", run: "earlier" });
    expect(divided.networks).toEqual([0, 1]);
    expect(divided.folds.map(({ test }) => [...test])).toEqual([[2], [2]]);
    expect(divided.folds.map(({ validation }) => [...validation])).toEqual([[3], [3]]);
    expect(divided.leakCheck.join()).toMatch(/2 of the 4 subjects .*\(a, b\)/);
  }
});
