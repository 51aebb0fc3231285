import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
} from "./convolution_gradients.ts";

/**
 * Gives the `wasm` backend the gradient kernels that tfjs 4.22 leaves out, and faster ones for three that are slow there. A
 * kernel may be written in tfjs operations: inside a kernel, tfjs records nothing for derivation.
 */
export function registerWasmKernels(): void {
  // These are there already; registering twice would be warned of.
  for (const name of ["Conv2DBackpropInput", "MaxPoolGrad"]) tf.unregisterKernel(name, "wasm");
  register("Conv2DBackpropInput", conv2dBackpropInput);
  register("Conv2DBackpropFilter", conv2dBackpropFilter);
  register("DepthwiseConv2dNativeBackpropInput", depthwiseConv2dBackpropInput);
  register("DepthwiseConv2dNativeBackpropFilter", depthwiseConv2dBackpropFilter);
  register("MaxPoolGrad", maxPoolBackprop);
  register("UnsortedSegmentSum", unsortedSegmentSum);
  registerBatchNormGradient();
}

/** tfjs types inputs and attributes as open records; each kernel names those that tfjs gives it. */
function register<Inputs, Attributes>(
  kernelName: string,
  kernel: (inputs: Inputs, attributes: Attributes, backend: BackendWasm) => tf.TensorInfo,
): void {
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => kernel(inputs as Inputs, attrs as Attributes, backend as BackendWasm),
  });
}

/** What tfjs passes to the kernel of a max pooling's gradient. */
interface PoolingAttributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: "valid" | "same" | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * Gradient of a max pooling: each output's goes to the first of its window that equals it. The kernel of tfjs asks every
 * place of the input which windows it is the largest of.
 */
function maxPoolBackprop(
  { dy, input, output }: { dy: tf.TensorInfo; input: tf.TensorInfo; output: tf.TensorInfo },
  { filterSize, strides, pad, dimRoundingMode }: PoolingAttributes,
  backend: BackendWasm,
): tf.TensorInfo {
  const shape = input.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  const { effectiveFilterHeight: filterHeight, effectiveFilterWidth: filterWidth } = info;
  const out = backend.makeOutput(shape, "float32");
  // Only now: making the output may move the memory.
  const [X, Y, dY, dX] = [input, output, dy, out].map((of) => backend.typedArrayFromHeap(of) as Float32Array);
  dX.fill(0);
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < outHeight; y++) {
      const top = Math.max(0, y * strideHeight - padInfo.top);
      const bottom = Math.min(inHeight, y * strideHeight - padInfo.top + filterHeight);
      for (let x = 0; x < outWidth; x++) {
        const left = Math.max(0, x * strideWidth - padInfo.left);
        const right = Math.min(inWidth, x * strideWidth - padInfo.left + filterWidth);
        const from = ((n * outHeight + y) * outWidth + x) * inChannels;
        for (let c = 0; c < inChannels; c++) {
          const largest = Y[from + c];
          search:
          for (let row = top; row < bottom; row++) {
            for (let column = left; column < right; column++) {
              const at = ((n * inHeight + row) * inWidth + column) * inChannels + c;
              if (X[at] === largest) {
                dX[at] += dY[from + c];
                break search;
              }
            }
          }
        }
      }
    }
  }
  return out;
}

/** `out[s] = sum of the rows of x whose segment is s`; rows of a negative segment are left out. The gradient of a look-up. */
function unsortedSegmentSum(
  { x, segmentIds }: { x: tf.TensorInfo; segmentIds: tf.TensorInfo },
  { numSegments }: { numSegments: number },
  backend: BackendWasm,
): tf.TensorInfo {
  const rowShape = x.shape.slice(segmentIds.shape.length);
  const width = tf.util.sizeFromShape(rowShape);
  const out = backend.makeOutput([numSegments, ...rowShape], "float32");
  const X = backend.typedArrayFromHeap(x) as Float32Array;
  const segments = backend.typedArrayFromHeap(segmentIds) as Int32Array;
  const sums = new Float64Array(numSegments * width);
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row];
    if (segment < 0 || segment >= numSegments) continue;
    for (let i = 0; i < width; i++) sums[segment * width + i] += X[row * width + i];
  }
  (backend.typedArrayFromHeap(out) as Float32Array).set(sums);
  return out;
}

/**
 * Lets `wasm` derive batch normalisation by broadcasting. tfjs tiles the statistics to the size of the maps, which takes
 * a third of the time of a training step there; `cpu` keeps that, as the reference.
 */
function registerBatchNormGradient(): void {
  const original = tf.getGradient("FusedBatchNorm");
  tf.registerGradient({
    ...original,
    gradFunc: (dy, saved, attributes) =>
      tf.getBackend() === "wasm" && saved[1].rank === 1
        ? gradient(dy as tf.Tensor, saved, attributes as unknown as { varianceEpsilon: number })
        : original.gradFunc(dy, saved, attributes),
  });
}

/**
 * `y = s (x - m) r + o` with `r = 1 / sqrt(v + epsilon)`: `dx = dy s r`, `dm = -sum(dy) s r`,
 * `dv = -sum(dy (x - m)) s r^3 / 2`, `ds = sum(dy (x - m)) r`, `do = sum(dy)`.
 */
function gradient(
  dy: tf.Tensor,
  [x, mean, variance, scale]: tf.Tensor[],
  { varianceEpsilon }: { varianceEpsilon: number },
): Record<string, () => tf.Tensor> {
  const s = scale ?? tf.scalar(1);
  const r = tf.rsqrt(tf.add(variance, varianceEpsilon));
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const sum = tf.sum(dy, axes);
  const centred = tf.sum(tf.mul(dy, tf.sub(x, mean)), axes);
  return {
    x: () => tf.mul(dy, tf.mul(s, r)),
    mean: () => tf.neg(tf.mul(sum, tf.mul(s, r))),
    variance: () => tf.mul(tf.mul(centred, tf.mul(s, tf.pow(r, 3))), -0.5),
    scale: () => tf.mul(centred, r),
    offset: () => tf.clone(sum),
  };
}
