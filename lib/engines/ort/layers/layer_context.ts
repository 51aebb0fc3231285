import { InputError } from "../../../errors/mod.ts";
import { reshape, transpose } from "../ops/rearranging.ts";
import type { ProgramBuilder } from "../program_builder.ts";
import { activate } from "./activation.ts";
import type { Activation, Layer, LayerContext } from "./layer_rule.ts";

/** What a layer rule works with: the layer, its inputs, and the program that it adds to. */
export function layerContext(
  { builder, within }: { builder: ProgramBuilder; within: LayerContext["within"] },
  { layer, frozen, inputs }: { layer: Layer; frozen: boolean; inputs: readonly Activation[] },
): LayerContext {
  const context: LayerContext = {
    layer,
    config: layer.getConfig() as Record<string, unknown>,
    inputs,
    frozen,
    apply: (rule, ins, attributes) => builder.apply(layer, rule, { inputs: ins, attributes }),
    weight: (name, arrangement) => builder.weight(layer, name, { frozen, ...arrangement }),
    fixed: (name, data) => builder.fixed(layer, name, data),
    channelsFirst(activation = inputs[0]) {
      const { value, layout, tfShape } = activation;
      if (layout === "channels-first") return value;
      if (tfShape.length === 4) return context.apply(transpose, [value], { order: [0, 3, 1, 2] });
      if (tfShape.length !== 3) return context.refuse(`an input of rank ${tfShape.length}`);
      const [n, t, c] = tfShape;
      const swapped = context.apply(transpose, [value], { order: [0, 2, 1] });
      return context.apply(reshape, [swapped], { shape: [n, c, 1, t] });
    },
    channelsLast(activation = inputs[0]) {
      const { value, layout, tfShape } = activation;
      if (layout === "channels-last") return value;
      if (tfShape.length === 4) return context.apply(transpose, [value], { order: [0, 2, 3, 1] });
      const [n, t, c] = tfShape;
      const flat = context.apply(reshape, [value], { shape: [n, c, t] });
      return context.apply(transpose, [flat], { order: [0, 2, 1] });
    },
    first(value, rank = 4) {
      const [n, c, h, w] = value.shape;
      return { value, layout: "channels-first", tfShape: rank === 4 ? [n, h, w, c] : [n, w, c] };
    },
    last: (value) => ({ value, layout: "channels-last", tfShape: value.shape }),
    like: (value, activation = inputs[0]) => ({ ...activation, value }),
    within,
    activate: (activation, name) => activate(context, activation, name),
    refuse(what, remedy = "use the engine wasm or cpu, which run every layer of tfjs") {
      const kind = layer.getClassName();
      throw new InputError({
        expected: "layers that the engine ort covers",
        found: what === undefined ? kind : `${kind} with ${what}`,
        where: `the layer "${layer.name}"`,
        remedy,
      });
    },
  };
  return context;
}
