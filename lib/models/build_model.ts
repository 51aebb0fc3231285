import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { checked, InputError, UsageError } from "../errors/mod.ts";
import { askPart, isOwn, partPlace } from "../parts/mod.ts";
import { models, type ModelShape } from "./define_model.ts";
import { type ModelOptions, modelOptions } from "./families.ts";
import { loadTfjs } from "./load_tfjs.ts";

/**
 * A network from `[frames, bands, channels]` to `[classes]` logits, or `[frames, classes]`
 * where each frame has its own (no softmax). The same seed gives the same weights, bit
 * for bit, on every engine.
 *
 * @throws {UsageError} where the shape isn't one of whole numbers above 0.
 * @throws {InputError} where the network's definition fails, or gives another shape, or, called again, another network.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * const shape = { frames: 8, bands: 8, channels: 1, classes: 2, seed: 0 };
 * const model = await buildModel({ kind: "cnn", filters: [4] }, shape);
 * expect(model.outputs[0].shape).toEqual([null, 2]);
 * ```
 */
export async function buildModel(
  options: ModelOptions,
  { seed, ...shape }: ModelShape & { seed: number },
): Promise<LayersModel> {
  const resolved = checked(modelOptions, options, { expected: "options of a network", where: "buildModel()" });
  const { frames, bands, channels, classes, byFrame, metadataWidth } = shape;
  checkShape({ frames, bands, channels, classes });
  await loadTfjs();
  const { initialiseWeights } = await import("./initialise_weights.ts");
  const { joinMetadata } = await import("./join_metadata.ts");
  const { learned = () => false } = models.find(resolved.kind).definition;
  const seeded = async () => {
    const plain = await built(resolved, { frames, bands, channels, classes, byFrame });
    const model = metadataWidth ? joinMetadata(plain, metadataWidth, partPlace(models, resolved.kind)) : plain;
    initialiseWeights(model, seed, learned);
    return model;
  };
  const model = await seeded();
  const { kind } = resolved;
  if (isOwn(models.find(kind))) {
    const again = await seeded();
    checkBuiltAgain(model, again, partPlace(models, kind));
    again.dispose();
  }
  return model;
}

/** Whether a network has learned before, and takes its windows as they are. */
export function hasLearned({ kind }: { kind: string }): boolean {
  return models.find(kind).definition.learned !== undefined;
}

/**
 * A network by frame with the logits of all its frames in one row, `[frames * classes]`, as engines train it; layers and
 * weights are those of `model`.
 */
export async function inOneRow(model: LayersModel): Promise<LayersModel> {
  const tf = await loadTfjs();
  const outputs = tf.layers.flatten({ name: "in_one_row" }).apply(model.outputs[0]) as SymbolicTensor;
  return tf.model({ inputs: model.inputs, outputs, name: model.name });
}

async function built({ kind, ...options }: { kind: string }, shape: ModelShape): Promise<LayersModel> {
  const { definition } = models.find(kind);
  const where = partPlace(models, kind);
  const model = await askPart(models, { name: kind, expected: "build() to give a network" }, async () => {
    return await definition.build(options as never, shape);
  });
  const { frames, bands, channels, classes, byFrame } = shape;
  const given = (sides?: { shape: (number | null)[] }[]) => JSON.stringify(sides?.map(({ shape }) => shape) ?? null);
  const wanted = [[[null, frames, bands, channels]], [[null, ...byFrame ? [frames] : [], classes]]];
  const expected = wanted.map((sides) => JSON.stringify(sides));
  const found = [given(model?.inputs), given(model?.outputs)];
  if (found.join() === expected.join()) {
    await checkClasses(model, where);
    return model;
  }
  throw new InputError({
    expected: `a tf.LayersModel from ${expected[0]} to ${expected[1]}`,
    found: model?.inputs ? `one from ${found[0]} to ${found[1]}` : typeof model,
    where,
    remedy: "take the shapes from build()'s second argument; gru and fcn answer by frame, the others by window",
  });
}

/** A class that tfjs doesn't know by its name couldn't be loaded again where the network is used. */
async function checkClasses(model: LayersModel, where: string): Promise<void> {
  const { serialization } = await loadTfjs();
  const known = serialization.SerializationMap.getMap().classNameMap;
  const unknown = model.layers.find((layer) => !(layer.getClassName() in known));
  if (unknown === undefined) return;
  const kind = unknown.getClassName();
  throw new InputError({
    expected: "layers that can be loaded by their class's name",
    found: `${kind}, which isn't registered`,
    where: `the layer "${unknown.name}" of ${where}`,
    remedy: `write tf.serialization.registerClass(${kind}) below the class`,
  });
}

function checkShape(shape: ModelShape): void {
  for (const [name, value] of Object.entries(shape)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new UsageError({ expected: `a whole number of ${name} above 0`, found: `${value}`, where: "the model" });
    }
  }
}

/** Refuses a network that is another one when it is built again: a run could neither be gone on with nor be repeated. */
function checkBuiltAgain(model: LayersModel, again: LayersModel, where: string): void {
  const refuse = (found: string) => {
    throw new InputError({
      ...{ expected: "build() to give the same network again", found, where },
      remedy: "take nothing from clocks, Math.random or the call before, and give random initialisers a seed",
    });
  };
  if (described(model) !== described(again)) refuse("other layers");
  const weights = again.getWeights();
  const other = model.getWeights().findIndex((weight, i) => {
    const values = weights[i].dataSync();
    return weight.dataSync().some((value, at) => value !== values[at]);
  });
  if (other >= 0) refuse(`other first values of ${model.weights[other].name}`);
}

/** Layers and how they are joined; tfjs numbers their names on from network to network. */
function described(model: LayersModel): string {
  const numbers = new Map(model.layers.map(({ name }, i) => [name, i]));
  const plain = (key: string, value: string) => key === "name" ? undefined : numbers.get(value) ?? value;
  return JSON.stringify(model.getConfig(), plain);
}
