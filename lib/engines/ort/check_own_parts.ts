import type { layers, LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { isOwn, partPlace } from "../../parts/mod.ts";
import { randomStream } from "../../random/mod.ts";
import type { Batch, SessionOptions } from "../engine.ts";
import { layersOf } from "../layers_of.ts";
import { type Loss, losses, lossOf } from "../losses/mod.ts";
import { tfjsEngine } from "../tfjs/tfjs_engine.ts";
import { isOwnLayer } from "./layers/define_layer.ts";
import { sizeOf } from "./onnx/rearrange.ts";
import type { Machine } from "./ort_runtime.ts";
import { trainingSession } from "./training_session.ts";

/** Examples of a trial. */
const COUNT = 4;
const CLASSES = 3;
/** The largest difference of a weight after one step, against the largest change of any. */
const TOLERANCE = 1e-3;

/**
 * Tries layers and losses that a user has written for this engine on a few made-up examples: after one step, a small
 * network must have the weights that tfjs' own derivation gives it. A wrong gradient trains, badly, and says nothing.
 *
 * @throws {InputError} naming the layer or loss whose nodes give something else.
 */
export async function checkOwnParts(
  context: Machine,
  model: LayersModel,
  { loss }: Pick<SessionOptions, "loss">,
): Promise<void> {
  const { name } = lossOf(loss);
  const ownLoss = isOwn(losses.find(name));
  const ownLayers = layersOf(model).filter(({ layer }) => isOwnLayer(layer));
  if (ownLayers.length === 0 && !ownLoss) return;
  const tf = await import("@tensorflow/tfjs");
  const outputs = (x: SymbolicTensor) => tf.layers.dense({ units: CLASSES }).apply(x) as SymbolicTensor;
  if (ownLoss) {
    const input = tf.input({ shape: [5] });
    const tried = tf.model({ inputs: input, outputs: outputs(input) });
    await compare(context, tried, { loss, where: `graph() of ${partPlace(losses, name)}` });
  }
  for (const { layer } of ownLayers) {
    const [call] = layer.inboundNodes;
    if (call.inputTensors.length !== 1) continue;
    const input = tf.input({ shape: call.inputTensors[0].shape.slice(1) });
    const Layer = layer.constructor as new (config: unknown) => layers.Layer;
    const made = new Layer({ ...layer.getConfig(), name: undefined }).apply(input) as SymbolicTensor;
    const flat = made.shape.length > 2 ? tf.layers.flatten().apply(made) as SymbolicTensor : made;
    const tried = tf.model({ inputs: input, outputs: outputs(flat) });
    const where = `the rule of the layer "${layer.name}" (${layer.getClassName()})`;
    await compare(context, tried, { loss: "categorical-cross-entropy", where });
  }
}

async function compare(
  context: Machine,
  model: LayersModel,
  { loss, where }: { loss: Loss; where: string },
): Promise<void> {
  await randomise(model);
  const options: SessionOptions = { loss, optimizer: { kind: "sgd" }, batchSize: COUNT, seed: 0 };
  const before = model.getWeights().map((weight) => weight.dataSync());
  const sessions = [
    await trainingSession(context, model, options),
    await (await tfjsEngine("cpu")).train(model, options),
  ];
  const after: Float32Array[][] = [];
  for (const session of sessions) {
    await session.step(madeUp(model), { learningRate: 1 });
    await session.writeTo(model);
    after.push(model.getWeights().map((weight) => weight.dataSync() as Float32Array));
    await session.dispose();
  }
  const names = model.weights.map(({ originalName }) => originalName);
  model.dispose();
  const largest = Math.max(...after[1].map((values, i) => distance(values, before[i])));
  after[1].forEach((values, i) => {
    const difference = distance(values, after[0][i]) / largest;
    if (difference <= TOLERANCE) return;
    throw new InputError({
      expected: "the gradient that tfjs derives",
      found: `one that differs by ${(100 * difference).toPrecision(2)} % at the weight ${names[i]}`,
      where,
      remedy: "correct its forward or backward pass, or use the engine wasm or cpu",
    });
  });
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

/** Gives every weight a value that is not its first, so that no gradient hides behind a 0. */
async function randomise(model: LayersModel): Promise<void> {
  const tf = await import("@tensorflow/tfjs");
  const stream = randomStream(0, "check/weights");
  for (const weight of model.trainableWeights) {
    const before = weight.read();
    const noise = Float32Array.from({ length: before.size }, () => 0.4 * stream.normal());
    tf.tidy(() => void weight.write(tf.add(before, tf.tensor(noise, before.shape))));
  }
}

function madeUp(model: LayersModel): Batch {
  const stream = randomStream(0, "check/batch");
  const size = sizeOf(model.inputs[0].shape.slice(1) as number[]);
  const targets = new Float32Array(COUNT * CLASSES);
  for (let i = 0; i < COUNT; i++) targets[i * CLASSES + i % CLASSES] = 1;
  return {
    inputs: Float32Array.from({ length: COUNT * size }, () => stream.normal()),
    targets,
    weights: Float32Array.from({ length: COUNT }, () => stream.uniform(0.5, 1.5)),
    count: COUNT,
  };
}
