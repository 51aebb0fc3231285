/**
 * Which tf layers the engine covers, each by the rule that turns it into operations.
 *
 * @module
 */
import { activation, eluLayer, leakyReluLayer, preluLayer, reluLayer, softmaxLayer } from "./activation.ts";
import { batchNormalization } from "./batch_normalization.ts";
import { convolution, depthwiseConvolution, separableConvolution } from "./convolution.ts";
import { builtInLayer } from "./define_layer.ts";
import { dense } from "./dense.ts";
import { dropout, gaussianDropoutLayer, gaussianNoiseLayer, spatialDropout } from "./dropping.ts";
import { embedding } from "./embedding.ts";
import type { LayerRule } from "./layer_rule.ts";
import { concatenate, merge } from "./merging.ts";
import { layerNormalization } from "./normalization.ts";
import { globalPooling, pooling } from "./pooling.ts";
import { bordering, flatten, permute, repeatVector, reshape, upsampling } from "./rearranging.ts";
import { bidirectional, recurrence } from "./recurrence.ts";
import { timeDistributed } from "./time_distributed.ts";

const RULES: Readonly<Record<string, LayerRule>> = {
  Activation: activation,
  Add: merge,
  Average: merge,
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  BatchNormalization: batchNormalization,
  Bidirectional: bidirectional,
  Concatenate: concatenate,
  Conv1D: convolution,
  Conv2D: convolution,
  Cropping2D: bordering,
  Dense: dense,
  DepthwiseConv2D: depthwiseConvolution,
  Dropout: dropout,
  ELU: eluLayer,
  Embedding: embedding,
  Flatten: flatten,
  GRU: recurrence,
  GaussianDropout: gaussianDropoutLayer,
  GaussianNoise: gaussianNoiseLayer,
  GlobalAveragePooling1D: globalPooling,
  GlobalAveragePooling2D: globalPooling,
  GlobalMaxPooling1D: globalPooling,
  GlobalMaxPooling2D: globalPooling,
  LSTM: recurrence,
  LayerNormalization: layerNormalization,
  LeakyReLU: leakyReluLayer,
  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  Maximum: merge,
  Minimum: merge,
  Multiply: merge,
  PReLU: preluLayer,
  Permute: permute,
  ReLU: reluLayer,
  RepeatVector: repeatVector,
  Reshape: reshape,
  SeparableConv2D: separableConvolution,
  Softmax: softmaxLayer,
  SpatialDropout1D: spatialDropout,
  TimeDistributed: timeDistributed,
  UpSampling2D: upsampling,
  ZeroPadding2D: bordering,
};

for (const [name, rule] of Object.entries(RULES)) builtInLayer(name, rule);

export { coveredLayers, ruleOf } from "./define_layer.ts";
