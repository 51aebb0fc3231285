import type { Graph, Shape, Tensor } from "../graph.ts";
import type { Attribute } from "./model.ts";

/** Makes the outputs of a node in another way; nothing where the node itself will do. */
export type Replacement = (
  graph: Graph,
  inputs: readonly Tensor[],
  node: { shapes: readonly Shape[]; attributes: Readonly<Record<string, Attribute>> },
) => Tensor[] | undefined;

/** What executes the nodes of a graph. */
export interface Target {
  /** As onnxruntime calls it. */
  readonly provider: "cpu" | "webgpu";
  /** Whether it has loops; else their steps are written one after the other. */
  readonly loops: boolean;
  /** What stands for the kinds of node that it lacks. */
  readonly instead: Readonly<Record<string, Replacement>>;
}

/** The processor, for which all nodes are written. */
export const CPU: Target = { provider: "cpu", loops: true, instead: {} };
