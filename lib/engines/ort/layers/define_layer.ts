import { UsageError } from "../../../errors/mod.ts";
import { activationLayers } from "./activation.ts";
import { convolutionLayers } from "./convolution.ts";
import { denseLayers } from "./dense.ts";
import { droppingLayers } from "./dropping.ts";
import type { Layer, LayerRule } from "./layer_rule.ts";
import { mergingLayers } from "./merging.ts";
import { normalizationLayers } from "./normalization.ts";
import { poolingLayers } from "./pooling.ts";
import { rearrangingLayers } from "./rearranging.ts";
import { recurrentLayers } from "./recurrence.ts";

/** Which layers of tfjs the engine covers, each by the rule that turns it into operations. */
export const LAYERS: Readonly<Record<string, LayerRule>> = {
  ...activationLayers,
  ...convolutionLayers,
  ...denseLayers,
  ...droppingLayers,
  ...mergingLayers,
  ...normalizationLayers,
  ...poolingLayers,
  ...rearrangingLayers,
  ...recurrentLayers,
};

const own = new Map<string, LayerRule>();

/**
 * How the engine `ort` computes and derives a layer of one's own, a subclass of `tf.layers.Layer`. tfjs' engines need no
 * such rule: they derive what `call()` is made of. Whoever trains with the layer by `ort` is told if its nodes give other
 * numbers than `call()` does; `experiments/howto/own_layer.ts` is a worked one.
 *
 * @param className Its `static className`, which `tf.serialization.registerClass` knows it by.
 * @throws {UsageError} where a layer of tfjs has that name.
 *
 * @example A layer that turns the sign, whose forward and backward pass are a rule of their own
 * ```ts
 * import { defineLayer, nodes, type Rule } from "../../mod.ts";
 * const negative: Rule<null> = {
 *   name: "negative",
 *   shape: ([x]) => x,
 *   forward: ({ graph, inputs: [x] }) => nodes.unary(graph, "Neg", x),
 *   gradient: ({ graph, dy }) => [nodes.unary(graph, "Neg", dy)],
 * };
 * defineLayer("Negative", ({ apply, inputs: [x], like }) => like(apply(negative, [x.value], null)));
 * ```
 */
export function defineLayer(className: string, rule: LayerRule): void {
  if (Object.hasOwn(LAYERS, className)) {
    throw new UsageError({
      expected: "a layer with a name of its own",
      found: `"${className}", which tfjs has already`,
      remedy: "give its class another static className",
    });
  }
  own.set(className, rule);
}

/** How a layer is computed and derived; none where nobody has said so. */
export function ruleOf(layer: Layer): LayerRule | undefined {
  const name = layer.getClassName();
  return own.get(name) ?? LAYERS[name];
}

/** Whether a layer's rule is a user's. */
export function isOwnLayer(layer: Layer): boolean {
  return own.has(layer.getClassName());
}
