import * as tf from "@tensorflow/tfjs";
import { withoutRules } from "../../models/mod.ts";
import { layersOf } from "../layers_of.ts";

/**
 * A model of the same layers and values, so that training leaves the caller's model alone until it is written back.
 * What layers ask of their weights is left out: see `weightRules`.
 */
export function copyModel(source: tf.LayersModel) {
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

/** Sets the variables of a model, whatever constraints they have. */
export function writeValues(model: tf.LayersModel, values: readonly tf.Tensor[]): void {
  tf.tidy(() => model.weights.forEach((weight, i) => (weight.read() as tf.Variable).assign(tf.clone(values[i]))));
}

interface Normalisation extends tf.layers.Layer {
  gamma?: Pick<tf.LayerVariable, "read">;
  beta?: Pick<tf.LayerVariable, "read">;
  movingMean: tf.LayerVariable;
}

/**
 * A frozen one normalises by its moving statistics in training too, and keeps them, as in Keras since 2.0; and one
 * without scale or centre, which tfjs can't train, gets ones and zeros in their place.
 */
function mendNormalisation(layer: tf.layers.Layer, frozen: boolean): void {
  const normalisation = layer as Normalisation;
  const shape = normalisation.movingMean.shape as number[];
  normalisation.gamma ??= { read: () => tf.ones(shape) };
  normalisation.beta ??= { read: () => tf.zeros(shape) };
  if (!frozen) return;
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
}
