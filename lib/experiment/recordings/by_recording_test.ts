import { expect } from "expect";
import { generateSynthetic } from "../../datasets/mod.ts";
import { renderReport } from "../../report/mod.ts";
import { loadBundle } from "../../predict/mod.ts";
import { type ExperimentDescription, resolveExperiment, runExperiment, type RunExperimentOptions } from "../mod.ts";

const common: ExperimentDescription = {
  ...{ name: "test/cola", title: "A test", question: "Which are of one recording?" },
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 1.25, padding: "circular" },
  model: { kind: "cnn", filters: [8, 16], dropout: 0 },
  training: { epochs: 30, batchSize: 24, optimizer: { kind: "adam", learningRate: 0.01 } },
  evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
};
const pretrained = { ...common, targets: { kind: "recordings" as const, dimension: 8, candidates: 8 } };

async function inFolder(
  check: (
    run: (
      description: ExperimentDescription,
      sets?: string[],
      more?: Partial<RunExperimentOptions>,
    ) => ReturnType<typeof runExperiment>,
  ) => Promise<void>,
) {
  const folder = await Deno.makeTempDir(), data = `${folder}/data`;
  await generateSynthetic(data, { kind: "heart", subjects: 24, recordings: 1, unusable: 0 });
  const places = { data, out: `${folder}/results`, cacheFolder: `${folder}/features` };
  try {
    await check((description, sets = [], more = {}) =>
      runExperiment(resolveExperiment(description, sets), {
        ...{ ...places, command: "test", engine: "ort", threads: 1, epochLines: false, ...more },
      })
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("crops of one recording are learned to be told from others, and a run begins with what that gave", async () => {
  await inFolder(async (runIt) => {
    const { run, complete } = await runIt(pretrained);
    expect(complete).toBe(true);
    const { retrieval } = (await run.metrics()).parts.test.pooled.item!;
    expect(retrieval.n).toBe(24);
    expect(Object.keys(retrieval.floors)).toEqual(["chance", "random-network", "mean-spectrum"]);
    // Twelve recordings a fold, in one group.
    expect(retrieval.floors.chance).toBeCloseTo(1 / 12, 9);
    expect(retrieval.value!).toBeGreaterThan(2 * retrieval.floors.chance);
    expect(retrieval.low!).toBeGreaterThan(0);
    const losses = (await run.history()).filter(({ fold }) => fold === 0).map(({ loss }) => loss);
    expect(losses.at(-1)!).toBeLessThan(losses[0]);

    await renderReport(run.folder);
    expect(await Deno.readTextFile(run.path("report.html"))).toContain("etrieval accuracy");
    await expect(loadBundle(run.folder)).rejects.toThrow(/name a class.*crops.*initial\.run/);

    const begun = await runIt({ ...common, name: "test/begun" }, [`initial.run=${run.folder}`, "training.epochs=2"]);
    const { fresh, layers } = await begun.run.beginning();
    expect(fresh).toEqual(["logits"]);
    expect(layers).toContain("block1_conv");
    expect((await begun.run.data()).leakCheck.join()).toMatch(/No first weights had learned from a subject/);
    // The other way round, and other folds: who was learned from may not be judged.
    const again = await runIt(pretrained, [`initial.run=${begun.run.folder}`, "training.epochs=1"]);
    const back = await again.run.beginning();
    expect(back.fresh).toEqual(["logits"]);
    // What a crop asks and what it answers with, 8 numbers each, of 16 and a bias.
    expect(back.of - back.weights).toBe(16 * (16 + 1));
    await expect(
      runIt({ ...common, name: "test/leak" }, [
        `initial.run=${run.folder}`,
        'evaluation.protocol={"kind":"grouped-folds","folds":3}',
      ]),
    ).rejects.toThrow(/know nobody/);
  });
});

Deno.test("pretraining that was stopped goes on to the same bits", async () => {
  await inFolder(async (runIt) => {
    const whole = await runIt(pretrained, ["training.epochs=2"], { seed: 1 });
    const controller = new AbortController();
    let steps = 0;
    const callbacks = [{ onStep: () => void (++steps === 3 && controller.abort()) }];
    const stopped = await runIt(pretrained, ["training.epochs=2"], { seed: 2, callbacks, signal: controller.signal });
    expect(stopped.complete).toBe(false);
    const resumed = await runIt(pretrained, ["training.epochs=2"], { seed: 2, resume: true });
    expect(resumed.run.folder).toBe(stopped.run.folder);
    const straight = await runIt(pretrained, ["training.epochs=2"], { seed: 2 });
    const of = (run: typeof whole) => run.run.inside("folds", "0").readText("predictions.csv");
    expect(await of(resumed)).toBe(await of(straight));
    expect(await of(resumed)).not.toBe(await of(whole));
  });
});

Deno.test("pretraining says before it begins what makes no sense without classes", async () => {
  await inFolder(async (runIt) => {
    const refused = (set: string, message: RegExp) => expect(runIt(pretrained, [set])).rejects.toThrow(message);
    await refused("training.batchSize=7", /even number.*7/);
    await refused("training.batchSize=2", /at least 4.*2/);
    await refused("training.classWeights=inverse", /no classes.*training\.classWeights/);
    await refused("evaluation.monitor=rocAuc", /no classes.*evaluation\.monitor/);
    await refused("evaluation.unit=subject", /no classes.*evaluation\.unit/);
    await refused("evaluation.aggregation=mean", /no classes.*evaluation\.aggregation/);
    await refused("input.seconds=5", /two windows.*input\.seconds/);
  });
});

Deno.test("what no engine here can train of pretraining is said before a run begins", async () => {
  await inFolder(async (runIt) => {
    const out = await Deno.makeTempDir();
    try {
      const refused = (set: string, message: RegExp) =>
        expect(runIt(pretrained, [set], { out })).rejects.toThrow(message);
      await refused("training.accumulate=2", /accumulate.*compares the examples/);
      await refused("training.precision=mixed", /precision mixed.*graphics card/);
      expect([...Deno.readDirSync(out)]).toEqual([]);
    } finally {
      await Deno.remove(out, { recursive: true });
    }
  });
});

Deno.test("several networks that hear one test part are no more recordings", async () => {
  await inFolder(async (runIt) => {
    const { run } = await runIt(pretrained, [
      'evaluation.protocol={"kind":"nested","folds":2,"inner":2}',
      "training.epochs=1",
    ]);
    expect((await run.metrics()).parts.test.pooled.item!.retrieval.n).toBe(24);
  });
});
