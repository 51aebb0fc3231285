import * as tf from "@tensorflow/tfjs";

// Each layer stands between one that learns, so that its input gradient counts, and a dense layer to three logits. Shapes
// and options are drawn; the seed is fixed, because a value within rounding of a kink would differ for no fault.

/** A case of a layer, its shapes and options drawn. */
export type Layers = (draw: (from: number, to: number) => number, choose: <T>(...items: T[]) => T) => {
  /** Extents of the input without the batch. */
  shape: number[];
  /** What is tested. */
  layer: tf.layers.Layer | ((x: tf.SymbolicTensor) => tf.SymbolicTensor);
  /** tfjs has no derivative here, or a wrong one: dilation, averages over padded windows, repeated maps. */
  numeric?: boolean;
  /** Inputs that are no normal deviates: whole numbers below this. */
  words?: number;
};

const { layers } = tf;
const cube = (draw: (from: number, to: number) => number) => [draw(4, 7), draw(4, 6), draw(1, 3)];
const series = (draw: (from: number, to: number) => number) => [draw(5, 8), draw(1, 4)];
const anyPadding = ["same", "valid"] as const;
const recurrent = (choose: <T>(...items: T[]) => T) => ({
  units: choose(1, 3),
  returnSequences: choose(true, false),
  goBackwards: choose(true, false),
  useBias: choose(true, false),
  recurrentActivation: choose("sigmoid", "hardSigmoid") as "sigmoid" | "hardSigmoid",
});
const ACTIVATIONS = [
  "relu",
  "relu6",
  "elu",
  "selu",
  "gelu",
  "gelu_new",
  "sigmoid",
  "tanh",
  "swish",
  "softmax",
  "softplus",
  "softsign",
  "hardSigmoid",
  "linear",
] as const;

/** By the name of the layer. */
export const CASES: Record<string, Layers> = {
  Activation: (draw, choose) => ({
    shape: cube(draw),
    layer: layers.activation({ activation: choose(...ACTIVATIONS) as "relu" }),
  }),
  Add: (draw) => ({ shape: cube(draw), layer: branches((xs) => layers.add().apply(xs)) }),
  Average: (draw) => ({ shape: cube(draw), layer: branches((xs) => layers.average().apply(xs)) }),
  Maximum: (draw) => ({ shape: cube(draw), layer: branches((xs) => layers.maximum().apply(xs)) }),
  Minimum: (draw) => ({ shape: series(draw), layer: branches((xs) => layers.minimum().apply(xs)) }),
  Multiply: (draw, choose) => ({
    shape: cube(draw),
    layer: choose(branches((xs) => layers.multiply().apply(xs)), squeezed),
  }),
  Concatenate: (draw, choose) => {
    const shape = choose(cube(draw), series(draw));
    const axis = choose(-1, 1);
    return { shape, layer: branches((xs) => layers.concatenate({ axis }).apply(xs)) };
  },
  AveragePooling1D: (draw, choose) => {
    const padding = choose(...anyPadding);
    const layer = layers.averagePooling1d({ poolSize: draw(1, 3), strides: draw(1, 3), padding });
    return { shape: series(draw), numeric: padding === "same", layer };
  },
  MaxPooling1D: (draw, choose) => ({
    shape: series(draw),
    layer: layers.maxPooling1d({ poolSize: draw(1, 3), strides: draw(1, 3), padding: choose(...anyPadding) }),
  }),
  AveragePooling2D: (draw, choose) => {
    const padding = choose(...anyPadding);
    const [poolSize, strides] = [1, 2].map((): [number, number] => [draw(1, 3), draw(1, 3)]);
    return {
      shape: cube(draw),
      numeric: padding === "same",
      layer: layers.averagePooling2d({ poolSize, strides, padding }),
    };
  },
  MaxPooling2D: (draw, choose) => ({
    shape: choose(cube(draw), [4, 6, 2]),
    layer: choose(
      layers.maxPooling2d({ poolSize: [2, 2] }),
      layers.maxPooling2d({
        poolSize: [draw(1, 3), draw(1, 3)],
        strides: [draw(1, 3), draw(1, 3)],
        padding: choose(...anyPadding),
      }),
    ),
  }),
  BatchNormalization: (draw, choose) => ({
    shape: choose(cube(draw), series(draw), [5]),
    layer: layers.batchNormalization(),
  }),
  Bidirectional: (draw, choose) => ({
    shape: series(draw),
    layer: layers.bidirectional({
      // The types of tfjs want an RNN where every RNN layer does.
      layer: choose(layers.gru, layers.lstm)({ ...recurrent(choose), goBackwards: false }) as tf.RNN,
      mergeMode: choose("concat", "sum", "mul", "ave"),
    }),
  }),
  Conv1D: (draw, choose) => {
    const dilated = choose(true, false);
    const layer = layers.conv1d({
      filters: draw(1, 3),
      kernelSize: draw(1, 3),
      ...(dilated ? { dilationRate: 2 } : { strides: draw(1, 2) }),
      padding: choose(...anyPadding),
      useBias: choose(true, false),
    });
    return { shape: series(draw), numeric: dilated, layer };
  },
  Conv2D: (draw, choose) => {
    const dilated = choose(true, false);
    const rates: [number, number] = [draw(1, 3), draw(1, 2)];
    const layer = layers.conv2d({
      filters: draw(1, 3),
      kernelSize: [draw(1, 2), draw(1, 3)],
      ...(dilated ? { dilationRate: rates } : { strides: rates }),
      padding: choose(...anyPadding),
      activation: choose("linear", "relu"),
    });
    return { shape: cube(draw), numeric: dilated, layer };
  },
  DepthwiseConv2D: (draw, choose) => ({
    shape: cube(draw),
    layer: layers.depthwiseConv2d({
      kernelSize: draw(1, 3),
      depthMultiplier: draw(1, 2),
      strides: draw(1, 2),
      padding: choose(...anyPadding),
      useBias: choose(true, false),
    }),
  }),
  SeparableConv2D: (draw, choose) => ({
    shape: cube(draw),
    layer: layers.separableConv2d({
      filters: draw(1, 3),
      kernelSize: draw(1, 3),
      depthMultiplier: draw(1, 2),
      strides: draw(1, 2),
      padding: choose(...anyPadding),
      useBias: choose(true, false),
    }),
  }),
  Cropping2D: (draw) => ({
    shape: cube(draw),
    layer: layers.cropping2D({ cropping: [[1, draw(0, 1)], [0, draw(0, 2)]] }),
  }),
  ZeroPadding2D: (draw) => ({
    shape: cube(draw),
    layer: layers.zeroPadding2d({ padding: [[1, draw(0, 2)], [0, draw(0, 2)]] }),
  }),
  Dense: (draw, choose) => ({
    shape: choose(cube(draw), series(draw), [draw(1, 5)]),
    layer: layers.dense({ units: draw(1, 4), useBias: choose(true, false), activation: choose("linear", "tanh") }),
  }),
  Dropout: (draw) => ({ shape: cube(draw), layer: layers.dropout({ rate: 0 }) }),
  SpatialDropout1D: (draw) => ({ shape: series(draw), layer: layers.spatialDropout1d({ rate: 0 }) }),
  ELU: (draw) => ({ shape: cube(draw), layer: layers.elu() }),
  Embedding: (draw) => ({
    shape: [draw(1, 6)],
    words: 5,
    layer: layers.embedding({ inputDim: 5, outputDim: draw(1, 4) }),
  }),
  Flatten: (draw, choose) => ({ shape: choose(cube(draw), series(draw)), layer: layers.flatten() }),
  GRU: (draw, choose) => ({ shape: series(draw), layer: layers.gru(recurrent(choose)) }),
  LSTM: (draw, choose) => ({ shape: series(draw), layer: layers.lstm(recurrent(choose)) }),
  GaussianDropout: (draw) => ({ shape: cube(draw), layer: layers.gaussianDropout({ rate: 0 }) }),
  GaussianNoise: (draw) => ({ shape: cube(draw), layer: layers.gaussianNoise({ stddev: 0 }) }),
  GlobalAveragePooling1D: (draw) => ({ shape: series(draw), layer: layers.globalAveragePooling1d() }),
  GlobalAveragePooling2D: (draw) => ({ shape: cube(draw), layer: layers.globalAveragePooling2d({}) }),
  GlobalMaxPooling1D: (draw) => ({ shape: series(draw), layer: layers.globalMaxPooling1d() }),
  GlobalMaxPooling2D: (draw) => ({ shape: cube(draw), layer: layers.globalMaxPooling2d({}) }),
  LayerNormalization: (draw, choose) => ({
    shape: choose([4, 3, 5], [draw(4, 7), 6], [draw(4, 7)]), // two channels would leave a gradient of mere rounding
    layer: layers.layerNormalization(),
  }),
  LeakyReLU: (draw) => ({ shape: cube(draw), layer: layers.leakyReLU({ alpha: 0.2 }) }),
  PReLU: (draw, choose) => ({
    shape: choose(cube(draw), series(draw), [3]),
    layer: layers.prelu(choose({}, { sharedAxes: [1] })),
  }),
  Permute: (draw) => ({ shape: cube(draw), layer: layers.permute({ dims: [2, 3, 1] }) }),
  ReLU: (draw, choose) => ({ shape: cube(draw), layer: layers.reLU(choose({}, { maxValue: 6 })) }),
  RepeatVector: (draw) => ({ shape: [draw(1, 4)], layer: layers.repeatVector({ n: draw(1, 4) }) }),
  Reshape: (draw, choose) => {
    const rows = draw(2, 4);
    return {
      shape: [4, rows, 3],
      layer: layers.reshape({ targetShape: choose([rows, 12], [2, 2 * rows, 3], [rows * 12]) }),
    };
  },
  Softmax: (draw) => ({ shape: series(draw), layer: layers.softmax({ axis: -1 }) }),
  TimeDistributed: (draw, choose) => ({
    shape: choose([3, 4, 5, 2], [3, 4]),
    layer: (x) => {
      const inner = x.shape.length === 3
        ? layers.dense({ units: draw(1, 3) })
        : layers.conv2d({ filters: 2, kernelSize: 2 });
      return layers.timeDistributed({ layer: inner }).apply(x) as tf.SymbolicTensor;
    },
  }),
  UpSampling2D: (draw) => ({
    numeric: true,
    shape: cube(draw),
    layer: layers.upSampling2d({ size: [draw(1, 3), draw(1, 2)] }),
  }),
};

/** `x` and a function of `x`, merged. */
function branches(merge: (xs: tf.SymbolicTensor[]) => unknown) {
  return (x: tf.SymbolicTensor) =>
    merge([x, layers.dense({ units: x.shape.at(-1)! }).apply(x) as tf.SymbolicTensor]) as tf.SymbolicTensor;
}

/** Squeeze and excitation: maps times one number each, broadcast. */
function squeezed(x: tf.SymbolicTensor): tf.SymbolicTensor {
  const channels = x.shape.at(-1)!;
  const mean = layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  const gates = layers.dense({ units: channels, activation: "sigmoid" }).apply(mean) as tf.SymbolicTensor;
  const maps = layers.reshape({ targetShape: [1, 1, channels] }).apply(gates) as tf.SymbolicTensor;
  return layers.multiply().apply([x, maps]) as tf.SymbolicTensor;
}

/** A network with the layer in its midst. */
export function surrounded({ shape, layer, words }: ReturnType<Layers>, convolved: boolean): tf.LayersModel {
  const input = tf.input({ shape });
  const before = words !== undefined
    ? input
    : convolved && shape.length === 3
    ? layers.conv2d({ filters: shape[2], kernelSize: 1 }).apply(input)
    : layers.dense({ units: shape.at(-1)! }).apply(input);
  const x = before as tf.SymbolicTensor;
  const y = typeof layer === "function" ? layer(x) : layer.apply(x) as tf.SymbolicTensor;
  const flat = y.shape.length === 2 ? y : layers.flatten().apply(y) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: layers.dense({ units: 3 }).apply(flat) as tf.SymbolicTensor });
}
