import { gru } from "../ops/gru.ts";
import { lstm } from "../ops/lstm.ts";
import { concat, product, sum } from "../ops/merge.ts";
import type { Squashing } from "../ops/recurrent.ts";
import { reverse } from "../ops/reverse.ts";
import { scale } from "../ops/scale.ts";
import type { Value } from "../program.ts";
import type { LayerContext, LayerRule } from "./layer_rule.ts";

interface Recurrence {
  kind: string;
  config: Readonly<Record<string, unknown>>;
  /** What stands before `kernel` in the names of its variables. */
  prefix: string;
  backwards: boolean;
}

/** A GRU or LSTM on `x` `[n, t, c]`, its outputs in the order of time. */
function recur(
  { apply, weight, refuse }: LayerContext,
  x: Value,
  { kind, config, prefix, backwards }: Recurrence,
): Value {
  if (config.dropout || config.recurrentDropout) refuse("dropout between its steps (put a Dropout layer before it)");
  if (config.stateful || config.returnState) refuse("a state that goes in or out");
  const squashing = (name: unknown): Squashing => {
    if (name === "tanh" || name === "sigmoid" || name === "hardSigmoid") return name;
    return refuse(`activation ${name}`);
  };
  const order = [1, 0];
  const bias = config.useBias ? weight(`${prefix}bias`) : undefined;
  const weights = [weight(`${prefix}kernel`, { order })!, weight(`${prefix}recurrent_kernel`, { order })!];
  return apply(kind === "GRU" ? gru : lstm, [x, ...weights, ...(bias ? [bias] : [])], {
    backwards,
    sequences: config.returnSequences as boolean,
    activation: squashing(config.activation),
    recurrentActivation: squashing(config.recurrentActivation),
  });
}

/** GRU (reset before the product, as tfjs has it) and LSTM. */
export const recurrence: LayerRule = (context) => {
  const { config, apply, channelsLast, last, layer } = context;
  const backwards = config.goBackwards === true;
  const y = recur(context, channelsLast(), { kind: layer.getClassName(), config, prefix: "", backwards });
  // tfjs gives the steps as they were computed.
  return last(backwards && config.returnSequences ? apply(reverse, [y], { axis: 1 }) : y);
};

/** Bidirectional: one layer along time, one against it. */
export const bidirectional: LayerRule = (context) => {
  const { config, apply, channelsLast, last, refuse } = context;
  const inner = config.layer as { className: string; config: Record<string, unknown> };
  const kind = inner.className;
  if (kind !== "GRU" && kind !== "LSTM") return refuse(`a ${kind} inside`);
  const x = channelsLast();
  const both = ["forward", "backward"].map((direction) => {
    const prefix = `${direction}_${inner.config.name}/`;
    return recur(context, x, { kind, config: inner.config, prefix, backwards: direction === "backward" });
  });
  switch (config.mergeMode) {
    case "concat":
      return last(apply(concat, both, { axis: both[0].shape.length - 1 }));
    case "sum":
      return last(apply(sum, both, null));
    case "mul":
      return last(apply(product, both, null));
    case "ave":
      return last(apply(scale, [apply(sum, both, null)], { factor: 0.5 }));
    default:
      return refuse(`mergeMode ${config.mergeMode}`);
  }
};
