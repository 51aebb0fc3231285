import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** What tfjs passes to the kernel of a max pooling's gradient. */
export interface PoolingAttributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: "valid" | "same" | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * Gradient of a max pooling: each output's goes to the first of its window that equals it. The kernel of tfjs asks every
 * place of the input which windows it is the largest of.
 */
export function maxPoolBackprop(
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
