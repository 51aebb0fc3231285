import type { Graph, Shape, Tensor } from "./graph.ts";

/** What flows between operations; the batch is axis 0 unless it is a parameter. */
export interface Value {
  readonly id: number;
  readonly shape: Shape;
}

/** What the forward emission of an operation gets. */
export interface ForwardContext<A> {
  graph: Graph;
  inputs: readonly Tensor[];
  attributes: A;
  /** Extents of the output. */
  shape: Shape;
  /** Batch statistics and noise in training, moving statistics and none in inference. */
  training: boolean;
  /** A statistic, given as input `index`, as the uses of it before this one have left it. */
  statistic(index: number): Tensor;
  /** Says what a statistic is after this use of it. */
  assign(index: number, tensor: Tensor): void;
  /** Numbers that are drawn anew for each step. */
  noise(noise: Omit<Noise, "name">): Tensor;
}

/** What the gradient rule of an operation gets. */
export interface BackwardContext<A> {
  graph: Graph;
  inputs: readonly Tensor[];
  attributes: A;
  output: Tensor;
  /** What the forward emission kept. */
  saved: readonly Tensor[];
  /** Gradient of the loss with respect to the output. */
  dy: Tensor;
  /** Which inputs want a gradient. */
  needs: readonly boolean[];
}

/** An operation: its shape, its forward nodes and its gradient, side by side. */
export interface Rule<A> {
  readonly name: string;
  /** Whether it bears float16, since it multiplies, moves or picks values and adds up few. @default {false} */
  readonly half?: boolean;
  /** Extents of the output. @default those of the first input */
  shape?(inputs: readonly Shape[], attributes: A): Shape;
  /** The output, and after it what the gradient wants to use again. */
  forward(context: ForwardContext<A>): Tensor | readonly [Tensor, ...Tensor[]];
  /** Gradients with respect to the inputs; `undefined` where there is none or it isn't needed. */
  gradient(context: BackwardContext<A>): (Tensor | undefined)[];
}

/** A rule applied to values. */
export interface Operation {
  readonly rule: Rule<unknown>;
  /** The tf layer that it comes from. */
  readonly layer: string;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: unknown;
}

/** Random numbers that a step is fed with. */
export interface Noise {
  name: string;
  /** `keep`: 1 with probability `1 - rate`, else 0, as booleans. `normal`: mean 0, standard deviation 1. */
  kind: "keep" | "normal";
  rate: number;
  shape: Shape;
}

/** A weight or statistic of the `tf.LayersModel`, in the order of axes that the graph wants. */
export interface Parameter {
  /** Name of the variable, e.g. `conv2d_1/kernel`. */
  readonly name: string;
  /** Position among `model.weights`; none for what a layer left out and the graph needs. */
  readonly index?: number;
  readonly layer: string;
  readonly value: Value;
  /** Learnt, left alone, or a moving statistic. */
  readonly role: "trained" | "frozen" | "statistic";
  /** Values at import. */
  readonly data: Float32Array;
  /** Extents in the `tf.LayersModel`. */
  readonly tfShape: Shape;
  /** Axis `i` here is axis `order[i]` there, before a last reshape to `value.shape`. */
  readonly order: readonly number[];
}

/** A model as a list of operations, each after those that it uses. */
export interface Program {
  readonly input: Value;
  readonly output: Value;
  readonly operations: readonly Operation[];
  readonly parameters: readonly Parameter[];
}

/** How many operations use each value, by its id; the output of the program counts as used once more. */
export function useCounts({ operations, output }: Program): Map<number, number> {
  const counts = new Map([[output.id, 1]]);
  for (const { inputs } of operations) for (const { id } of inputs) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
