import type { Shape } from "../graph.ts";
import { add, mul, where } from "../onnx/arithmetic.ts";
import type { ForwardContext, Rule } from "../program.ts";
import type { LayerRule } from "./layer_rule.ts";

/**
 * Srivastava et al. 2014: `y = x mask / (1 - rate)` in training, `y = x` after it; `dx = dy mask / (1 - rate)`. An extent
 * of 1 in `maskShape` drops whole rows, columns or channels.
 */
const dropout: Rule<{ rate: number; maskShape: Shape }> = {
  name: "dropout",
  half: true,
  forward({ graph, inputs: [x], attributes: { rate, maskShape }, training, noise }) {
    if (!training) return x;
    const whole = maskShape.join() === x.shape.join();
    // Random numbers need no reordering to stand beside a blocked value.
    const keep = { ...noise({ kind: "keep", rate, shape: maskShape }), blocked: whole && x.blocked };
    const scale = where(graph, keep, 1 / (1 - rate), 0);
    return [mul(graph, x, scale), scale];
  },
  gradient: ({ graph, saved: [scale], dy }) => [mul(graph, dy, scale)],
};

interface Deviation {
  deviation: number;
}

const deviates = ({ graph, inputs: [{ shape }], attributes: { deviation }, noise }: ForwardContext<Deviation>) =>
  mul(graph, noise({ kind: "normal", rate: 0, shape }), deviation);

/** `y = x + deviation n` with normal `n` in training; `dx = dy`. */
const gaussianNoise: Rule<Deviation> = {
  name: "gaussian_noise",
  forward: (context) => {
    const { graph, inputs: [x], training } = context;
    return training ? add(graph, x, deviates(context)) : x;
  },
  gradient: ({ dy }) => [dy],
};

/** Srivastava et al. 2014, section 10: `y = x (1 + deviation n)` in training; `dx = dy (1 + deviation n)`. */
const gaussianDropout: Rule<Deviation> = {
  name: "gaussian_dropout",
  forward(context) {
    const { graph, inputs: [x], training } = context;
    if (!training) return x;
    const factor = add(graph, deviates(context), 1);
    return [mul(graph, x, factor), factor];
  },
  gradient: ({ graph, saved: [factor], dy }) => [mul(graph, dy, factor)],
};

/** A layer that is none where its rate is 0. */
const atRate = (rule: LayerRule): LayerRule => (context) =>
  context.config.rate === 0 ? context.inputs[0] : rule(context);

export const droppingLayers: Readonly<Record<string, LayerRule>> = {
  Dropout: atRate(({ config, inputs: [input], apply, channelsLast, last, like }) => {
    const rate = config.rate as number;
    const noiseShape = config.noiseShape as (number | null)[] | null | undefined;
    if (!noiseShape) return like(apply(dropout, [input.value], { rate, maskShape: input.value.shape }));
    const x = channelsLast();
    const maskShape = x.shape.map((extent, axis) => noiseShape[axis] ?? extent);
    return last(apply(dropout, [x], { rate, maskShape }));
  }),
  // Whole channels at once.
  SpatialDropout1D: atRate(({ config, apply, channelsLast, last }) => {
    const x = channelsLast();
    return last(apply(dropout, [x], { rate: config.rate as number, maskShape: [x.shape[0], 1, x.shape[2]] }));
  }),
  GaussianNoise: ({ config, inputs: [input], apply, like }) =>
    like(apply(gaussianNoise, [input.value], { deviation: config.stddev as number })),
  GaussianDropout: atRate(({ config, inputs: [input], apply, like }) => {
    const rate = config.rate as number;
    return like(apply(gaussianDropout, [input.value], { deviation: Math.sqrt(rate / (1 - rate)) }));
  }),
};
