import { flip, sizeOf } from "../onnx/rearrange.ts";
import { gru } from "../ops/gru.ts";
import { lstm } from "../ops/lstm.ts";
import { reshape } from "../ops/rearranging.ts";
import type { Squashing } from "../ops/recurrent.ts";
import type { Rule, Value } from "../program.ts";
import type { LayerContext, LayerRule } from "./layer_rule.ts";
import { concat, MERGES } from "./merging.ts";

/** `x` backwards along an axis; `dx` is `dy` backwards. */
const reverse: Rule<{ axis: number }> = {
  name: "reverse",
  half: true,
  forward: ({ graph, inputs: [x], attributes: { axis } }) => flip(graph, x, [axis]),
  gradient: ({ graph, attributes: { axis }, dy }) => [flip(graph, dy, [axis])],
};

/**
 * A GRU (reset before the product, as tfjs has it) or LSTM on `x` `[n, t, c]`, its outputs in the order of time.
 *
 * @param prefix What stands before `kernel` in the names of its variables.
 */
function recur(
  { apply, weight, refuse }: LayerContext,
  x: Value,
  { kind, config, prefix = "", backwards }: {
    kind: string;
    config: LayerContext["config"];
    prefix?: string;
    backwards: boolean;
  },
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

const recurrence: LayerRule = (context) => {
  const { config, apply, channelsLast, last, layer } = context;
  const backwards = config.goBackwards === true;
  const y = recur(context, channelsLast(), { kind: layer.getClassName(), config, backwards });
  // tfjs gives the steps as they were computed.
  return last(backwards && config.returnSequences ? apply(reverse, [y], { axis: 1 }) : y);
};

export const recurrentLayers: Readonly<Record<string, LayerRule>> = {
  // One layer along time, one against it.
  Bidirectional: (context) => {
    const { config: { layer, mergeMode }, apply, channelsLast, last, refuse } = context;
    const { className: kind, config } = layer as { className: string; config: Record<string, unknown> };
    if (kind !== "GRU" && kind !== "LSTM") return refuse(`a ${kind} inside`);
    const x = channelsLast();
    const both = ["forward", "backward"].map((direction) =>
      recur(context, x, { kind, config, prefix: `${direction}_${config.name}/`, backwards: direction === "backward" })
    );
    if (mergeMode === "concat") return last(apply(concat, both, { axis: both[0].shape.length - 1 }));
    const merge = { sum: MERGES.Add, mul: MERGES.Multiply, ave: MERGES.Average }[mergeMode as string];
    return merge ? last(merge(apply, both)) : refuse(`mergeMode ${mergeMode}`);
  },
  GRU: recurrence,
  LSTM: recurrence,
  // The layer inside on each step, which stand in for examples.
  TimeDistributed: ({ layer, apply, channelsLast, last, within, refuse }) => {
    const inner = (layer as unknown as { layer: typeof layer }).layer;
    if (inner.getClassName() === "BatchNormalization") return refuse("a BatchNormalization inside (put it outside)");
    const x = channelsLast();
    const [n, t, ...shape] = x.shape;
    const folded = last(apply(reshape, [x], { shape: [n * t, ...shape] }));
    const y = channelsLast(within(inner, [folded]));
    if (sizeOf(y.shape) % (n * t) !== 0) return refuse(`a ${inner.getClassName()} inside`);
    return last(apply(reshape, [y], { shape: [n, t, ...y.shape.slice(1)] }));
  },
};
