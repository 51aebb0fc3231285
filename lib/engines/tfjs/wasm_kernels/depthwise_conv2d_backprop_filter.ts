import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type ConvolutionAttributes, convolutionInfo } from "./convolution_info.ts";

/**
 * Gradient of a depthwise convolution with respect to its filter,
 * `dW[i, j, c, m] = sum_(n, y, x) X[n, y s + i, x s + j, c] dY[n, y, x, c M + m]`, added up in 64 bits. A plain loop over
 * the memory of WebAssembly: XNNPACK has no operator for it.
 */
export function depthwiseConv2dBackpropFilter(
  inputs: { x: TensorInfo; dy: TensorInfo },
  attributes: ConvolutionAttributes & { filterShape: number[] },
  backend: BackendWasm,
): TensorInfo {
  const { x, dy } = inputs;
  const { filterShape } = attributes;
  const info = convolutionInfo(x.shape, filterShape, attributes, true);
  const { batchSize, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  const [filterHeight, filterWidth, channels, multiplier] = filterShape;
  const out = backend.makeOutput(filterShape, "float32" as DataType);
  // Only now: making the output may move the memory.
  const X = backend.typedArrayFromHeap(x) as Float32Array;
  const dY = backend.typedArrayFromHeap(dy) as Float32Array;
  const sums = new Float64Array(filterHeight * filterWidth * channels * multiplier);
  for (let n = 0; n < batchSize; n++) {
    for (let y = 0; y < outHeight; y++) {
      for (let i = 0; i < filterHeight; i++) {
        const row = y * strideHeight + i - padInfo.top;
        if (row < 0 || row >= inHeight) continue;
        for (let column = 0; column < outWidth; column++) {
          const from = ((n * outHeight + y) * outWidth + column) * channels * multiplier;
          for (let j = 0; j < filterWidth; j++) {
            const at = column * strideWidth + j - padInfo.left;
            if (at < 0 || at >= inWidth) continue;
            const pixel = ((n * inHeight + row) * inWidth + at) * channels;
            const tap = (i * filterWidth + j) * channels * multiplier;
            for (let c = 0; c < channels; c++) {
              for (let m = 0; m < multiplier; m++) {
                sums[tap + c * multiplier + m] += X[pixel + c] * dY[from + c * multiplier + m];
              }
            }
          }
        }
      }
    }
  }
  (backend.typedArrayFromHeap(out) as Float32Array).set(sums);
  return out;
}
