import * as tf from "@tensorflow/tfjs";
import { type ConvolutionAttributes, convolutionInfo, spreadGradient } from "./convolution_info.ts";

/**
 * Gradient of a depthwise convolution with respect to its input: for each of the filters of a channel, the depthwise
 * convolution of its output's gradient with the filter rotated by 180 degrees, summed.
 */
export function depthwiseConv2dBackpropInput(
  inputs: { dy: tf.Tensor4D; filter: tf.Tensor4D },
  attributes: ConvolutionAttributes & { inputShape: number[] },
): tf.Tensor4D {
  const { dy, filter } = inputs;
  const info = convolutionInfo(attributes.inputShape, filter.shape, attributes, true);
  const [filterHeight, filterWidth, channels, multiplier] = filter.shape;
  return tf.tidy(() => {
    const spread = spreadGradient(dy, info);
    const rotated = tf.reverse(filter, [0, 1]);
    if (multiplier === 1) return tf.depthwiseConv2d(spread, rotated as tf.Tensor4D, 1, "valid");
    const [count, height, width] = spread.shape;
    const byFilter = tf.reshape(spread, [count, height, width, channels, multiplier]);
    const parts = Array.from({ length: multiplier }, (_, m) => {
      const gradient = tf.slice(byFilter, [0, 0, 0, 0, m], [count, height, width, channels, 1]);
      const one = tf.slice(rotated, [0, 0, 0, m], [filterHeight, filterWidth, channels, 1]) as tf.Tensor4D;
      return tf.depthwiseConv2d(tf.reshape(gradient, [count, height, width, channels]) as tf.Tensor4D, one, 1, "valid");
    });
    return tf.addN(parts);
  });
}
