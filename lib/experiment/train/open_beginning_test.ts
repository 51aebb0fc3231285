// Runs that begin with the weights of others, on noises: what is taken, and whom the weights may not know.
import { expect } from "expect";
import { type TestFile, withFolder } from "../../datasets/fixtures/with_folder.ts";
import { buildModel, takeWeights } from "../../models/mod.ts";
import { openBundle, openFinishedRun, type Run } from "../../runs/mod.ts";
import { evaluateBundle, resolveExperiment, runExperiment, type RunExperimentOptions } from "../mod.ts";

const description = {
  ...{ name: "test/beginning", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
  input: { preset: "pcg" as const, seconds: 0.5, padding: "circular" as const },
  model: { kind: "cnn" as const, filters: [2, 3] },
  training: { epochs: 2, batchSize: 8 },
  evaluation: { protocol: { kind: "grouped-folds" as const, folds: 2 }, resamples: 100, monitor: "accuracy" as const },
};

interface Subject {
  name: string;
  /** Of its noise. */
  seed: number;
}

const people = (first: number, count: number): Subject[] =>
  Array.from({ length: count }, (_, i) => ({ name: `p${first + i}`, seed: first + i }));

/** A table of two recordings a subject, of one of so many classes. */
function noises(subjects: readonly Subject[], { folder, classes = 2 }: { folder: string; classes?: number }) {
  const rows: string[] = [], files: Record<string, TestFile> = {};
  subjects.forEach(({ name, seed }, i) => {
    for (const take of ["a", "b"]) {
      rows.push(`${name}${take}.wav,${name},class ${i % classes}\n`);
      files[`${folder}/${name}${take}.wav`] = { seconds: 1, seed: 10 * seed + Number(take === "b") };
    }
  });
  return { ...files, [`${folder}/table.csv`]: `path,subject,label\n${rows.join("")}` };
}

/** Runs experiments on the tables in a folder, removed afterwards. */
async function inFolder(
  files: Record<string, TestFile>,
  check: (
    train: (table: string, sets?: string[], more?: Partial<RunExperimentOptions>) => Promise<Run>,
    folder: string,
  ) => Promise<void>,
) {
  await withFolder(files, async (folder) => {
    await check(async (table, sets = [], more = {}) => {
      const { run } = await runExperiment(resolveExperiment(description, sets), {
        ...{ data: `${folder}/${table}/table.csv`, out: `${folder}/results`, cacheFolder: `${folder}/features` },
        ...{ command: "test", engine: "ort", threads: 1, epochLines: false, ...more },
      });
      return run;
    }, folder);
  });
}

/** What the networks of a run say of each window, before any rule. */
async function windowsOf(run: Run): Promise<number[][]> {
  const folds = await Promise.all([0, 1].map((fold) => run.inside("folds", `${fold}`).predictions()));
  return folds.flatMap(({ predictions }) => predictions.map(({ probabilities }) => probabilities));
}

Deno.test("initial: on the same folds each goes on with its own network, says what it said until it learns, and is resumed as it began", async () => {
  await inFolder(noises(people(1, 12), { folder: "one" }), async (train, folder) => {
    // No normalisation, whose running statistics a step changes whatever its rate is.
    const still = ['model={"kind":"head","hidden":[3],"pooling":"mean"}'];
    const first = await train("one", [...still, "training.optimizer.learningRate=0.01"]);
    const begun = [...still, `initial.run=${folder}/results/test/beginning`]; // the latest
    const again = await train("one", [...begun, "training.optimizer.learningRate=1e-30", "training.epochs=1"]);
    const [before, after] = [await windowsOf(first), await windowsOf(again)];
    expect(after.length).toBe(before.length);
    after.flat().forEach((value, i) => expect(value).toBeCloseTo(before.flat()[i], 6));
    const { layers, fresh, weights, of, folds, sameInput } = await again.beginning();
    expect({ layers, fresh, sameInput }).toEqual({ layers: ["hidden1", "logits"], fresh: [], sameInput: true });
    expect([weights, folds.map(({ network }) => network)]).toEqual([of, [0, 1]]);
    expect((await again.data()).leakCheck.join()).toMatch(/No first weights had learned from a subject or a sound/);

    // Stopped and resumed, a training is the same as one that wasn't; with other first weights it is another.
    const sets = [...still, `initial.run=${first.folder}`];
    const whole = await train("one", sets);
    const controller = new AbortController();
    let steps = 0;
    const callbacks = [{ onStep: () => void (++steps === 3 && controller.abort()) }];
    const stopped = await train("one", sets, { callbacks, signal: controller.signal });
    const latest = await openFinishedRun(`${folder}/results/test/beginning`);
    expect([latest.folder === stopped.folder, (await latest.status()).state]).toEqual([false, "complete"]);
    const learned = await train("one", [...still, "training.optimizer.learningRate=0.02"]);
    const other = await train("one", [...still, `initial.run=${learned.folder}`], { resume: true });
    expect(other.folder).not.toBe(stopped.folder);
    const resumed = await train("one", sets, { resume: true });
    expect(resumed.folder).toBe(stopped.folder);
    expect(await resumed.readText("predictions.csv")).toBe(await whole.readText("predictions.csv"));
    const random = await train("one", still);
    expect(await random.readText("predictions.csv")).not.toBe(await whole.readText("predictions.csv"));

    const { sha256 } = await whole.beginning();
    expect((await whole.config()).experiment.initial).toMatchObject({ run: first.folder, sha256 });
    await expect(train("one", [...sets, `initial.sha256=${"0".repeat(64)}`])).rejects.toThrow(
      /SHA-256 0000.* initial\.run/,
    );
    await first.write("model/model.weights.bin", new Uint8Array(4));
    await expect(train("one", sets)).rejects.toThrow(/changed since/);
  });
});

Deno.test("initial: weights that were trained for other classes make the same trunk, whatever computes it", async () => {
  const files = {
    ...noises(people(1, 12), { folder: "one" }),
    ...noises(people(101, 12), { folder: "three", classes: 3 }),
  };
  await inFolder(files, async (train) => {
    const first = await train("one");
    const begun = await train("three", [`initial.run=${first.folder}`]);
    const { fresh, weights, of } = await begun.beginning();
    // Of 18 + 8 + 54 + 12 numbers of the trunk all, of 3x3 + 3 of the last layer none.
    expect({ fresh, weights, of }).toEqual({ fresh: ["logits"], weights: 92, of: 104 });
    const { predictions } = await begun.predictions();
    expect(new Set(predictions.map(({ subject }) => subject)).size).toBe(12);

    // The bundle by onnxruntime, and by tfjs a network that took its weights.
    const { loadModel } = await import("../../runs/mod.ts");
    const earlier = await loadModel(first.path("model/model.json"));
    const shape = { ...(await first.bundle()), classes: 2, seed: 5 };
    const model = await buildModel(description.model, shape);
    const source = earlier.weights.map((weight) => ({
      ...{ name: weight.originalName, shape: weight.shape as number[] },
      values: weight.read().dataSync() as Float32Array,
    }));
    await takeWeights(model, source, ["block1_conv", "block1_norm", "block2_conv", "block2_norm", "logits"]);
    const { networks: [network], bundle, dispose } = await openBundle(first.path("model"), { threads: 1 });
    const windows = Float32Array.from({ length: 2 * shape.frames * shape.bands }, (_, i) => Math.sin(i * i));
    const logits = await network.predict(windows, 2);
    await dispose();
    const tf = await import("@tensorflow/tfjs");
    const said = model.predict(tf.tensor(windows, [2, shape.frames, shape.bands, 1])) as { dataSync(): Float32Array };
    said.dataSync().forEach((logit, i) => expect(logit / bundle.members[0].temperature).toBeCloseTo(logits[i], 4));
  });
});

Deno.test("initial: whom the weights know may not be judged, by name or by sound, unless that is reported or they are left out", async () => {
  const mixed = [...people(5, 4), ...people(201, 12)];
  const files: Record<string, TestFile> = {
    ...noises(people(1, 12), { folder: "one" }),
    ...noises(mixed, { folder: "some" }),
    // The sounds of four of them as those of others.
    ...noises([...people(5, 4).map(({ seed }) => ({ name: `q${seed}`, seed })), ...people(301, 12)], {
      folder: "copies",
    }),
    ...noises(people(401, 12), { folder: "others" }),
  };
  await inFolder(files, async (train, folder) => {
    const first = await train("one");
    const begun = [`initial.run=${first.folder}`];
    await expect(train("some", begun)).rejects.toThrow(/[1-4] of the 16 subjects .*\(p[5-8]/);
    await expect(train("copies", begun)).rejects.toThrow(/[1-4] of the 16 subjects .*\(q[5-8].*; 8 recordings were/);
    // Another division of the same people: each network knows somebody of each part.
    await expect(train("one", begun, { seed: 3 })).rejects.toThrow(/first weights that know nobody/);
    await expect(train("others", ['initial.layers=["block7"]', ...begun])).rejects.toThrow(/"block7"/);

    const kept = await train("some", [...begun, "initial.seen=keep"]);
    expect((await kept.metrics()).leaks?.join()).toMatch(/^LEAK: first weights had learned from [1-4] of the 16/);
    const random = await train("some", [...begun, "initial.seen=keep", "initial.layers=[]"]);
    expect((await random.metrics()).leaks).toEqual([]);
    const spared = await train("copies", [...begun, "initial.seen=leave-out"]);
    const [sides, before] = [(await spared.splits()).folds, (await first.splits()).folds];
    (await spared.beginning()).folds.forEach(({ network }, i) => {
      const { train, validation } = before[network];
      const known = (names: string[], of: string[]) => names.filter((name) => of.includes(name.replace("q", "p")));
      expect(known(sides[i].test, [...train, ...validation])).toEqual([]);
      expect(known(sides[i].validation, train)).toEqual([]);
    });
    expect(sides.flatMap(({ test }) => test).length).toBeLessThan(16);
    expect((await spared.metrics()).leaks).toEqual([]);
    expect((await spared.data()).leakCheck.join("\n")).toMatch(/Left out, .* [1-4] of the 16 subjects/);

    // What the first weights know, those know that began with them.
    const later = await train("others", begun);
    await expect(train("copies", [`initial.run=${later.folder}`])).rejects.toThrow(/[1-4] of the 16 .*\(q[5-8]/);
    const options = { data: `${folder}/some/table.csv`, cacheFolder: `${folder}/features`, threads: 1 };
    const { warnings } = await (await evaluateBundle(later, { ...options, name: "some" })).metrics();
    expect(warnings.join("\n")).toMatch(/4 of the 16 subjects judged here belong to the run's own data \(p5, p6, p7/);
    const sounds = new Map((await first.sounds()).map(({ recording, sound }) => [recording, sound.slice(0, 12)]));
    expect((await later.bundle()).known).toContain(sounds.get("p1a.wav")!);
    await Deno.remove(first.folder, { recursive: true });
    const orphan = await train("copies", [`initial.run=${later.folder}`]);
    expect((await orphan.data()).leakCheck.join("\n")).toMatch(/nobody can tell whom these have learned from/);
  });
});
