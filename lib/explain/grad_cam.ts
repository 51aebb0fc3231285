import type { layers, LayersModel, Tensor, Tensor4D } from "@tensorflow/tfjs";
import { InputError } from "../errors/mod.ts";
import { loadTfjs } from "../models/load_tfjs.ts";
import { type HeatMap, heatMap, upsampleBilinear } from "./heat_map.ts";

export interface GradCamOptions {
  /** Class that is explained. */
  classIndex: number;
  /** Name of the layer whose maps are weighed. @default {the last with maps that is no pooling, dropout or reshaping} */
  layer?: string;
}

/**
 * Grad-CAM (Selvaraju et al. 2017): the maps of a late layer, each weighed by the mean slope of the class's logit along it,
 * summed, and stretched over the spectrogram. It runs on the backend that tfjs has, for a model that any engine trained; only
 * what follows the layer is differentiated.
 *
 * @param input `[frames, bands, channels]`, row-major, normalised as in training.
 * @throws {InputError} for a model without maps, an unknown layer or class, or an input of another size.
 */
export async function gradCam(model: LayersModel, input: Float32Array, options: GradCamOptions): Promise<HeatMap> {
  const tf = await loadTfjs();
  const [frames, bands, channels] = model.inputs[0].shape.slice(1) as number[];
  checkInput(model, input, options);
  const layer = options.layer === undefined ? lastMaps(model) : model.getLayer(options.layer);
  const values = tf.tidy(() => {
    const spectrogram = tf.tensor4d(input, [1, frames, bands, channels]);
    const { maps, slopes } = mapsAndSlopes(model, { tf, layer, spectrogram, classIndex: options.classIndex });
    const weights = slopes.mean([1, 2], true);
    return maps.mul(weights).sum(-1).relu().dataSync();
  });
  const from = (layer.outputShape as number[]).slice(1, 3);
  return heatMap(upsampleBilinear(values, { from, to: [frames, bands] }), { frames, bands });
}

/** Layers that only rearrange what others made. */
const passive = /Pooling|Dropout|Reshape|Permute|Flatten|ZeroPadding|Cropping/;

/** The last layer that makes maps, `[count, height, width, channels]`, of several points: one point says nothing of where. */
function lastMaps(model: LayersModel): layers.Layer {
  const pointsOf = ([_count, ...sides]: number[]) => sides.length === 3 ? sides[0] * sides[1] : 0;
  const maps = model.layers.filter((layer) =>
    pointsOf(layer.outputShape as number[]) > 1 && layer.getClassName() !== "InputLayer" &&
    !passive.test(layer.getClassName())
  );
  return maps.at(-1) ?? refuse("a model with convolutional maps", `none in ${model.name}`);
}

/**
 * The maps of a layer and the slope of a logit along each of their points. For the time of one pass the layer adds an array of
 * zeros to its output; the slope along these is the slope along the maps.
 */
function mapsAndSlopes(
  model: LayersModel,
  { tf, layer, spectrogram, classIndex }: {
    tf: typeof import("@tensorflow/tfjs");
    layer: layers.Layer;
    spectrogram: Tensor4D;
    classIndex: number;
  },
): { maps: Tensor; slopes: Tensor } {
  const call = layer.call;
  let maps: Tensor | undefined;
  const logit = (zeros: Tensor) => {
    layer.call = (inputs, kwargs) => {
      const output = call.call(layer, inputs, kwargs) as Tensor;
      maps = tf.keep(output);
      return output.add(zeros);
    };
    const outputs = model.apply(spectrogram, { training: false }) as Tensor;
    return outputs.slice([0, classIndex], [1, 1]).asScalar();
  };
  try {
    const zeros = tf.zeros([1, ...(layer.outputShape as number[]).slice(1)]);
    const slopes = tf.grad(logit)(zeros);
    const kept = maps!.clone();
    maps!.dispose();
    return { maps: kept, slopes };
  } finally {
    layer.call = call;
  }
}

function checkInput(model: LayersModel, input: Float32Array, { classIndex, layer }: GradCamOptions): void {
  const shape = model.inputs[0].shape.slice(1) as number[];
  const classes = model.outputs[0].shape.at(-1)!;
  const size = shape.reduce((a, b) => a * b);
  if (input.length !== size) refuse(`${shape.join(" x ")} values`, `${input.length}`);
  if (!(classIndex >= 0 && classIndex < classes)) refuse(`a class from 0 to ${classes - 1}`, `${classIndex}`);
  if (layer !== undefined && !model.layers.some(({ name }) => name === layer)) {
    refuse(`a layer of the model (${model.layers.map(({ name }) => name).join(", ")})`, `"${layer}"`);
  }
}

function refuse(expected: string, found: string): never {
  throw new InputError({ expected, found, where: "Grad-CAM" });
}
