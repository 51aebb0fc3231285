import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { registerBatchNormGradient } from "./batch_norm_gradient.ts";
import { conv2dBackpropFilter } from "./conv2d_backprop_filter.ts";
import { conv2dBackpropInput } from "./conv2d_backprop_input.ts";
import { depthwiseConv2dBackpropFilter } from "./depthwise_conv2d_backprop_filter.ts";
import { depthwiseConv2dBackpropInput } from "./depthwise_conv2d_backprop_input.ts";
import { maxPoolBackprop } from "./max_pool_backprop.ts";
import { unsortedSegmentSum } from "./unsorted_segment_sum.ts";

/**
 * Gives the `wasm` backend the gradient kernels that tfjs 4.22 leaves out, and faster ones for three that are slow
 * there. A kernel may
 * be written in tfjs operations: inside a kernel, tfjs records nothing for derivation.
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
