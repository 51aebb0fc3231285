import { expect } from "expect";
import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import { createRun } from "../../runs/mod.ts";
import type { FinishedFold } from "../finish_fold.ts";
import { seenSubjects } from "./seen_subjects.ts";
import { unseenEnsembles } from "./ensembles.ts";

/** Who of these rows the one network of a run has seen, which was trained on `1.wav` of Ann in `/a`. */
async function known(dataset: string, folder: string, rows: [recording: string, subject: string][]) {
  const results = await Deno.makeTempDir();
  try {
    const run = await createRun(results, {
      ...{ version: 1, name: "test/seen", title: "", question: "", seeds: [0], command: "", references: [], hash: "0" },
      ...{ engine: { name: "cpu", description: "", reason: "", threads: 1 }, createdAt: "2026-01-02T03:04:05.000Z" },
      ...{ experiment: { dataset: { name: dataset } }, dataFolder: "/a/mine.csv" },
    });
    await run.save("splits", {
      version: 1,
      folds: [{ fold: 0, seed: 0, train: ["ann"], validation: [], test: [], shared: [] }],
    });
    await run.save("sounds", []);
    const manifest = {
      ...{ dataset, task: "", folder, classes: [], events: [], passedOver: [] },
      rows: rows.map(([recording, subject]) => ({ recording, subject } as ManifestRow)),
    } satisfies Manifest;
    const folds = [{ predictions: [{ recording: "1.wav", subject: "ann" }] }] as unknown as FinishedFold[];
    const seen = await seenSubjects(run, folds, manifest);
    return rows.map((_, i) => seen.namesOf(manifest.rows[i]).some((name) => seen.members[0].has(name)));
  } finally {
    await Deno.remove(results, { recursive: true });
  }
}

Deno.test("seenSubjects() knows the user's own recordings by their subject, and by their path in the same folder alone", async () => {
  expect(await known("csv", "/b", [["1.wav", "bob"], ["2.wav", "ann"]])).toEqual([false, true]);
  expect(await known("csv", "/a", [["1.wav", "bob"], ["deep/1.wav", "cyd"]])).toEqual([true, false]);
  // Who is known by one recording is known.
  expect(await known("csv", "/a", [["1.wav", "bob"], ["2.wav", "bob"]])).toEqual([true, true]);
});

Deno.test("seenSubjects() knows a published recording by its name, in whatever folder and format, and nobody of another dataset", async () => {
  expect(await known("sprsound", "/b", [["x/1.flac", "bob"]])).toEqual([true]);
  const other = { members: [new Set(["ann"])], namesOf: ({ subject }: ManifestRow) => [subject], warnings: [] };
  const rows = [{ subject: "ann" }, { subject: "bob" }] as ManifestRow[];
  expect(unseenEnsembles({ rows }, other, "leave-out").ensembles).toEqual([{ members: [0], rows: Int32Array.of(1) }]);
  expect(() => unseenEnsembles({ rows }, other, "refuse")).toThrow(
    /1 of the 2 subjects that every network was trained on \(ann\)/,
  );
});
