import * as tf from "@tensorflow/tfjs";
import { InputError } from "../errors/mod.ts";
import { framesBeside } from "../features/window_shape.ts";
import { apply, type Maps } from "./blocks.ts";

/**
 * The same network with a second input: `width` numbers in frames behind those of the window, `[frames + more, bands,
 * channels]`, which its last layer sees beside what the layers before it make of the sound.
 *
 * @param where What the network is, for messages.
 * @throws {InputError} for one that doesn't end in a dense layer, or uses a layer twice.
 */
export function joinMetadata(model: tf.LayersModel, width: number, where: string): tf.LayersModel {
  const [frames, bands, channels] = model.inputs[0].shape.slice(1) as number[];
  const more = framesBeside(width, { bands, channels });
  const input = tf.input({ shape: [frames + more, bands, channels], name: "sound_and_metadata" });
  const cropped = (name: string, top: number, bottom: number) =>
    apply(tf.layers.cropping2D({ cropping: [[top, bottom], [0, 0]], name }), input);
  const metadata = apply(tf.layers.flatten({ name: "metadata" }), cropped("metadata_frames", frames, 0));
  const made = new Map<number, Maps>([[model.inputs[0].id, cropped("sound", 0, more)]]);
  const last = model.outputs[0].sourceLayer;
  if (last.getClassName() !== "Dense") refuse("a dense layer at its end", `a layer ${last.getClassName()}`, where);
  for (const layer of model.layers.filter((one) => one.getClassName() !== "InputLayer")) {
    if (layer.inboundNodes.length > 1) {
      refuse("layers that are used once", `"${layer.name}", which is used again`, where);
    }
    const [node] = layer.inboundNodes;
    const before = node.inputTensors.map(({ id }) => made.get(id)!);
    const twin = copyOf(layer);
    const seen = layer === last
      ? apply(tf.layers.concatenate({ name: "sound_with_metadata" }), [...before, metadata])
      : before.length === 1
      ? before[0]
      : before;
    made.set(node.outputTensors[0].id, apply(twin, seen));
    if (layer !== last) twin.setWeights(layer.getWeights());
  }
  const joined = tf.model({ inputs: input, outputs: made.get(model.outputs[0].id)!, name: model.name });
  model.dispose();
  return joined;
}

/** A layer of the same kind and options, with no weights yet. */
function copyOf(layer: tf.layers.Layer): tf.layers.Layer {
  const kind = layer.constructor as unknown as tf.serialization.SerializableConstructor<tf.layers.Layer>;
  return kind.fromConfig(kind, layer.getConfig());
}

function refuse(expected: string, found: string, where: string): never {
  const remedy = "leave metadata out, or change the network so";
  throw new InputError({ expected: `${expected}, which metadata can be joined to`, found, where, remedy });
}
