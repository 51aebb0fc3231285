import * as tf from "@tensorflow/tfjs";
import { withoutRules } from "../../models/mod.ts";
import type { SessionOptions } from "../engine.ts";
import { layerGroups, layersOf } from "../layers_of.ts";
import { weightRules } from "../weight_rules.ts";
import { tfjsOptimizer } from "./optimizer.ts";

/** A model in training and all that its steps change. */
export type SessionVariables = ReturnType<typeof sessionVariables>;

/** The variables of a training of `source` on the backend that is current. */
export function sessionVariables(source: tf.LayersModel, options: SessionOptions) {
  const rules = weightRules(source);
  const { model, copyOf } = copyModel(source);
  /** In the order of the weights of the caller's model. */
  const [all, weights] = [source.weights, source.trainableWeights].map((variables) => variables.map(copyOf));
  const group = layerGroups(source, options.layerGroups ?? []);
  /** The group of layers of each of the weights that has one. */
  const groups = source.trainableWeights.map((variable) => group.get(source.weights.indexOf(variable)));
  const optimizer = tfjsOptimizer(options.optimizer, weights);
  /** Moving averages of the weights; none without `ema`. */
  const averages = options.ema === undefined
    ? []
    : weights.map((weight) => tf.tidy(() => tf.variable(tf.clone(weight), false)));
  /** All that must be kept, by name. */
  const kept: Record<string, tf.Variable> = Object.fromEntries([
    ...all.map((variable, i) => [`weights/${i}/${source.weights[i].originalName}`, variable]),
    ...Object.entries(optimizer.slots).flatMap(([slot, values]) => values.map((value, i) => [`${slot}/${i}`, value])),
    ...averages.map((value, i) => [`ema/${i}`, value]),
  ]);

  /** Runs `use` with the averaged weights in the place of the trained ones. */
  function averaged<T>(use: () => T): T {
    if (averages.length === 0) return use();
    const trained = weights.map((weight) => tf.clone(weight));
    weights.forEach((weight, i) => weight.assign(tf.clone(averages[i])));
    try {
      return use();
    } finally {
      weights.forEach((weight, i) => weight.assign(trained[i]));
    }
  }

  const statistics = all.filter((variable) => !weights.includes(variable));
  return { source, model, all, weights, statistics, optimizer, groups, averages, rules, kept, averaged };
}

/**
 * A model of the same layers and values, so that training leaves the caller's model alone until it is written back.
 * What layers ask of their weights is left out: see `weightRules`.
 */
function copyModel(source: tf.LayersModel) {
  const config = withoutRules(source.getConfig()) as tf.serialization.ConfigDict;
  const Model = source.constructor as { fromConfig?: (ctor: unknown, config: unknown) => tf.LayersModel };
  const model = Model.fromConfig!(source.constructor, config);
  const copies = new Map<tf.LayerVariable, tf.Variable>();
  const placed = layersOf(source);
  // Layer by layer: the order of a model's weights depends on what is frozen.
  layersOf(model).forEach(({ layer, variables }, i) => {
    placed[i].variables.forEach((variable, at) => copies.set(variable, variables[at].read() as tf.Variable));
    if (layer.getClassName() === "BatchNormalization") mendNormalisation(layer, placed[i].frozen);
  });
  tf.tidy(() => copies.forEach((copy, variable) => copy.assign(tf.clone(variable.read()))));
  return { model, copyOf: (variable: tf.LayerVariable) => copies.get(variable)! };
}

/**
 * A frozen one normalises by its moving statistics in training too, and keeps them, as in Keras since 2.0; and one
 * without scale or centre, which tfjs can't train, gets ones and zeros in their place.
 */
function mendNormalisation(layer: tf.layers.Layer, frozen: boolean): void {
  type Read = Pick<tf.LayerVariable, "read">;
  const normalisation = layer as tf.layers.Layer & { gamma?: Read; beta?: Read; movingMean: tf.LayerVariable };
  const shape = normalisation.movingMean.shape as number[];
  normalisation.gamma ??= { read: () => tf.ones(shape) };
  normalisation.beta ??= { read: () => tf.zeros(shape) };
  if (!frozen) return;
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
}
