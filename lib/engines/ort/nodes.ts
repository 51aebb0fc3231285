/**
 * What the forward and backward pass of a layer or a loss is written with: nodes of ONNX on a graph.
 *
 * @module
 */
export {
  add,
  asNumber,
  div,
  equal,
  greater,
  matmul,
  max,
  mul,
  pow,
  reduce,
  sub,
  sumTo,
  unary,
  where,
} from "./onnx/arithmetic.ts";
export { concat, flip, pad, reshape, slice, split, transpose } from "./onnx/rearrange.ts";
