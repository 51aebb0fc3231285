// Every protocol from recordings to figures, on noises that nothing can be learned from.
import { expect } from "expect";
import { type TestFile, withFolder } from "../datasets/fixtures/with_folder.ts";
import type { Metrics } from "../scores/mod.ts";
import type { Run } from "../runs/mod.ts";
import { type ExperimentDescription, resolveExperiment, runExperiment } from "./mod.ts";

/** A row of the user's own CSV. */
interface Line {
  path: string;
  subject: string;
  label: string;
  source?: string;
  part?: string;
  start?: number;
  end?: number;
}

/** Two recordings each of twelve patients from two hospitals, half of them ill. */
const lines: Line[] = Array.from({ length: 24 }, (_, i) => ({
  path: `${i}.wav`,
  subject: `p${i >> 1}`,
  label: (i >> 1) % 2 ? "murmur" : "normal",
  source: i < 12 ? "north" : "south",
  part: (i >> 1) % 6 < 4 ? "train" : "test",
}));

function csv(rows: readonly Line[]): string {
  const columns = ["path", "subject", "label", "source", "part", "start", "end"] as const;
  const used = columns.filter((column) => rows.some((row) => row[column] !== undefined));
  return [used.join(","), ...rows.map((row) => used.map((column) => row[column] ?? "").join(","))].join("\n") + "\n";
}

const description: ExperimentDescription = {
  name: "test/protocols",
  title: "A test",
  question: "Is there a murmur?",
  dataset: { name: "csv", task: "labels", parts: ["train", "test"] },
  input: { preset: "pcg", seconds: 0.5, padding: "circular" },
  model: { kind: "cnn", filters: [4] },
  training: { epochs: 1, batchSize: 16 },
  evaluation: { protocol: { kind: "hold-out" }, resamples: 100, unit: "subject" },
};

/** Runs the experiment with these overrides on these rows; `more` replaces noises by other files. */
async function withRun(
  { set, rows = lines, more = {} }: { set: string[]; rows?: Line[]; more?: Record<string, TestFile> },
  check: (found: Awaited<ReturnType<typeof read>>) => Promise<void> | void,
): Promise<void> {
  const noises = rows.map(({ path }, i): [string, TestFile] => [path, { seconds: 1, seed: i + 1 }]);
  await withFolder({ ...Object.fromEntries(noises), ...more, "manifest.csv": csv(rows) }, async (data) => {
    const places = { data, out: `${data}/results`, cacheFolder: `${data}/features`, command: "test", threads: 1 };
    const { run, complete } = await runExperiment(resolveExperiment(description, set), { ...places, engine: "ort" });
    expect(complete).toBe(true);
    await check(await read(run));
  });
}

async function read(run: Run) {
  const metrics: Metrics = JSON.parse(await run.readText("metrics.json"));
  const { predictions } = await run.predictions();
  const { leakCheck } = JSON.parse(await run.readText("data.json"));
  const { members } = await run.bundle();
  const test = predictions.filter(({ part }) => part === "test");
  return { metrics, predictions, test, members, leakCheck: leakCheck as string[] };
}

const folds = 'evaluation.protocol={"kind":"grouped-folds","folds":2,"repeats":2,"seeds":[3,4]}';

Deno.test("repeated folds under several seeds judge every recording once a repeat and seed", async () => {
  await withRun({ set: [folds] }, ({ test, members, metrics }) => {
    expect(members.map(({ seed, fold }) => [seed, fold])).toEqual(
      [[3, 0], [3, 1], [3, 2], [3, 3], [4, 0], [4, 1], [4, 2], [4, 3]],
    );
    for (const [recording, own] of Map.groupBy(test, ({ recording }) => recording)) {
      expect([recording, own.map(({ seed }) => seed).sort()]).toEqual([recording, [3, 3, 4, 4]]);
    }
    expect(metrics.parts.test.pooled.item!.accuracy.n).toBe(24);
    expect(metrics.parts.test.pooled.subject!.accuracy.n).toBe(12);
    expect(metrics.parts.test.sourceMean.accuracy.value).not.toBeNull();
    expect(metrics.parts.test.pooled.item!.accuracy.floors).toHaveProperty("shortcut");
  });
});

Deno.test("nested folds average the inner networks, and choose by every row that isn't tested", async () => {
  const set = ['evaluation.protocol={"kind":"nested","folds":2,"inner":2}'];
  await withRun({ set }, ({ predictions, test, members }) => {
    expect(members.map(({ outer, fold }) => [outer, fold])).toEqual([[0, 0], [0, 1], [1, 2], [1, 3]]);
    expect(test.map(({ recording }) => recording).sort()).toEqual(lines.map(({ path }) => path).sort());
    for (const fold of [0, 1]) {
      const own = predictions.filter((one) => one.fold === fold).map(({ recording }) => recording);
      expect(own.sort()).toEqual(lines.map(({ path }) => path).sort());
    }
  });
});

Deno.test("each source is judged by networks that were trained on the others", async () => {
  await withRun({ set: ["evaluation.protocol.kind=leave-one-source-out"] }, ({ test, metrics }) => {
    expect(new Set(test.map(({ fold, source }) => `${fold} ${source}`))).toEqual(new Set(["0 north", "1 south"]));
    expect(metrics.parts.test.sources.map(({ source }) => source)).toEqual(["north", "south"]);
  });
});

Deno.test("the official split judges its own test part, and no leak is told", async () => {
  await withRun({ set: ["evaluation.protocol.kind=official"] }, ({ test, metrics, leakCheck }) => {
    expect(test.map(({ recording }) => recording).sort()).toEqual(
      lines.filter(({ part }) => part === "test").map(({ path }) => path).sort(),
    );
    expect(metrics.leaks).toEqual([]);
    expect(leakCheck[0]).toMatch(/^No subject stands on two sides/);
  });
});

/** Leaks planted in the official split: what the rows and files are, and what the guard says. */
const planted: { what: string; rows: Line[]; more?: Record<string, TestFile>; says: RegExp }[] = [
  {
    what: "a subject on both sides",
    rows: lines.map((line) => line.subject === "p4" ? { ...line, subject: "p0" } : line),
    says: /divides no subject but found 1 on both sides \(p0\)/,
  },
  {
    what: "a copy of a recording under another subject",
    rows: lines,
    more: { "8.wav": { seconds: 1, seed: 1 } }, // of p4, in test; seed 1 is 0.wav of p0, in train
    says: /divides no subject but found 2 on both sides \(p0, p4\)/,
  },
  {
    what: "a near-copy, longer and from later on",
    rows: lines,
    more: { "0.wav": { seconds: 2, seed: 1 }, "8.wav": { seconds: 1.9, seed: 1 } },
    says: /divides no subject but found 2 on both sides \(p0, p4\)/,
  },
  {
    what: "windows of one recording on both sides",
    rows: [
      ...lines.map((line) => ({ ...line, start: 0, end: 0.5 })),
      { path: "0.wav", subject: "p4", label: "normal", source: "north", part: "test", start: 0.5, end: 1 },
    ],
    says: /divides no subject but found 1 on both sides \(p0\)/, // who share a recording are one person
  },
];

for (const { what, rows, more, says } of planted) {
  Deno.test(`${what} ends a run before training; told to report it, the run goes on and says so`, async () => {
    const official = "evaluation.protocol.kind=official";
    await expect(withRun({ set: [official], rows, more }, () => {})).rejects.toThrow(says);
    const set = [official, "evaluation.leaks=report"];
    await withRun({ set, rows, more }, ({ metrics, leakCheck }) => {
      expect(metrics.leaks!.join()).toMatch(
        /^LEAK: \d .* on two sides of a split .*scores tell nothing of new subjects/,
      );
      expect(leakCheck).toContain(metrics.leaks![0]);
    });
  });
}

Deno.test("copies under unknown subjects stay on one side of folds, and count as one subject", async () => {
  const rows = lines.map(({ path, label }) => ({ path, subject: "", label }));
  const more = Object.fromEntries([0, 4, 8, 12].map((i): [string, TestFile] => [`${i}.wav`, { seconds: 1, seed: 1 }]));
  const set = ['evaluation.protocol={"kind":"grouped-folds","folds":2}', 'dataset.parts=["train"]'];
  await withRun({ set, rows, more }, ({ test, metrics }) => {
    const copies = test.filter(({ recording }) => recording in more);
    expect(new Set(copies.map(({ fold }) => fold)).size).toBe(1);
    expect(new Set(copies.map(({ subject }) => subject)).size).toBe(1);
    expect(metrics.leaks).toEqual([]);
    expect(metrics.warnings.join()).toMatch(/24 subjects are taken for 21/);
  });
});
