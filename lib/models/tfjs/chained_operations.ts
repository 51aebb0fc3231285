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

type Operation = (...args: unknown[]) => tf.Tensor;
const operations = tf as unknown as Record<string, Operation>;
const methods = tf.Tensor.prototype as unknown as Record<string, unknown>;

/** `a.add(b)` for `tf.add(a, b)`, and so on: tfjs-core leaves them out of what it publishes for Deno and Node. */
export function chainOperations(): void {
  for (const name of METHODS.split(" ")) {
    methods[name] = function (this: tf.Tensor, ...args: unknown[]) {
      return operations[name](this, ...args);
    };
  }
  Object.assign(tf.Tensor.prototype, OTHERS);
}

/** Those whose arguments differ from the operation's. */
const OTHERS: ThisType<tf.Tensor> & Record<string, Operation> = {
  flatten() {
    return tf.reshape(this, [this.size]);
  },
  asScalar() {
    return tf.reshape(this, []);
  },
  reshapeAs(other) {
    return tf.reshape(this, (other as tf.Tensor).shape);
  },
  asType(type) {
    return tf.cast(this, type as tf.DataType);
  },
  toFloat() {
    return tf.cast(this, "float32");
  },
  toInt() {
    return tf.cast(this, "int32");
  },
  toBool() {
    return tf.cast(this, "bool");
  },
  concat(others, axis) {
    return tf.concat([this, others as tf.Tensor[]].flat(), axis as number);
  },
  stack(others, axis) {
    return tf.stack([this, others as tf.Tensor[]].flat(), axis as number);
  },
  oneHot(depth, on, off) {
    return tf.oneHot(this, depth as number, on as number, off as number);
  },
  where(condition, other) {
    return tf.where(condition as tf.Tensor, this, other as tf.Tensor);
  },
};
