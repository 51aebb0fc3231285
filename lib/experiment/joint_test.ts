// Two hospitals as one dataset: each is left out once, and what carries over to it is told.
import { expect } from "expect";
import { type TestFile, withFolder } from "../datasets/fixtures/with_folder.ts";
import { evaluateBundle, resolveExperiment, runExperiment } from "./mod.ts";

/** Noises of a hospital: one recording each of so many patients, those with odd numbers ill. */
function hospital(
  name: string,
  { subjects, seconds, healthy }: { subjects: number; seconds: number; healthy: string },
) {
  const numbers = Array.from({ length: subjects }, (_, i) => i);
  const rows = numbers.map((i) => `${i}.wav,p${i},${i % 2 ? "murmur" : healthy}`);
  return Object.fromEntries<TestFile>([
    [`${name}/manifest.csv`, ["path,subject,label", ...rows].join("\n")],
    ...numbers.map((i): [string, TestFile] => [`${name}/${i}.wav`, { seconds, seed: 100 * name.length + i }]),
  ]);
}

const files = {
  ...hospital("north", { subjects: 24, seconds: 1, healthy: "normal" }),
  ...hospital("southern", { subjects: 30, seconds: 2, healthy: "no" }),
};
const experiment = resolveExperiment({
  ...{ name: "test/joint", title: "A test", question: "Is there a murmur?" },
  dataset: {
    name: "joint",
    task: "murmur",
    join: [
      { name: "csv", task: "labels", folder: "north", as: "north" },
      { name: "csv", task: "labels", folder: "southern", as: "south", labels: { no: "normal", murmur: "murmur" } },
    ],
  },
  input: { preset: "pcg", seconds: 0.5, padding: "circular" },
  model: { kind: "cnn", filters: [4] },
  training: { epochs: 1, batchSize: 16, sampler: "source-and-class-balanced" },
  evaluation: { protocol: { kind: "leave-one-source-out" }, resamples: 100, unit: "recording" },
});

Deno.test("an experiment on two datasets leaves each out once and tells what carries over, and evaluate knows its patients", async () => {
  await withFolder(files, async (data) => {
    const places = { data, cacheFolder: `${data}/features`, threads: 1 };
    const { run } = await runExperiment(experiment, {
      ...{ ...places, out: `${data}/results`, engine: "ort", command: "test" },
    });
    const { predictions } = await run.predictions();
    const test = predictions.filter(({ part }) => part === "test");
    expect(Map.groupBy(test, ({ source, fold }) => `${source} ${fold}`).keys().toArray()).toEqual([
      "north 0",
      "south 1",
    ]);
    expect(test[0]).toMatchObject({ recording: "north/0.wav", subject: "north/p0", label: "normal" });

    const { unit, places: [north, south] } = await run.places();
    expect(unit).toBe("recording");
    expect(north).toMatchObject({ source: "north", subjects: 24, units: 24 });
    expect(north.differs.prevalence).toEqual({ here: 0.5, elsewhere: 0.5 });
    expect(north.differs.seconds).toEqual({ here: 1, elsewhere: 2 });
    // The same white noise everywhere: a quarter of full scale, uniform, is 20 log10(.25 / √3) dB.
    expect(south.differs.level.here).toBeCloseTo(20 * Math.log10(0.25 / Math.sqrt(3)), 0);
    expect(north.spectrum.here).toHaveLength(north.spectrum.elsewhere.length);
    // Who is drawn for a threshold isn't judged: 20 of 24 leave four.
    expect(north.thresholds.unlabelled.value).not.toBeNull();

    expect((await run.data()).title).toBe("north + south");
    // The same recordings, or those of one of them alone, were all learned from by one network each.
    const out = await evaluateBundle(run, { ...places, name: "again" });
    expect((await out.metrics()).leaks).toEqual([]);
    expect((await out.metrics()).warnings.join(" ")).toMatch(/54 of the 54 subjects judged here belong to the run's/);
  });
});
