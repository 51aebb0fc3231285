// The leak of Yaseen 2018, planted: files that were cut from one recording, and classes that nothing else tells apart.
import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { type TestFile, withFolder } from "../datasets/fixtures/with_folder.ts";
import type { Metrics } from "../scores/mod.ts";
import { randomStream } from "../random/mod.ts";
import { openRun } from "../runs/mod.ts";
import { loadExperiment } from "./load_experiment.ts";
import { runAndReport } from "./run_and_report.ts";

const CLASSES = ["AS", "MR", "MS", "MVP", "N"];
const RECORDINGS = 5, CUTS = 6; // a class has so many recordings, a recording so many files
const RATE = 2000;

/** Files in the layout of the dataset. Each recording hums its own chord, whatever its class. */
function files(): Record<string, TestFile> {
  const stream = randomStream(0, "recordings");
  return Object.fromEntries(CLASSES.flatMap((name) =>
    Array.from({ length: RECORDINGS }, (_, recording) => {
      const tones = Array.from({ length: 4 }, () => ({ hz: 60 + 300 * stream.uniform(), phase: 6 * stream.uniform() }));
      const sound = Float32Array.from({ length: 4 * RATE }, (_, i) => {
        const sum = tones.reduce((all, { hz, phase }) => all + Math.sin(2 * Math.PI * hz * i / RATE + phase), 0);
        return 0.1 * sum + 0.02 * stream.normal();
      });
      return Array.from({ length: CUTS }, (_, cut): [string, TestFile] => {
        const number = String(1 + recording * CUTS + cut).padStart(3, "0");
        const samples = sound.subarray(0.3 * RATE * cut, (0.3 * cut + 2.5) * RATE);
        return [`${name}_New/New_${name}_${number}.wav`, encodeWav(samples, { sampleRate: RATE }).slice()];
      });
    }).flat()
  ));
}

/** What `deno task experiment experiments/heart/yaseen.ts --set …` leaves. */
async function runYaseen(data: string, set: string[]) {
  const { description } = await loadExperiment("experiments/heart/yaseen.ts");
  const out = `${data}/../results-${crypto.randomUUID()}`;
  try {
    await runAndReport(description, {
      ...{ data, out, cache: false, seed: 0, engine: "ort", threads: 1, command: "test" },
      assignments: ["budget=smoke", ...set],
      signal: new AbortController().signal,
    });
    const run = await openRun(`${out}/heart/yaseen`);
    const metrics: Metrics = JSON.parse(await run.readText("metrics.json"));
    const { leakCheck }: { leakCheck: string[] } = JSON.parse(await run.readText("data.json"));
    return { metrics, leakCheck, report: await run.readText("report.html") };
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

Deno.test("heart/yaseen shows the leak: a look-up knows files whose siblings stand on the other side, and no others", async () => {
  await withFolder(files(), async (data) => {
    const grouped = await runYaseen(data, []);
    const random = await runYaseen(data, ["budget=leak"]);
    const lookUp = ({ metrics }: typeof grouped) => metrics.parts.test.pooled.item!.accuracy.floors.nearest;

    expect(grouped.metrics.leaks).toEqual([]);
    expect(grouped.leakCheck.join("\n")).toMatch(
      /same sound, exactly or nearly, stay on one side: .* and 20 more groups/,
    );
    expect(lookUp(grouped)).toBeLessThan(0.5);

    expect(random.metrics.leaks!.join()).toMatch(/^LEAK: \d+ groups of duplicates stand on two sides of a split/);
    expect(random.report).toContain(random.metrics.leaks![0].slice(0, 40));
    expect(random.metrics.warnings.join()).toMatch(/Looking up the most similar training example reaches \d\.\d{3}/);
    expect(lookUp(random)).toBeGreaterThan(0.7);
  });
});
