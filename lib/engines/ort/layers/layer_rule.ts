import type { layers } from "@tensorflow/tfjs";
import type { Shape } from "../graph.ts";
import type { Rule, Value } from "../program.ts";

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
