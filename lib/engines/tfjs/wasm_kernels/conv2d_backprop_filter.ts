import * as tf from "@tensorflow/tfjs";
import { type ConvolutionAttributes, convolutionInfo } from "./convolution_info.ts";

/**
 * Gradient of a convolution with respect to its filter, itself a convolution: with the examples as channels,
 * `dW[i, j, c, k] = sum_(n, y, x) X[n, y s + i, x s + j, c] dY[n, y, x, k]` is X, one image a channel c, under the filter
 * dY dilated by the stride s.
 */
export function conv2dBackpropFilter(
  inputs: { x: tf.Tensor4D; dy: tf.Tensor4D },
  attributes: ConvolutionAttributes & { filterShape: [number, number, number, number] },
): tf.Tensor4D {
  const { x, dy } = inputs;
  const { filterShape } = attributes;
  const { padInfo, strideHeight, strideWidth } = convolutionInfo(x.shape, filterShape, attributes);
  return tf.tidy(() => {
    const images = tf.transpose(x, [3, 1, 2, 0]);
    const filters = tf.transpose(dy, [1, 2, 0, 3]);
    const padding: [[number, number], [number, number], [number, number], [number, number]] = [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ];
    const products = tf.conv2d(images, filters, 1, padding, "NHWC", [strideHeight, strideWidth]);
    // Rows that no stride reaches give products that belong to no filter tap.
    const taps = tf.slice(products, [0, 0, 0, 0], [filterShape[2], filterShape[0], filterShape[1], filterShape[3]]);
    return tf.transpose(taps, [1, 2, 0, 3]);
  });
}
