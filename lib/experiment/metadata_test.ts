import { expect } from "expect";
import { join } from "node:path";
import { withFolder } from "../datasets/fixtures/with_folder.ts";
import { loadBundle, predictSound, readAttributes } from "../predict/mod.ts";
import { renderLivePage } from "../report/mod.ts";
import { readRecording } from "../audio/mod.ts";
import { evaluateBundle, resolveExperiment, runExperiment } from "./mod.ts";

/** Noise that tells nothing, of people whom their age alone tells apart; of every seventh it isn't known. */
const people = Array.from({ length: 40 }, (_, i) => {
  const age = i % 7 === 0 ? "" : String(i % 2 ? 60 + i : 10 + i / 4);
  return { file: `${i}.wav`, subject: `s${i}`, label: i % 2 ? "murmur" : "normal", age, sex: i % 3 ? "f" : "m" };
});
const table = "file,subject,label,age,sex\n" + people.map((one) => Object.values(one).join()).join("\n") + "\n";
const files = {
  "mine.csv": table,
  ...Object.fromEntries(people.map(({ file }, i) => [file, { seconds: 1, seed: i + 1 }])),
};

const experiment = (...assignments: string[]) =>
  resolveExperiment({
    ...{ name: "test/metadata", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
    input: { preset: "pcg", seconds: 1, padding: "circular" },
    metadata: ["age", "sex"],
    model: { kind: "cnn", filters: [4], dropout: 0 },
    training: { epochs: 12, batchSize: 8, optimizer: { kind: "adam", learningRate: 0.05 } },
    evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
  }, assignments);

Deno.test("a network that is given the age learns what no sound tells, with a floor that is given it too", async () => {
  await withFolder(files, async (folder) => {
    const data = join(folder, "mine.csv");
    const places = { data, out: join(folder, "results"), cacheFolder: join(folder, ".features"), threads: 1 };
    const options = { ...places, command: "test", engine: "ort" as const, epochLines: false };
    const { run } = await runExperiment(experiment(), options);
    const { pooled } = (await run.metrics()).parts.test;
    const { rocAuc } = pooled.item!;
    expect(rocAuc.value).toBeGreaterThan(0.85); // those of unknown age are at chance
    expect(rocAuc.floors.metadata).toBeGreaterThan(0.85);
    expect(rocAuc.floors.linear).toBeLessThan(0.75);

    const loaded = await loadBundle(run.folder);
    const { samples, sampleRate } = await readRecording(join(folder, "1.wav"));
    const ask = async (attributes?: Record<string, string | number>) =>
      await predictSound(loaded, samples, { sampleRate, evenPoor: true, attributes });
    const [old, young, unknown] = [
      await ask({ age: 80, sex: "female" }),
      await ask({ age: 12, sex: "Female" }),
      await ask(),
    ];
    expect(old.probabilities![1]).toBeGreaterThan(young.probabilities![1] + 0.2);
    expect(unknown.reasons.join()).toMatch(/is given age, sex too/);
    expect(old.reasons.join()).not.toMatch(/is given/);
    const { verdict, reasons } = await ask({ age: 98_000, sex: "female" });
    expect([verdict, reasons.join()]).toEqual([
      "unsure",
      expect.stringMatching(/no such number as age 98000 \(from \d+ to \d+ in/),
    ]);
    expect(old.reasons.join()).not.toMatch(/no such number/);
    await loaded.dispose();
    const about = await readAttributes(data);
    expect(about(join(folder, "1.wav"))).toMatchObject({ age: 61, sex: "female" });
    expect(about("unknown.wav")).toBeUndefined();

    // Asked about its own recordings, it says what it said of them as test parts.
    const again = await evaluateBundle(run, { ...places, out: join(folder, "again") });
    const said = async (of: typeof run) =>
      (await of.predictions()).predictions.filter(({ part }) => part !== "validation")
        .map(({ recording, probabilities }) => [recording, probabilities[1].toFixed(4)].join(" ")).toSorted();
    expect(await said(again)).toEqual(await said(run));

    // Another hospital that writes down no age: the networks are told so.
    await Deno.writeTextFile(
      join(folder, "other.csv"),
      table.replace("file,subject,label,age", "file,subject,label,height"),
    );
    const other = await evaluateBundle(run, { ...places, data: join(folder, "other.csv"), out: join(folder, "other") });
    expect((await other.metrics()).warnings.join()).toMatch(/are given age too, of which these data say nothing/);

    await expect(renderLivePage(run.folder, { script: "" })).rejects.toThrow(/goes by the sound alone.*age, sex/);
    expect(await run.has("model/pipeline.onnx")).toBe(false);
  });
});

Deno.test("metadata that the data don't know, or that can't be given, is named before anything is trained", async () => {
  await withFolder(files, async (folder) => {
    const options = { data: join(folder, "mine.csv"), out: folder, command: "test", epochLines: false };
    await expect(runExperiment(experiment('metadata=["age","weight"]'), options)).rejects.toThrow(
      /attributes that the data know \(age, sex\) but found "weight"/,
    );
  });
});
