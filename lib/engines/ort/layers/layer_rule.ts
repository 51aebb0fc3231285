import type { layers } from "@tensorflow/tfjs";
import { InputError } from "../../../errors/mod.ts";
import type { Shape } from "../graph.ts";
import { reshape, transpose } from "../ops/rearranging.ts";
import type { Rule, Value } from "../program.ts";
import type { ProgramBuilder } from "../program_builder.ts";
import { activate } from "./activation.ts";

/** A tf layer, as its class names it. */
export type Layer = layers.Layer;

/**
 * A value on its way from layer to layer. Convolution and pooling want the channels on axis 1; what doesn't care keeps
 * them where they are, so that few transposes are needed. With the channels first a `[n, t, c]` of tfjs is
 * `[n, c, 1, t]`.
 */
export interface Activation {
  readonly value: Value;
  readonly layout: "channels-first" | "channels-last";
  /** Extents in the `tf.LayersModel`, batch included. */
  readonly tfShape: Shape;
}

/** What a layer rule works with. */
export interface LayerContext {
  readonly layer: Layer;
  /** `layer.getConfig()`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Activation[];
  /** Whether the layer learns nothing. */
  readonly frozen: boolean;
  /** Appends an operation and gives its output. */
  apply<A>(rule: Rule<A>, inputs: readonly Value[], attributes: A): Value;
  /** The variable that ends in `/name`, its axes in the given order; `undefined` where the layer has none. */
  weight(name: string, arrangement?: { order?: readonly number[]; shape?: Shape }): Value | undefined;
  /** A value that the model doesn't learn, e.g. the scale that a layer left out. */
  fixed(name: string, data: Float32Array): Value;
  /** The input with the channels on axis 1. */
  channelsFirst(activation?: Activation): Value;
  /** The input as it is in tfjs. */
  channelsLast(activation?: Activation): Value;
  /** A result with the channels on axis 1, of tfjs rank 4 or 3. */
  first(value: Value, rank?: number): Activation;
  /** A result as it is in tfjs. */
  last(value: Value): Activation;
  /** A result that lies as an input lay. */
  like(value: Value, activation?: Activation): Activation;
  /** The activation function called `name` by tfjs. */
  activate(activation: Activation, name: unknown): Activation;
  /** What a layer inside this one makes of its inputs. */
  within(layer: Layer, inputs: readonly Activation[]): Activation;
  /**
   * Stops with the name of the layer and what about it is not covered; its kind where nothing is said.
   *
   * @param remedy @default {"use the engine wasm or cpu, which run every layer of tfjs"}
   */
  refuse(what?: string, remedy?: string): never;
}

/** From a tf layer to operations. */
export type LayerRule = (context: LayerContext) => Activation;

/** What the rule of `layer` works with, where `builder` holds the program that it adds to. */
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
