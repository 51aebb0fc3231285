// Other data than a run's: each set under its own name, beside floors that were fitted where the run was trained.
import { memory } from "@tensorflow/tfjs";
import { expect } from "expect";
import { type TestFile, withFolder } from "../../datasets/fixtures/with_folder.ts";
import type { Metrics } from "../../scores/mod.ts";
import { type Run, runData } from "../../runs/mod.ts";
import { evaluateBundle, type EvaluateBundleOptions, resolveExperiment, runExperiment } from "../mod.ts";

const experiment = resolveExperiment({
  ...{ name: "test/external", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
  input: { preset: "pcg", seconds: 0.5, padding: "circular" },
  model: { kind: "cnn", filters: [2] },
  training: { epochs: 1, batchSize: 16 },
  evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100, unit: "subject" },
});

/** Recordings of noise, one a subject with three segments; a wheeze lasts `wheeze` seconds, what is normal 0.4 s longer or less. */
function noises(
  subjects: number,
  { from, wheeze, table = "manifest.csv" }: { from: number; wheeze: number; table?: string },
): Record<string, TestFile> {
  const rows: string[] = [], sounds: Record<string, TestFile> = {};
  for (let i = from; i < from + subjects; i++) {
    const [label, seconds] = i % 2 ? ["wheeze", wheeze] : ["normal", 1.4 - wheeze];
    for (const start of [0, 1, 2]) rows.push(`${i}.wav,p${i},${label},${start},${start + seconds}\n`);
    sounds[`${i}.wav`] = { seconds: 3, seed: i };
  }
  return { ...sounds, [table]: `path,subject,label,start,end\n${rows.join("")}` };
}

interface Place {
  run: Run;
  data: string;
  judge(options: EvaluateBundleOptions): Promise<{ out: Run; metrics: Metrics }>;
}

/** A run in which a wheeze lasts 0.9 s, and what is normal 0.5 s. */
async function withRun(check: (place: Place) => Promise<void>): Promise<void> {
  await withFolder(noises(16, { from: 1, wheeze: 0.9 }), async (data) => {
    const places = { cacheFolder: `${data}/features`, threads: 1 };
    const { run } = await runExperiment(experiment, {
      ...{ ...places, data, out: `${data}/results`, engine: "ort", command: "test" },
    });
    await check({
      ...{ run, data },
      async judge(options) {
        const out = await evaluateBundle(run, { ...places, ...options });
        return { out, metrics: JSON.parse(await out.readText("metrics.json")) };
      },
    });
  });
}

Deno.test("evaluateBundle() judges the floors on other data as they were fitted on the run's", async () => {
  await withRun(async ({ run, data, judge }) => {
    const floorsOf = ({ metrics }: { metrics: Metrics }) => {
      const [part] = Object.values(metrics.parts);
      return part.pooled.item!.balancedAccuracy.floors;
    };
    await withFolder(noises(8, { from: 101, wheeze: 0.9, table: "alike.csv" }), async (other) => {
      const alike = await judge({ data: `${other}/alike.csv` });
      expect(floorsOf(alike)).toMatchObject({ shortcut: 1, linear: expect.any(Number), nearest: expect.any(Number) });
      expect(alike.metrics.warnings.join()).toMatch(/hears no sound reaches 1\.000/);
      const subjects = alike.metrics.parts.alike.pooled.subject!.accuracy;
      expect([subjects.n, subjects.floors.shortcut]).toEqual([8, 1]);
    });
    // Where length tells the opposite, what was fitted on the run's data is always wrong.
    await withFolder(noises(8, { from: 201, wheeze: 0.5, table: "odd.csv" }), async (other) => {
      expect(floorsOf(await judge({ data: `${other}/odd.csv` })).shortcut).toBe(0);
      await Deno.remove(`${data}/manifest.csv`);
      const without = await judge({ data: `${other}/odd.csv` });
      expect(floorsOf(without)).not.toHaveProperty("shortcut");
      expect(without.metrics.warnings.join()).toMatch(
        /Floors .* are missing: they are fitted on the run's training data/,
      );
    });
    expect(await run.has("evaluations/odd/metrics.json")).toBe(true);
  });
});

Deno.test("evaluateBundle() keeps each set under its own name, and overwrites no other's", async () => {
  await withRun(async ({ run, judge }) => {
    const place = ({ out }: { out: Run }) => out.folder.slice(run.folder.length + 1);
    const table = "ward 3.csv";
    await withFolder(
      noises(4, { from: 101, wheeze: 0.9, table }),
      (north) =>
        withFolder(noises(4, { from: 201, wheeze: 0.9, table }), async (south) => {
          const first = await judge({ data: `${north}/${table}` });
          expect([place(first), Object.keys(first.metrics.parts)]).toEqual(["evaluations/ward-3", ["ward-3"]]);
          const { title, fingerprint, total, byPart } = await first.out.readJson("data.json", runData);
          expect({ title, ...total, parts: byPart.map(({ part }) => part) }).toEqual(
            { title: "ward 3", subjects: 4, recordings: 4, items: 12, seconds: expect.closeTo(8.4), parts: ["ward-3"] },
          );
          const kept = await first.out.readText("metrics.json");

          const other = await judge({ data: `${south}/${table}` });
          expect(place(other)).toBe("evaluations/ward-3-2");
          expect(other.metrics.warnings.join()).toMatch(
            /evaluations\/ward-3 holds other data: this set is kept as ward-3-2/,
          );
          expect((await other.out.readJson("data.json", runData)).fingerprint).not.toBe(fingerprint);

          const again = await judge({ data: `${north}/${table}` });
          expect([place(again), await again.out.readText("metrics.json")]).toEqual(["evaluations/ward-3", kept]);
          const named = await judge({ data: `${south}/${table}`, name: "../Süd (2024)" });
          expect(place(named)).toBe("evaluations/Süd-2024");
        }),
    );
  });
});

Deno.test("evaluateBundle() judges all parts of one's own table, and leaves out a subject with two labels alone", async () => {
  await withRun(async ({ judge }) => {
    const files = noises(9, { from: 101, wheeze: 0.9 });
    const lines = (files["manifest.csv"] as string).trim().split("\n");
    const table = [`${lines[0]},part`, ...lines.slice(1).map((line, i) => `${line},${i % 2 ? "train" : "test"}`)];
    table[1] = table[1].replace("wheeze", "normal"); // of three lines of p101
    await withFolder({ ...files, "manifest.csv": table.join("\n") }, async (other) => {
      const { metrics } = await judge({ data: other, name: "ward" });
      expect(metrics.parts.ward.pooled.item!.accuracy.n).toBe(24);
      expect(metrics.parts.ward.pooled.subject!.accuracy.n).toBe(8);
      expect(metrics.warnings.join()).toMatch(/1 of 9 subjects is left out, with several labels each: p101/);
      const part = await judge({ data: other, part: "test", name: "ward test" });
      expect(part.metrics.parts["ward-test"].pooled.item!.accuracy.n).toBeLessThan(24);
    });
  });
});

Deno.test("evaluateBundle() tells what fitting the networks to the place without labels changes, and changes nothing by it", async () => {
  await withRun(async ({ judge }) => {
    const files = noises(8, { from: 101, wheeze: 0.9, table: "ward.csv" });
    await withFolder(files, async (other) => {
      const data = `${other}/ward.csv`;
      const plain = await judge({ data });
      expect(await plain.out.has("adapted.json")).toBe(false);
      const { out, metrics } = await judge({ data, adapt: ["statistics", "batch-statistics", "prior", "prior"] });
      expect(metrics).toEqual(plain.metrics);
      const { ways } = await out.adapted();
      expect(ways.map(({ way, part }) => [way, part])).toEqual([
        ["statistics", "ward"],
        ["batch-statistics", "ward"],
        ["prior", "ward"],
      ]);
      for (const { scores, differences } of ways) {
        const before = metrics.parts.ward.pooled.subject!.brier.value!;
        expect(scores.brier.n).toBe(8);
        expect(scores.brier.value! - differences.brier.value!).toBeCloseTo(before, 9);
        expect(differences.brier.value).not.toBe(0);
      }
      const held = memory().numTensors;
      await judge({ data, adapt: ["batch-statistics"] });
      expect(memory().numTensors).toBe(held); // networks of a place are let go behind it
      expect(ways[2].found).toMatch(/make likely: all \d\.\d\d \(where it was fitted 0\.\d\d\)/);
      const again = await judge({ data });
      expect([again.out.folder, await again.out.has("adapted.json")]).toEqual([out.folder, false]);
    });
  });
});
