import * as tf from "@tensorflow/tfjs-core";
import type {} from "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";

/** Operations that a tensor has as a method of the same name and arguments. */
const METHODS =
  "abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh avgPool batchToSpaceND batchNorm " +
  "broadcastTo cast ceil clipByValue conv1d conv2d conv2dTranspose cos cosh cumprod cumsum depthToSpace " +
  "depthwiseConv2d dilation2d div divNoNan dot elu equal erf euclideanNorm exp expandDims expm1 fft floor " +
  "floorDiv gather greater greaterEqual ifft irfft isFinite isInf isNaN leakyRelu less lessEqual " +
  "localResponseNormalization log log1p logSigmoid logSoftmax logSumExp logicalAnd logicalNot logicalOr " +
  "logicalXor matMul max maxPool maximum mean min minimum mirrorPad mod mul neg norm notEqual onesLike pad pool " +
  "pow prelu prod reciprocal relu relu6 reshape resizeBilinear resizeNearestNeighbor reverse rfft round rsqrt " +
  "selu separableConv2d sigmoid sign sin sinh slice softmax softplus spaceToBatchND split sqrt square " +
  "squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose unique unsortedSegmentSum " +
  "unstack zerosLike";

type Operation = (tensor: tf.Tensor, ...others: never[]) => tf.Tensor;

/** Those whose arguments differ from the operation's. */
const OTHERS: Record<string, Operation> = {
  flatten: (tensor) => tf.reshape(tensor, [tensor.size]),
  asScalar: (tensor) => tf.reshape(tensor, []),
  reshapeAs: (tensor, { shape }: tf.Tensor) => tf.reshape(tensor, shape),
  asType: (tensor, type: tf.DataType) => tf.cast(tensor, type),
  toFloat: (tensor) => tf.cast(tensor, "float32"),
  toInt: (tensor) => tf.cast(tensor, "int32"),
  toBool: (tensor) => tf.cast(tensor, "bool"),
  concat: (tensor, others: tf.Tensor | tf.Tensor[], axis?: number) => tf.concat([tensor, others].flat(), axis),
  stack: (tensor, others: tf.Tensor | tf.Tensor[], axis?: number) => tf.stack([tensor, others].flat(), axis),
  oneHot: (tensor, depth: number, on?: number, off?: number) => tf.oneHot(tensor, depth, on, off),
  where: (tensor, condition: tf.Tensor, other: tf.Tensor) => tf.where(condition, tensor, other),
};

/** `a.add(b)` for `tf.add(a, b)`, and so on: tfjs-core leaves them out of what it publishes for Deno and Node. */
export function chainOperations(): void {
  const operations = tf as unknown as Record<string, Operation>;
  const methods = tf.Tensor.prototype as unknown as Record<string, unknown>;
  const alike = METHODS.split(" ").map((name) => [name, operations[name]] as const);
  for (const [name, operation] of [...alike, ...Object.entries(OTHERS)]) {
    methods[name] = function (this: tf.Tensor, ...args: never[]) {
      return operation(this, ...args);
    };
  }
}
