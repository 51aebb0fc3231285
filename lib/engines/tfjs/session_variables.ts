import * as tf from "@tensorflow/tfjs";
import type { SessionOptions } from "../engine.ts";
import { layerGroups } from "../layer_groups.ts";
import { type WeightRule, weightRules } from "../weight_rules.ts";
import { copyModel } from "./copy_model.ts";
import { type TfjsOptimizer, tfjsOptimizer } from "./optimizer.ts";

/** A model in training and all that its steps change. */
export interface SessionVariables {
  source: tf.LayersModel;
  /** A copy of the source. */
  model: tf.LayersModel;
  /** In the order of the weights of the caller's model. */
  all: tf.Variable[];
  weights: tf.Variable[];
  statistics: tf.Variable[];
  optimizer: TfjsOptimizer;
  /** The group of layers of each of the weights that has one. */
  groups: readonly (number | undefined)[];
  /** Moving averages of the weights; none without `ema`. */
  averages: tf.Variable[];
  rules: readonly WeightRule[];
  /** All that must be kept, by name. */
  kept: Record<string, tf.Variable>;
  /** Runs `use` with the averaged weights in the place of the trained ones. */
  averaged<T>(use: () => T): T;
}

/** The variables of a training of `source` on the backend that is current. */
export function sessionVariables(source: tf.LayersModel, options: SessionOptions): SessionVariables {
  const rules = weightRules(source);
  const { model, copyOf } = copyModel(source);
  const [all, weights] = [source.weights, source.trainableWeights].map((variables) => variables.map(copyOf));
  const group = layerGroups(source, options.layerGroups ?? []);
  const groups = source.trainableWeights.map((variable) => group.get(source.weights.indexOf(variable)));
  const optimizer = tfjsOptimizer(options.optimizer, weights);
  const averages = options.ema === undefined
    ? []
    : weights.map((weight) => tf.tidy(() => tf.variable(tf.clone(weight), false)));
  const kept = Object.fromEntries([
    ...all.map((variable, i) => [`weights/${i}/${source.weights[i].originalName}`, variable]),
    ...Object.entries(optimizer.slots).flatMap(([slot, values]) => values.map((value, i) => [`${slot}/${i}`, value])),
    ...averages.map((value, i) => [`ema/${i}`, value]),
  ]);

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
