/**
 * Which tf layers the engine covers, each by the rule that turns it into operations.
 *
 * @module
 */
import { activation, eluLayer, leakyReluLayer, reluLayer, softmaxLayer, thresholdedReluLayer } from "./activation.ts";
import { batchNormalization } from "./batch_normalization.ts";
import { convolution, depthwiseConvolution } from "./convolution.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropping.ts";
import type { LayerRule } from "./layer_rule.ts";
import { globalPooling, pooling } from "./pooling.ts";
import { flatten, reshape } from "./rearranging.ts";

/** Layer rules by class name. */
export const layerRules: Readonly<Record<string, LayerRule>> = {
  Activation: activation,
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  BatchNormalization: batchNormalization,
  Conv1D: convolution,
  Conv2D: convolution,
  Dense: dense,
  DepthwiseConv2D: depthwiseConvolution,
  Dropout: dropout,
  ELU: eluLayer,
  Flatten: flatten,
  GlobalAveragePooling1D: globalPooling,
  GlobalAveragePooling2D: globalPooling,
  GlobalMaxPooling1D: globalPooling,
  GlobalMaxPooling2D: globalPooling,
  LeakyReLU: leakyReluLayer,
  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  ReLU: reluLayer,
  Reshape: reshape,
  Softmax: softmaxLayer,
  ThresholdedReLU: thresholdedReluLayer,
};
