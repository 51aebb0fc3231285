import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { type Batch, type Engine, openEngine, type SessionOptions, webgpuAdapter } from "./mod.ts";
import { weightRules } from "./weight_rules.ts";

const OPTIONS: SessionOptions = {
  loss: { kind: "categorical-cross-entropy" },
  optimizer: { kind: "sgd", momentum: 0.9, clipNorm: 5 },
  batchSize: 4,
  seed: 0,
  ema: 0.8,
};
const batchOf = (size: number): Batch => ({
  inputs: Float32Array.from({ length: 4 * size }, (_, i) => Math.sin(i * i)),
  targets: new Float32Array([1, 0, 0, 1, 1, 0, 0.5, 0.5]),
  weights: new Float32Array([1, 2, 0.5, 1]),
  count: 4,
});

const { l1, l2, l1l2 } = tf.regularizers;
const { maxNorm, minMaxNorm, unitNorm, nonNeg } = tf.constraints;
const { dense, conv2d, conv1d, depthwiseConv2d, separableConv2d, batchNormalization, layerNormalization, flatten } =
  tf.layers;
const [half, both] = [() => l2({ l2: 0.5 }), () => l1l2({ l1: 0.02, l2: 0.03 })];
// Small enough that every constraint has something to do.
const least = { maxNorm: () => maxNorm({ maxValue: 0.1, axis: 0 }), unit: () => unitNorm({ axis: 0 }) };
const range = () => minMaxNorm({ minValue: 0.3, maxValue: 0.4, rate: 0.7, axis: -1 });
const overFilters = () => maxNorm({ maxValue: 0.2, axis: [0, 1, 2] as unknown as number });

const image = (...layers: tf.layers.Layer[]) => () =>
  tf.sequential({ layers: [tf.layers.reshape({ targetShape: [4, 3, 2], inputShape: [24] }), ...layers, flatten()] });
const row = (...layers: tf.layers.Layer[]) => () =>
  tf.sequential({ layers: [tf.layers.reshape({ targetShape: [6, 4], inputShape: [24] }), ...layers, flatten()] });

/** Every option of tfjs' layers that asks something of a weight. */
const MODELS: Record<string, () => tf.LayersModel> = {
  "Dense": () =>
    tf.sequential({
      layers: [
        dense({ units: 3, inputShape: [24], kernelRegularizer: both(), biasRegularizer: half() }),
        dense({ units: 3, kernelConstraint: least.unit(), biasConstraint: nonNeg() }),
      ],
    }),
  "Conv2D": image(
    conv2d({ filters: 3, kernelSize: 2, kernelRegularizer: l1({ l1: 0.1 }), kernelConstraint: overFilters() }),
    conv2d({ filters: 2, kernelSize: 2, biasRegularizer: both(), kernelConstraint: range() }),
  ),
  "Conv1D": row(conv1d({ filters: 3, kernelSize: 2, kernelRegularizer: half(), kernelConstraint: range() })),
  "DepthwiseConv2D": image(
    depthwiseConv2d({ kernelSize: 2, depthwiseRegularizer: half(), biasRegularizer: half() }),
    depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2, depthwiseConstraint: least.maxNorm() }),
  ),
  "SeparableConv2D": image(
    separableConv2d({
      filters: 3,
      kernelSize: 2,
      depthwiseRegularizer: both(),
      pointwiseRegularizer: half(),
      depthwiseConstraint: least.unit(),
      pointwiseConstraint: maxNorm({ maxValue: 0.3, axis: 2 }),
    }),
  ),
  "BatchNormalization": row(
    batchNormalization({ gammaRegularizer: half(), betaRegularizer: both(), gammaConstraint: least.maxNorm() }),
    batchNormalization({ betaConstraint: nonNeg() }),
  ),
  "LayerNormalization": row(layerNormalization({ gammaRegularizer: half(), betaRegularizer: both() })),
  "LSTM": row(
    tf.layers.lstm({
      units: 3,
      returnSequences: true,
      kernelRegularizer: half(),
      recurrentRegularizer: both(),
      biasRegularizer: half(),
      recurrentConstraint: least.unit(),
    }),
  ),
  "GRU": row(
    tf.layers.gru({
      units: 3,
      returnSequences: true,
      recurrentRegularizer: half(),
      kernelConstraint: range(),
      biasConstraint: nonNeg(),
    }),
  ),
  "Bidirectional": row(
    tf.layers.bidirectional({
      layer: tf.layers.lstm({
        units: 2,
        returnSequences: true,
        recurrentRegularizer: both(),
        kernelConstraint: least.maxNorm(),
      }) as tf.RNN,
      mergeMode: "concat",
    }),
  ),
  "TimeDistributed": row(tf.layers.timeDistributed({ layer: dense({ units: 2, kernelRegularizer: half() }) })),
  "PReLU": image(tf.layers.prelu({ alphaRegularizer: half(), alphaConstraint: nonNeg(), alphaInitializer: "ones" })),
  "Embedding": () =>
    tf.sequential({
      layers: [
        tf.layers.activation({ activation: "relu", inputShape: [24] }),
        tf.layers.embedding({
          inputDim: 2,
          outputDim: 3,
          embeddingsRegularizer: both(),
          embeddingsConstraint: unitNorm({ axis: 1 }),
        }),
        flatten(),
      ],
    }),
  "a nested model, used twice": () => {
    const inner = tf.sequential({ layers: [dense({ units: 24, inputShape: [24], kernelRegularizer: half() })] });
    const x = tf.input({ shape: [24] });
    return tf.model({ inputs: x, outputs: inner.apply(inner.apply(x) as tf.SymbolicTensor) as tf.SymbolicTensor });
  },
};

/** The model, a dense layer to two logits behind it, with weights that are not their initial ones. */
function whole(make: () => tf.LayersModel): tf.LayersModel {
  const body = make();
  const x = tf.input({ shape: [24] });
  const model = tf.model({ inputs: x, outputs: dense({ units: 2 }).apply(body.apply(x)) as tf.SymbolicTensor });
  let at = 0;
  for (const weight of model.weights) {
    const size = tf.util.sizeFromShape(weight.shape as number[]);
    const values = Float32Array.from({ length: size }, () => Math.abs(Math.sin(++at)) + 0.05);
    // As with `assign`, no constraint has its way with them before the first step.
    tf.tidy(() => (weight.read() as tf.Variable).assign(tf.tensor(values, weight.shape as number[])));
  }
  return model;
}

/** Losses of three steps, and the weights after them. */
async function trained(engine: Engine, model: tf.LayersModel, options: Partial<SessionOptions> = {}) {
  const session = await engine.train(model, { ...OPTIONS, ...options });
  const losses: number[] = [];
  const batch = batchOf(tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]));
  for (let i = 0; i < 3; i++) losses.push((await session.step(batch, { learningRate: 0.05 })).loss);
  await session.writeTo(model);
  await session.dispose();
  const weights = model.weights.map((weight) => weight.read().data<"float32">());
  return { losses, weights: await Promise.all(weights) };
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  Array.from(expected).forEach((value, i) =>
    expect(Math.abs(found[i] - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)))
  );
}

const { engine: cpu } = await openEngine("cpu", { threads: 1 });
const adapter = await webgpuAdapter();

for (const name of ["ort", "wasm", "webgpu"] as const) {
  Deno.test({
    name: `${name} follows the regularizers and constraints of every layer as cpu does`,
    ignore: name === "webgpu" && adapter === undefined,
    async fn() {
      const { engine } = await openEngine(name, { threads: 1 });
      for (const [kind, make] of Object.entries(MODELS)) {
        // The webgpu of tfjs 4.22 derives a bidirectional layer wrongly, with and without rules.
        if (name === "webgpu" && kind === "Bidirectional") continue;
        const model = whole(make);
        expect([kind, weightRules(model).length > 0]).toEqual([kind, true]);
        const found = await trained(engine, model);
        const expected = await trained(cpu, whole(make));
        expectClose(found.losses, expected.losses);
        expected.weights.forEach((weight, i) => expectClose(found.weights[i], weight));
      }
    },
  });
}

Deno.test("two replicas of ort add a penalty once, and constrain what both have made", async () => {
  const { engine } = await openEngine("ort", { threads: 2 });
  for (const kind of ["Dense", "Conv2D", "LSTM"]) {
    const found = await trained(engine, whole(MODELS[kind]), { threads: 2 });
    const expected = await trained(cpu, whole(MODELS[kind]));
    expectClose(found.losses, expected.losses);
    expected.weights.forEach((weight, i) => expectClose(found.weights[i], weight));
  }
});

for (const name of ["cpu", "ort", "wasm"] as const) {
  Deno.test(`a regularizer counts in ${name} by its formula, a constraint by Keras'`, async () => {
    const { engine } = await openEngine(name, { threads: 1 });
    const model = tf.sequential({
      layers: [
        dense({ units: 3, inputShape: [6], kernelInitializer: "ones", kernelRegularizer: l2({ l2: 10 }) }),
        dense({
          units: 2,
          kernelInitializer: "ones",
          kernelConstraint: maxNorm({ maxValue: 0.5 }),
          biasRegularizer: l1({ l1: 1 }),
        }),
      ],
    });
    const session = await engine.train(model, { ...OPTIONS, optimizer: { kind: "sgd" }, ema: undefined });
    const batch = { ...batchOf(6), targets: new Float32Array(8).fill(0.5), weights: new Float32Array(4).fill(1) };
    const { loss } = await session.step(batch, { learningRate: 0.1 });
    // 18 ones: 10 x 18; equal logits: ln 2, and no gradient from the loss.
    expect(loss).toBeCloseTo(180 + Math.log(2), 4);
    await session.writeTo(model);
    const [first, , second, bias] = model.weights.map((weight) => Array.from(weight.read().dataSync()));
    expectClose(first, Array(18).fill(1 - 0.1 * 2 * 10));
    // Three ones a unit: a norm of sqrt 3, brought down to .5.
    expectClose(second, Array(6).fill(0.5 / Math.sqrt(3)));
    // |w| has no slope at 0.
    expect(bias).toEqual([0, 0]);
    await session.dispose();
    model.dispose();
  });
}

class OwnRegularizer extends tf.serialization.Serializable {
  static className = "OwnRegularizer";
  apply = (x: tf.Tensor) => tf.sum(x) as tf.Scalar;
  getConfig = () => ({});
}
tf.serialization.registerClass(OwnRegularizer);
const Constraint = Object.getPrototypeOf(nonNeg().constructor) as new () => ReturnType<typeof nonNeg>;
class OwnConstraint extends Constraint {
  static className = "OwnConstraint";
  override apply = (x: tf.Tensor) => x;
}

Deno.test("every engine refuses by its name what none can follow", async () => {
  const own = { className: "OwnRegularizer", config: {} } as unknown as ReturnType<typeof l2>;
  const active = dense({ units: 2, name: "active", activityRegularizer: half() });
  const refused: [RegExp, tf.layers.Layer][] = [
    [
      /kernelRegularizer OwnRegularizer in the layer "custom" \(Dense\)/,
      dense({ units: 2, kernelRegularizer: own, name: "custom" }),
    ],
    [
      /recurrentRegularizer OwnRegularizer/,
      tf.layers.lstm({ units: 2, returnSequences: true, recurrentRegularizer: own }),
    ],
    [/the constraint OwnConstraint of its .*bias/, dense({ units: 2, biasConstraint: new OwnConstraint() })],
    [/an activityRegularizer in the layer "active"/, tf.layers.timeDistributed({ layer: active })],
  ];
  for (const name of ["ort", "wasm", "cpu"] as const) {
    const { engine } = await openEngine(name, { threads: 1 });
    for (const [message, layer] of refused) {
      const model = whole(row(layer));
      await expect((async () => await engine.train(model, OPTIONS))()).rejects.toThrow(message);
      await expect((async () => await engine.train(model, OPTIONS))()).rejects.not.toThrow(/use the engine/);
    }
  }
});
