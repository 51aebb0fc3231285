import * as tf from "@tensorflow/tfjs";
import { apply, dense, dropped, inRows, type Maps, normalisedRelu, recurrent, spectrogramInput } from "./blocks.ts";
import type { ModelShape } from "./define_model.ts";
import type { fcnOptions, gruOptions, Resolved } from "./model_options.ts";

/**
 * Gated recurrent units over the frames, both ways and on top of each other, then dense layers on each frame: the network of
 * McDonald et al. 2024 (doi:10.1371/journal.pdig.0000436) for the states of the heart. 177 k parameters with 40 bands
 * and 5 classes.
 */
export function gru(options: Resolved<typeof gruOptions>, shape: ModelShape): tf.LayersModel {
  const { units, layers, hidden, dropout } = options;
  const input = spectrogramInput(shape);
  let steps = inRows(input, "steps");
  for (let place = 1; place <= layers; place++) {
    steps = recurrent(steps, { units, place });
    if (place < layers) steps = dropped(steps, dropout, `both_ways${place}_dropout`);
  }
  for (const [i, width] of hidden.entries()) {
    const name = `dense${i + 1}`;
    steps = dropped(apply(dense(name, width, "tanh"), steps), dropout, `${name}_dropout`);
  }
  return tf.model({ inputs: input, outputs: apply(dense("logits", shape.classes), steps), name: "gru" });
}

/**
 * Convolutions along time over all bands, none of which shortens it, then a mixture of the maps of each frame (Long et al.
 * 2015). Four blocks of 15 frames see 57. 225 k parameters with 40 bands and 5 classes.
 */
export function fcn({ filters, kernel, dropout }: Resolved<typeof fcnOptions>, shape: ModelShape): tf.LayersModel {
  const input = spectrogramInput(shape);
  const along = (x: Maps, name: string, options: { filters: number; kernelSize: number; useBias: boolean }) =>
    apply(tf.layers.conv1d({ name, padding: "same", kernelInitializer: "zeros", ...options }), x);
  const steps = filters.reduce((x, count, i) => {
    const name = `block${i + 1}`;
    const maps = along(x, `${name}_conv`, { filters: count, kernelSize: kernel, useBias: false });
    return dropped(normalisedRelu(maps, name), dropout, `${name}_dropout`);
  }, inRows(input, "steps"));
  const outputs = along(steps, "logits", { filters: shape.classes, kernelSize: 1, useBias: true });
  return tf.model({ inputs: input, outputs, name: "fcn" });
}
