import * as tf from "@tensorflow/tfjs";

/** What tfjs passes to the kernels of convolution gradients. */
export interface ConvolutionAttributes {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | [[number, number], [number, number], [number, number], [number, number]];
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Sizes, strides and padding of a convolution (channels last, no dilation: tfjs has no gradient for that). */
export function convolutionInfo(
  inputShape: number[],
  filterShape: number[],
  { strides, pad, dimRoundingMode }: ConvolutionAttributes,
  depthwise = false,
): tf.backend_util.Conv2DInfo {
  type Four = [number, number, number, number];
  return tf.backend_util.computeConv2DInfo(
    inputShape as Four,
    filterShape as Four,
    strides,
    1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/**
 * A gradient `[count, height, width, channels]` moved apart by zeros, so that a stride-1 convolution over it is the
 * transpose of a strided one, and padded so that the filter reaches every input.
 */
export function spreadGradient(dy: tf.Tensor4D, info: tf.backend_util.Conv2DInfo): tf.Tensor4D {
  const { strideHeight, strideWidth, filterHeight, filterWidth, inHeight, inWidth, padInfo } = info;
  const [count, height, width, channels] = dy.shape;
  const apart = strideHeight === 1 && strideWidth === 1 ? dy : tf.slice(
    tf.reshape(
      tf.pad(tf.reshape(dy, [count, height, 1, width, 1, channels]), [
        [0, 0],
        [0, 0],
        [0, strideHeight - 1],
        [0, 0],
        [0, strideWidth - 1],
        [0, 0],
      ]),
      [count, height * strideHeight, width * strideWidth, channels],
    ),
    [0, 0, 0, 0],
    [count, (height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1, channels],
  );
  const top = filterHeight - 1 - padInfo.top;
  const left = filterWidth - 1 - padInfo.left;
  return tf.pad(apart as tf.Tensor4D, [
    [0, 0],
    [top, inHeight + filterHeight - 1 - apart.shape[1]! - top],
    [left, inWidth + filterWidth - 1 - apart.shape[2]! - left],
    [0, 0],
  ]);
}
