/**
 * What the forward and backward pass of a layer or a loss is written with: nodes of ONNX on a graph.
 *
 * @module
 */
export { add, div, matmul, max, mul, pow, reduce, sub, sumTo, unary } from "./onnx/arithmetic.ts";
export { asNumber, equal, greater, where } from "./onnx/arithmetic.ts";
export { concat, flip, pad, reshape, slice, split, transpose } from "./onnx/rearrange.ts";
