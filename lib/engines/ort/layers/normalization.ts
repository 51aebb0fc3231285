import { mul, reduce, sub, sumTo } from "../onnx/arithmetic.ts";
import { batchNorm } from "../ops/batch_norm.ts";
import type { Rule } from "../program.ts";
import type { LayerContext, LayerRule } from "./layer_rule.ts";

/**
 * Ba et al. 2016 over the last axis: `y = gamma x^ + beta` with `x^ = (x - mean) r`, `r = 1 / sqrt(var + epsilon)`. With
 * `g = gamma dy`: `dx = r (g - mean(g) - x^ mean(g x^))`, `dgamma = sum dy x^`, `dbeta = sum dy`.
 */
const layerNorm: Rule<{ epsilon: number }> = {
  name: "layer_norm",
  forward({ graph, inputs, attributes: { epsilon }, shape }) {
    const kept = [...shape.slice(0, -1), 1];
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    const [y, mean, factor] = graph.nodes("LayerNormalization", inputs, [shape, kept, kept], { attributes });
    return [y, mean, factor];
  },
  gradient({ graph, inputs: [x, gamma, beta], saved: [mean, factor], dy, needs }) {
    const axes = [x.shape.length - 1];
    const average = (t: typeof x) => reduce(graph, t, { by: "Mean", axes, keep: true });
    const normal = mul(graph, sub(graph, x, mean), factor);
    const g = mul(graph, dy, gamma);
    const along = mul(graph, normal, average(mul(graph, g, normal)));
    return [
      needs[0] ? mul(graph, factor, sub(graph, sub(graph, g, average(g)), along)) : undefined,
      needs[1] ? sumTo(graph, mul(graph, dy, normal), gamma.shape) : undefined,
      needs[2] ? sumTo(graph, dy, beta.shape) : undefined,
    ];
  },
};

/** Scale and shift of each channel, which a layer may have left out. */
function scaleAndShift({ weight, fixed }: LayerContext, channels: number) {
  return [
    weight("gamma") ?? fixed("gamma", new Float32Array(channels).fill(1)),
    weight("beta") ?? fixed("beta", new Float32Array(channels)),
  ];
}

const AXIS_REMEDY = "no engine can train what tfjs can't: put Permute layers before and behind it";

export const normalizationLayers: Readonly<Record<string, LayerRule>> = {
  BatchNormalization: (context) => {
    const { config, inputs: [input], weight, apply, frozen, refuse } = context;
    const { length } = input.tfShape;
    const axis = config.axis as number;
    if (axis !== -1 && axis !== length - 1) return refuse(`axis ${axis}`, AXIS_REMEDY);
    const layout = length === 2 ? "channels-last" : "channels-first";
    const x = layout === "channels-last" ? context.channelsLast() : context.channelsFirst();
    const parameters = [...scaleAndShift(context, x.shape[1]), weight("moving_mean")!, weight("moving_variance")!];
    const value = apply(batchNorm, [x, ...parameters], {
      epsilon: config.epsilon as number,
      momentum: config.momentum as number,
      frozen,
    });
    return { value, layout, tfShape: input.tfShape };
  },
  LayerNormalization: (context) => {
    const { config, apply, channelsLast, last, refuse } = context;
    const x = channelsLast();
    const axes = [config.axis as number | number[]].flat();
    const end = x.shape.length - 1;
    if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== end)) return refuse(`axis ${axes}`);
    return last(apply(layerNorm, [x, ...scaleAndShift(context, x.shape[end])], { epsilon: config.epsilon as number }));
  },
};
