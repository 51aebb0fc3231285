/**
 * TensorFlow.js as it is used here: operations, layers and the `cpu` backend. The whole of it would bring converters, readers of
 * data and WebGL, another 190 MB.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * expect(tf.tensor([1, 2]).add(1).dataSync()).toEqual(new Float32Array([2, 3]));
 * ```
 *
 * @module
 */
import "@tensorflow/tfjs-backend-cpu";
import { chainOperations } from "./chained_operations.ts";

chainOperations();

export * from "@tensorflow/tfjs-core";
export * from "@tensorflow/tfjs-layers";
