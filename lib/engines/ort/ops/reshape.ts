import { reshape as emitReshape } from "../onnx/rearrange.ts";
import type { Shape } from "../graph.ts";
import type { Rule } from "../program.ts";

export interface ReshapeAttributes {
  /** Extents of the result, batch included. */
  shape: Shape;
  /** Axis of the result that grows with the batch. */
  batchAxis?: number;
}

/** The same elements under other extents, there and back. */
export const reshape: Rule<ReshapeAttributes> = {
  name: "reshape",
  half: true,
  shape: (_, { shape }) => shape,
  forward: ({ graph, inputs: [x], attributes: { shape, batchAxis } }) => emitReshape(graph, x, shape, batchAxis),
  gradient: ({ graph, inputs: [x], dy }) => [emitReshape(graph, dy, x.shape)],
};
