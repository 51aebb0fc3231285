import * as tf from "@tensorflow/tfjs";
import { type ConvolutionAttributes, convolutionInfo, spreadGradient } from "./convolution_info.ts";

/**
 * Gradient of a convolution with respect to its input: the output's gradient, moved apart by the stride, under the
 * filter rotated by 180 degrees with its channels exchanged.
 */
export function conv2dBackpropInput(
  inputs: { dy: tf.Tensor4D; filter: tf.Tensor4D },
  attributes: ConvolutionAttributes & { inputShape: number[] },
): tf.Tensor4D {
  const { dy, filter } = inputs;
  const info = convolutionInfo(attributes.inputShape, filter.shape, attributes);
  return tf.tidy(() => {
    const rotated = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
    return tf.conv2d(spreadGradient(dy, info), rotated, 1, "valid");
  });
}
