import { expect } from "expect";
import type { SessionState, TrainingSession } from "../engines/mod.ts";
import { openEngine } from "../engines/mod.ts";
import { buildModel } from "../models/mod.ts";
import { randomStream } from "../random/mod.ts";
import {
  type Callback,
  type Checkpoint,
  type CheckpointStore,
  type ExampleSource,
  fileCheckpoints,
  fit,
  type FitOptions,
  type HistoryRow,
  sessionOptions,
  type TrainingOptions,
} from "./mod.ts";

const { engine: wasm } = await openEngine("wasm", { threads: 1 });
const { engine: ort } = await openEngine("ort", { threads: 1 });

const SHAPE = { frames: 8, bands: 6, channels: 1, classes: 2 };
const SIZE = SHAPE.frames * SHAPE.bands;

/** Noise, three times as loud in the windows of class 1. */
function noiseSource(count: number): ExampleSource {
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  return {
    ...SHAPE,
    count,
    labels,
    read(index, into, offset) {
      const stream = randomStream(index, "noise");
      for (let i = 0; i < SIZE; i++) into[offset + i] = stream.normal() * (1 + 2 * labels[index]);
    },
  };
}

const OPTIONS: TrainingOptions = {
  epochs: 3,
  batchSize: 8,
  optimizer: { kind: "adamw", learningRate: 0.01, weightDecay: 0.01 },
  schedule: "one-cycle",
  classWeights: "sqrt-inverse",
  labelSmoothing: 0.1,
  augment: ["time-shift", { kind: "spec-augment", bands: 2, frames: 2 }, "mixup"],
  ema: 0.5,
};

function accuracy(probabilities: Float32Array, labels: Int32Array): number {
  return labels.filter((label, i) => probabilities[2 * i + label] > 0.5).length / labels.length;
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

async function openSession(options = OPTIONS, engine = wasm): Promise<TrainingSession> {
  const model = await buildModel({ kind: "cnn", filters: [3, 4], dropout: 0.2 }, {
    ...SHAPE,
    seed: 1,
  });
  return await engine.train(model, sessionOptions(options, { seed: 1 }));
}

async function request(changes: Partial<FitOptions> = {}): Promise<FitOptions> {
  const source = noiseSource(60);
  return {
    session: changes.session ?? await openSession(changes.options),
    train: { source, indices: range(0, 43) },
    validation: { source, indices: range(43, 60) },
    options: OPTIONS,
    seed: 1,
    monitor: accuracy,
    ...changes,
  };
}

/** Trains in one go or in pieces, and returns what must be equal down to the bits. */
async function trained(
  pieces: (attempt: number) => Promise<Partial<FitOptions>> | Partial<FitOptions>,
): Promise<{ state: SessionState; rows: Partial<HistoryRow>[]; attempts: number }> {
  for (let attempt = 1;; attempt++) {
    const options = await request(await pieces(attempt));
    try {
      const { status, history } = await fit(options);
      if (status === "stopped") continue;
      const rows = history.map(({ seconds: _seconds, samplesPerSecond: _rate, ...row }) => row);
      return { state: await options.session.state(), rows, attempts: attempt };
    } catch (error) {
      if ((error as Error).message !== "killed") throw error;
    } finally {
      await options.session.dispose();
    }
  }
}

function afterSteps(count: number, act: () => void): Callback {
  let steps = 0;
  return { onStep: () => ++steps === count && act() };
}

Deno.test("fit() learns what can be learnt", async () => {
  const options = await request({
    options: { epochs: 8, batchSize: 8, optimizer: { kind: "adam", learningRate: 0.05 } },
  });
  const { status, history, bestEpoch } = await fit(options);
  expect(status).toBe("finished");
  expect(history.map((row) => row.epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  // Chance is 0.5; 17 fair coins give 16 or more right once in 7,000 tries.
  expect(history[bestEpoch - 1].validationScore).toBeGreaterThanOrEqual(16 / 17);
  await options.session.dispose();
});

for (const engine of [wasm, ort]) {
  Deno.test(`fit() on ${engine.name} that is aborted at any step and called again ends with the bits of one that never stopped`, async () => {
    const through = await trained(async () => ({ session: await openSession(OPTIONS, engine) }));
    for (const every of [1, 4, 7]) {
      const folder = await Deno.makeTempDir();
      const inPieces = await trained(async () => {
        const controller = new AbortController();
        return {
          session: await openSession(OPTIONS, engine),
          checkpoints: fileCheckpoints(folder),
          callbacks: [afterSteps(every, () => controller.abort())],
          signal: controller.signal,
        };
      });
      // 43 windows in batches of 8 are 6 steps an epoch, 18 in all.
      expect(inPieces.attempts).toBeGreaterThanOrEqual(Math.floor(18 / every));
      expect(inPieces.rows).toEqual(through.rows);
      expect(inPieces.state).toEqual(through.state);
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("fit() that is killed between checkpoints and called again ends with the same bits", async () => {
  const through = await trained(() => ({}));
  const folder = await Deno.makeTempDir();
  const killed = await trained((attempt) => ({
    checkpoints: fileCheckpoints(folder),
    // The first two die in the second and third epoch, where the last checkpoint is that of the epoch before.
    callbacks: attempt > 2 ? [] : [afterSteps(8, () => {
      throw new Error("killed");
    })],
  }));
  expect(killed.attempts).toBe(3);
  expect(killed.rows).toEqual(through.rows);
  expect(killed.state).toEqual(through.state);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fit() meets the same batches where an engine lets it make the next one before it takes this one", async () => {
  const [plain, session] = [await openSession(OPTIONS, ort), await openSession(OPTIONS, ort)];
  const eager: TrainingSession = {
    ...session,
    step(batch, options) {
      options.meanwhile?.();
      return session.step(batch, options);
    },
  };
  const losses = async (session: TrainingSession) =>
    (await fit(await request({ session }))).history.map(({ loss, validationLoss }) => [loss, validationLoss]);
  expect(await losses(eager)).toEqual(await losses(plain));
  expect(await eager.state()).toEqual(await plain.state());
});

Deno.test("fit() that had ended gives its result again without a step", async () => {
  const folder = await Deno.makeTempDir();
  const checkpoints = fileCheckpoints(folder);
  const first = await request({ checkpoints });
  const { bestEpoch } = await fit(first);
  const again = await request({ checkpoints: fileCheckpoints(folder) });
  let steps = 0;
  const result = await fit({ ...again, callbacks: [{ onStep: () => void steps++ }] });
  expect(steps).toBe(0);
  expect(result.bestEpoch).toBe(bestEpoch);
  expect(await again.session.state()).toEqual(await first.session.state());
  await first.session.dispose();
  await again.session.dispose();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fit() restores the weights of the best epoch, not the last", async () => {
  let saved: Checkpoint | undefined;
  const checkpoints: CheckpointStore = {
    save: (checkpoint) => Promise.resolve(void (saved = structuredClone(checkpoint))),
    load: () => Promise.resolve(undefined),
  };
  const scores = [0.5, 0.9, 0.2];
  const options = await request({ checkpoints, monitor: () => scores.shift()! });
  const { bestEpoch } = await fit(options);
  expect(bestEpoch).toBe(2);
  expect(await options.session.state()).toEqual(saved!.best!.session);
  expect(saved!.session.step).toBe(18);
  expect(saved!.best!.session.step).toBe(12);
  await options.session.dispose();
});

Deno.test("fit() ends early after patience epochs without a better score", async () => {
  const scores = [0.5, 0.9, 0.2, 0.3, 0.4, 0.5];
  const options = await request({
    options: { ...OPTIONS, epochs: 6, patience: 2 },
    monitor: () => scores.shift()!,
  });
  const { status, history } = await fit(options);
  expect(status).toBe("early-stopped");
  expect(history.length).toBe(4);
  await options.session.dispose();
});

Deno.test("fit() refuses the checkpoint of another training", async () => {
  const folder = await Deno.makeTempDir();
  const first = await request({ checkpoints: fileCheckpoints(folder), options: { ...OPTIONS, epochs: 1 } });
  await fit(first);
  const other = await request({ checkpoints: fileCheckpoints(folder), seed: 2 });
  await expect(fit(other)).rejects.toThrow(/checkpoint of this training but found that of one with other options/);
  await first.session.dispose();
  await other.session.dispose();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fit() stops at a loss that is no number, and says where", async () => {
  const options = await request({ options: { ...OPTIONS, optimizer: { kind: "sgd", learningRate: 1e30 } } });
  await expect(fit(options)).rejects.toThrow(
    /a number but found NaN at step \d+ with learning rate .* in epoch 1, batch \d+, the .*: lower the learning rate/,
  );
  await options.session.dispose();
});

Deno.test("fit() names the window whose features are no numbers", async () => {
  const options = await request();
  const { source } = options.train;
  const read: ExampleSource["read"] = (index, into, offset) => {
    source.read(index, into, offset);
    if (index === 11) into[offset + 5] = NaN;
  };
  const train = { ...options.train, source: { ...source, read } };
  await expect(fit({ ...options, train })).rejects.toThrow(/finite feature values but found NaN in training window 11/);
  await options.session.dispose();
});

Deno.test("fit() refuses empty parts and labels outside the classes", async () => {
  const options = await request();
  const { source } = options.train;
  const empty = { source, indices: new Int32Array() };
  await expect(fit({ ...options, validation: empty })).rejects.toThrow(/windows in the validation part but found none/);
  const labelled = { ...source, labels: source.labels.with(3, 2) };
  await expect(fit({ ...options, train: { source: labelled, indices: range(0, 43) } })).rejects.toThrow(
    /labels from 0 to 1 but found 2 in window 3 of the training part/,
  );
  await options.session.dispose();
});
