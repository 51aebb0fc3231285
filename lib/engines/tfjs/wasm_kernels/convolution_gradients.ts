import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** What tfjs passes to the kernels of convolution gradients. */
interface ConvolutionAttributes {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | [[number, number], [number, number], [number, number], [number, number]];
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Sizes, strides and padding of a convolution (channels last, no dilation: tfjs has no gradient for that). */
function convolutionInfo(
  inputShape: number[],
  filterShape: number[],
  { strides, pad, dimRoundingMode }: ConvolutionAttributes,
  depthwise = false,
): tf.backend_util.Conv2DInfo {
  const [input, filter] = [inputShape, filterShape] as [number, number, number, number][];
  return tf.backend_util.computeConv2DInfo(input, filter, strides, 1, pad, dimRoundingMode, depthwise);
}

/**
 * A gradient `[count, height, width, channels]` moved apart by zeros, so that a stride-1 convolution over it is the
 * transpose of a strided one, and padded so that the filter reaches every input.
 */
function spreadGradient(dy: tf.Tensor4D, info: tf.backend_util.Conv2DInfo): tf.Tensor4D {
  const { strideHeight, strideWidth, filterHeight, filterWidth, inHeight, inWidth, padInfo } = info;
  const [count, height, width, channels] = dy.shape;
  let apart: tf.Tensor = dy;
  if (strideHeight > 1 || strideWidth > 1) {
    const gaps: [number, number][] = [[0, 0], [0, 0], [0, strideHeight - 1], [0, 0], [0, strideWidth - 1], [0, 0]];
    const spaced = tf.pad(tf.reshape(dy, [count, height, 1, width, 1, channels]), gaps);
    const extents = [count, (height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1, channels];
    apart = tf.reshape(spaced, [count, height * strideHeight, width * strideWidth, channels]).slice(
      [0, 0, 0, 0],
      extents,
    );
  }
  const top = filterHeight - 1 - padInfo.top, bottom = inHeight + filterHeight - 1 - apart.shape[1]! - top;
  const left = filterWidth - 1 - padInfo.left, right = inWidth + filterWidth - 1 - apart.shape[2]! - left;
  return tf.pad(apart as tf.Tensor4D, [[0, 0], [top, bottom], [left, right], [0, 0]]);
}

/**
 * Gradient of a convolution with respect to its filter, itself a convolution: with the examples as channels,
 * `dW[i, j, c, k] = sum_(n, y, x) X[n, y s + i, x s + j, c] dY[n, y, x, k]` is X, one image a channel c, under the filter
 * dY dilated by the stride s.
 */
export function conv2dBackpropFilter(
  { x, dy }: { x: tf.Tensor4D; dy: tf.Tensor4D },
  attributes: ConvolutionAttributes & { filterShape: [number, number, number, number] },
): tf.Tensor4D {
  const { filterShape } = attributes;
  const { padInfo, strideHeight, strideWidth } = convolutionInfo(x.shape, filterShape, attributes);
  return tf.tidy(() => {
    const images = tf.transpose(x, [3, 1, 2, 0]);
    const filters = tf.transpose(dy, [1, 2, 0, 3]);
    const { top, bottom, left, right } = padInfo;
    const border: ConvolutionAttributes["pad"] = [[0, 0], [top, bottom], [left, right], [0, 0]];
    const products = tf.conv2d(images, filters, 1, border, "NHWC", [strideHeight, strideWidth]);
    // Rows that no stride reaches give products that belong to no filter tap.
    const taps = tf.slice(products, [0, 0, 0, 0], [filterShape[2], filterShape[0], filterShape[1], filterShape[3]]);
    return tf.transpose(taps, [1, 2, 0, 3]);
  });
}

/**
 * Gradient of a convolution with respect to its input: the output's gradient, moved apart by the stride, under the
 * filter rotated by 180 degrees with its channels exchanged.
 */
export function conv2dBackpropInput(
  { dy, filter }: { dy: tf.Tensor4D; filter: tf.Tensor4D },
  attributes: ConvolutionAttributes & { inputShape: number[] },
): tf.Tensor4D {
  const info = convolutionInfo(attributes.inputShape, filter.shape, attributes);
  return tf.tidy(() => {
    const rotated = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
    return tf.conv2d(spreadGradient(dy, info), rotated, 1, "valid");
  });
}

/**
 * Gradient of a depthwise convolution with respect to its filter,
 * `dW[i, j, c, m] = sum_(n, y, x) X[n, y s + i, x s + j, c] dY[n, y, x, c M + m]`, added up in 64 bits. A plain loop over
 * the memory of WebAssembly: XNNPACK has no operator for it.
 */
export function depthwiseConv2dBackpropFilter(
  { x, dy }: { x: tf.TensorInfo; dy: tf.TensorInfo },
  attributes: ConvolutionAttributes & { filterShape: number[] },
  backend: BackendWasm,
): tf.TensorInfo {
  const { filterShape } = attributes;
  const info = convolutionInfo(x.shape, filterShape, attributes, true);
  const { batchSize, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  const [filterHeight, filterWidth, channels, multiplier] = filterShape;
  const out = backend.makeOutput(filterShape, "float32");
  // Only now: making the output may move the memory.
  const X = backend.typedArrayFromHeap(x) as Float32Array;
  const dY = backend.typedArrayFromHeap(dy) as Float32Array;
  const sums = new Float64Array(filterHeight * filterWidth * channels * multiplier);
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < outHeight; y++) {
      for (let i = 0; i < filterHeight; i++) {
        const row = y * strideHeight + i - padInfo.top;
        if (row < 0 || row >= inHeight) continue;
        for (let column = 0; column < outWidth; column++) {
          const from = ((n * outHeight + y) * outWidth + column) * channels * multiplier;
          for (let j = 0; j < filterWidth; j++) {
            const at = column * strideWidth + j - padInfo.left;
            if (at < 0 || at >= inWidth) continue;
            const pixel = ((n * inHeight + row) * inWidth + at) * channels;
            const tap = (i * filterWidth + j) * channels * multiplier;
            for (let c = 0; c < channels; c++) {
              for (let m = 0; m < multiplier; m++) {
                sums[tap + c * multiplier + m] += X[pixel + c] * dY[from + c * multiplier + m];
              }
            }
          }
        }
      }
    }
  }
  (backend.typedArrayFromHeap(out) as Float32Array).set(sums);
  return out;
}

/**
 * Gradient of a depthwise convolution with respect to its input: the depthwise convolution of the output's gradient with the
 * filter rotated by 180 degrees, summed over the filters of a channel.
 */
export function depthwiseConv2dBackpropInput(
  { dy, filter }: { dy: tf.Tensor4D; filter: tf.Tensor4D },
  attributes: ConvolutionAttributes & { inputShape: number[] },
): tf.Tensor4D {
  const info = convolutionInfo(attributes.inputShape, filter.shape, attributes, true);
  const [filterHeight, filterWidth, channels, multiplier] = filter.shape;
  return tf.tidy(() => {
    const rotated = tf.reverse(filter, [0, 1]).reshape([filterHeight, filterWidth, channels * multiplier, 1]);
    const products = tf.depthwiseConv2d(spreadGradient(dy, info), rotated as tf.Tensor4D, 1, "valid");
    if (multiplier === 1) return products;
    return products.reshape([...products.shape.slice(0, 3), channels, multiplier]).sum(4);
  });
}
