import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { type Engine, openEngine, type TrainingSession } from "../../engines/mod.ts";
import { CardLostError } from "../../errors/mod.ts";
import type { Run, RunStatus } from "../../runs/mod.ts";
import { fileCheckpoints, fit, sessionOptions } from "../../training/mod.ts";
import { engineInUse } from "./engine_in_use.ts";

const SEED = 3;
const OPTIONS = { epochs: 4, batchSize: 4 };

/** Eight points of two classes. */
const source = {
  ...{ count: 8, frames: 1, bands: 2, channels: 1, classes: 2, labels: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1) },
  read: (window: number, into: Float32Array, offset: number) => into.set([window % 2, window / 8], offset),
};

/** Trains a small network with checkpoints and gives its weights. */
async function train(engine: Engine, checkpoints: string): Promise<number[]> {
  const layers = [
    tf.layers.flatten({ inputShape: [1, 2, 1] }),
    tf.layers.dense({ units: 2, kernelInitializer: "ones" }),
  ];
  const model = tf.sequential({ layers });
  const session = await engine.train(model, sessionOptions(OPTIONS, { seed: SEED, threads: 1 }));
  try {
    const set = { source, indices: Int32Array.from({ length: 8 }, (_, i) => i) };
    const monitor = () => 1;
    const store = fileCheckpoints(checkpoints);
    const ran = { session, train: set, validation: set, options: OPTIONS, seed: SEED, monitor, checkpoints: store };
    expect((await fit(ran)).history.length).toBe(4);
    await session.writeTo(model);
    return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  } finally {
    await session.dispose();
  }
}

/** An engine that computes as another does, and whose card is lost at a step. */
function lostAt(step: number, engine: Engine): Engine {
  return {
    ...{ ...engine, name: "ort-webgpu", description: "a card" },
    async train(model, options): Promise<TrainingSession> {
      const session = await engine.train(model, options);
      let steps = 0;
      const failing: TrainingSession["step"] = (batch, options) =>
        steps++ === step
          ? Promise.reject(new CardLostError({ expected: "a graphics card that answers", found: '"gone"' }))
          : session.step(batch, options);
      return { ...session, step: failing };
    },
  };
}

/** A run on a card that is lost in its third epoch, of two steps each. */
async function onLosing(
  check: (
    made: { status: RunStatus; train: (onCardLoss?: "cpu" | "stop") => Promise<number[]>; cpu: Engine },
  ) => Promise<void>,
) {
  const checkpoints = await Deno.makeTempDir();
  const { engine: cpu } = await openEngine("ort", { threads: 1 });
  const begun = { name: "ort-webgpu", description: "a card", reason: "asked for", threads: 1 };
  const run = {
    config: () => Promise.resolve({ engine: begun, command: "deno task experiment e.ts" }),
  } as unknown as Run;
  const status: RunStatus = { version: 1, state: "running", folds: [], seconds: 0 };
  let saved = 0;
  const options = {
    run,
    status,
    threads: 1,
    processor: () => Promise.resolve(cpu),
    save: () => Promise.resolve(void saved++),
  };
  try {
    await check({
      ...{ status, cpu },
      train: (onCardLoss) =>
        engineInUse(lostAt(5, cpu), { ...options, onCardLoss })(
          (engine) => train(engine, checkpoints),
          { index: 1, checkpoints },
        ),
    });
    expect(saved).toBe(status.engineChanges?.length ?? 0);
  } finally {
    await Deno.remove(checkpoints, { recursive: true });
  }
}

/** What the same training gives where nothing is lost. */
async function uninterrupted(cpu: Engine): Promise<number[]> {
  const folder = await Deno.makeTempDir();
  try {
    return await train(cpu, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a training whose card is lost goes on from its last checkpoint on the processor, and loses nothing", async () => {
  await onLosing(async ({ train, status, cpu }) => {
    expect(await train("cpu")).toEqual(await uninterrupted(cpu));
    const [{ reason, ...change }, ...others] = status.engineChanges!;
    const { description } = cpu;
    expect([change, others]).toEqual([{ network: 1, after: 2, name: "ort", description, threads: 1 }, []]);
    expect(reason).toMatch(/card was lost in epoch 3, batch 2: "gone"$/);
  });
});

Deno.test("a training whose card is lost stops with the commands that go on", async () => {
  await onLosing(async ({ train, status }) => {
    const failure = await train().catch((error) => error);
    expect(failure).toBeInstanceOf(CardLostError);
    expect(failure.message).toMatch(/in epoch 3, batch 2: .*e\.ts --resume .*e\.ts --engine ort --other-engine /);
    expect(status.engineChanges).toBeUndefined();
  });
});
