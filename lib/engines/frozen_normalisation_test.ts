import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { type Batch, openEngine, type SessionOptions } from "./mod.ts";

const OPTIONS: SessionOptions = {
  loss: { kind: "categorical-cross-entropy" },
  optimizer: { kind: "sgd" },
  batchSize: 4,
  seed: 0,
};
const batchOf = (size: number, count = 4): Batch => ({
  inputs: Float32Array.from({ length: count * size }, (_, i) => 3 + Math.sin(i * i)),
  targets: new Float32Array([1, 0, 0, 1, 1, 0, 0, 1]).slice(0, 2 * count),
  weights: new Float32Array(count).fill(1),
  count,
});
const { dense, batchNormalization, conv2d, maxPooling2d, flatten, activation } = tf.layers;
const statistics = (layer: tf.layers.Layer) =>
  layer.weights.filter(({ originalName }) => originalName.includes("moving"))
    .map((weight) => Array.from(weight.read().dataSync()));
const close = (found: number[], expected: number[]) =>
  expected.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value))));

async function trained(
  model: tf.LayersModel,
  name: "ort" | "wasm" | "cpu",
  { steps = 2, count = 4, threads = 1 } = {},
) {
  const { engine } = await openEngine(name, { threads });
  const session = await engine.train(model, { ...OPTIONS, batchSize: count, threads });
  const batch = batchOf(tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]), count);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await session.step(batch, { learningRate: 0.1 })).loss);
  await session.writeTo(model);
  await session.dispose();
  return losses;
}

/** Weights that are not their initial ones. */
function shaken<T extends tf.LayersModel>(model: T): T {
  let at = 0;
  model.setWeights(model.weights.map(({ shape, originalName }) => {
    const positive = /variance|gamma/.test(originalName) ? 1 : 0;
    const size = tf.util.sizeFromShape(shape as number[]);
    const values = Float32Array.from({ length: size }, () => positive + Math.sin(++at) / 2);
    return tf.tensor(values, shape as number[]);
  }));
  return model;
}

/** Frozen itself, by the model that holds it, and by one that holds that. */
const FROZEN: Record<string, () => tf.LayersModel> = {
  "a layer": () => {
    const frozen = batchNormalization();
    frozen.trainable = false;
    return shaken(tf.sequential({ layers: [dense({ units: 3, inputShape: [6] }), frozen, dense({ units: 2 })] }));
  },
  "one of sixteen maps before a pooling": () => {
    const frozen = batchNormalization();
    frozen.trainable = false;
    const first = conv2d({ inputShape: [8, 8, 1], filters: 16, kernelSize: 3, padding: "same" });
    const rest = [
      frozen,
      activation({ activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 2 }),
    ];
    return shaken(tf.sequential({ layers: [first, ...rest] }));
  },
  "a model in a model": () => {
    const inner = tf.sequential({ layers: [dense({ units: 6, inputShape: [6] }), batchNormalization()] });
    const x = tf.input({ shape: [6] });
    const middle = tf.model({ inputs: x, outputs: inner.apply(x) as tf.SymbolicTensor });
    middle.trainable = false;
    const y = tf.input({ shape: [6] });
    const before = dense({ units: 6 }).apply(y);
    return shaken(
      tf.model({ inputs: y, outputs: dense({ units: 2 }).apply(middle.apply(before)) as tf.SymbolicTensor }),
    );
  },
};

for (const [name, make] of Object.entries(FROZEN)) {
  Deno.test(`a frozen normalisation normalises by its statistics and keeps them in every engine: ${name}`, async () => {
    const reference = make();
    const [batch, shape] = [
      batchOf(reference.inputs[0].shape.slice(1).reduce((a, b) => a! * b!, 1)!),
      reference.inputs[0].shape,
    ];
    // Nothing else differs between training and inference: the first loss is that of the model as it predicts.
    const logits = tf.tidy(() =>
      tf.softmax(reference.predict(tf.tensor(batch.inputs, [4, ...shape.slice(1) as number[]])) as tf.Tensor).dataSync()
    );
    const expected = -[0, 3, 4, 7].reduce((sum, at) => sum + Math.log(logits[at]), 0) / 4;
    const cpu = make();
    const losses = await trained(cpu, "cpu");
    expect(losses[0]).toBeCloseTo(expected, 4);
    for (const engine of ["ort", "wasm"] as const) {
      const model = make();
      const before = model.weights.map((weight) => Array.from(weight.read().dataSync()));
      close(await trained(model, engine), losses);
      model.weights.forEach((weight, i) => {
        const now = Array.from(weight.read().dataSync());
        if (/moving|gamma|beta/.test(weight.originalName)) expect(now).toEqual(before[i]);
        close(now, Array.from(cpu.weights[i].read().dataSync()));
      });
      // One example is enough where nothing is taken from the batch.
      expect((await trained(make(), engine, { count: 1, steps: 1 })).length).toBe(1);
    }
  });
}

Deno.test("a normalisation that is used twice moves its statistics twice, in the order of its uses, in every engine", async () => {
  const x = tf.input({ shape: [3] });
  const shared = batchNormalization({ momentum: 0.9 });
  const once = shared.apply(x) as tf.SymbolicTensor;
  const model = () =>
    tf.model({ inputs: x, outputs: dense({ units: 2 }).apply(shared.apply(once)) as tf.SymbolicTensor });
  const { inputs } = batchOf(3);
  const moments = [0, 1, 2].map((channel) => {
    const values = [0, 1, 2, 3].map((i) => inputs[3 * i + channel]);
    const mean = values.reduce((a, b) => a + b) / 4;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4 };
  });
  // The second use sees what the first made: mean 0 and variance v / (v + epsilon).
  const means = moments.map(({ mean }) => 0.9 * (0.1 * mean));
  const variances = moments.map(({ variance }) => 0.9 * (0.9 + 0.1 * variance) + 0.1 * variance / (variance + 1e-3));
  for (const engine of ["cpu", "wasm", "ort"] as const) {
    const initial = shared.getWeights().map((_, i) => i === 0 || i === 3 ? tf.ones([3]) : tf.zeros([3]));
    shared.setWeights(initial);
    await trained(model(), engine, { steps: 1 });
    const [mean, variance] = statistics(shared);
    close(mean, means);
    close(variance, variances);
  }
});

Deno.test("the order of the uses of a shared normalisation is the same in every engine, also before a pooling", async () => {
  const make = () => {
    const shared = batchNormalization({ momentum: 0.5 });
    const x = tf.input({ shape: [4, 4, 16] });
    const other = conv2d({ filters: 16, kernelSize: 1, kernelInitializer: "ones" }).apply(x);
    const pooled = maxPooling2d({ poolSize: 2 }).apply(shared.apply(other)) as tf.SymbolicTensor;
    const plain = conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: "same" }).apply(
      shared.apply(x),
    ) as tf.SymbolicTensor;
    const sum = flatten().apply(tf.layers.add().apply([pooled, plain]));
    return shaken(tf.model({ inputs: x, outputs: dense({ units: 2 }).apply(sum) as tf.SymbolicTensor }));
  };
  const weightsOf = async (engine: "cpu" | "ort") => {
    const model = make();
    await trained(model, engine, { steps: 1 });
    const layer = model.layers.find((layer) => layer.getClassName() === "BatchNormalization")!;
    return statistics(layer).flat();
  };
  close(await weightsOf("ort"), await weightsOf("cpu"));
});

Deno.test("a normalisation without scale or centre is trained by every engine", async () => {
  const make = () =>
    shaken(tf.sequential({
      layers: [
        dense({ units: 3, inputShape: [6] }),
        batchNormalization({ scale: false }),
        dense({ units: 3 }),
        batchNormalization({ center: false }),
        dense({ units: 2 }),
      ],
    }));
  const expected = await trained(make(), "cpu");
  for (const engine of ["wasm", "ort"] as const) close(await trained(make(), engine), expected);
});

Deno.test("a batch of one is refused under a normalisation wherever it stands", async () => {
  const inner = tf.sequential({ layers: [dense({ units: 3, inputShape: [6] }), batchNormalization({ name: "deep" })] });
  const x = tf.input({ shape: [6] });
  const model = tf.model({ inputs: x, outputs: dense({ units: 2 }).apply(inner.apply(x)) as tf.SymbolicTensor });
  for (const name of ["ort", "wasm", "cpu"] as const) {
    const { engine } = await openEngine(name, { threads: 1 });
    const train = async (batchSize: number) => await engine.train(model, { ...OPTIONS, batchSize });
    await expect(train(1)).rejects.toThrow(/batch normalisation.*"deep"/);
    const session = await train(4);
    await expect(session.step(batchOf(6, 1), { learningRate: 0.1 })).rejects.toThrow(/at least 2 examples.*"deep"/);
    await session.dispose();
  }
});

Deno.test("noise inside a nested model is seeded: the same seed gives the same bits", async () => {
  const make = () => {
    const inner = tf.sequential({
      layers: [tf.layers.dropout({ rate: 0.5, inputShape: [6] }), tf.layers.gaussianNoise({ stddev: 1 })],
    });
    const x = tf.input({ shape: [6] });
    return shaken(tf.model({ inputs: x, outputs: dense({ units: 2 }).apply(inner.apply(x)) as tf.SymbolicTensor }));
  };
  for (const engine of ["cpu", "wasm", "ort"] as const) {
    expect(await trained(make(), engine)).toEqual(await trained(make(), engine));
  }
});
