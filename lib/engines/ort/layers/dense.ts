import { dense as denseOperation } from "../ops/dense.ts";
import type { LayerRule } from "./layer_rule.ts";

/** Dense, on the last axis. */
export const dense: LayerRule = ({ config, weight, apply, channelsLast, last, activate }) => {
  const bias = weight("bias");
  const inputs = [channelsLast(), weight("kernel")!];
  return activate(last(apply(denseOperation, bias ? [...inputs, bias] : inputs, null)), config.activation);
};
