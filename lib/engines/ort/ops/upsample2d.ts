import { mul } from "../onnx/arithmetic.ts";
import { type BlockedAttributes, blockedNode } from "../onnx/blocked.ts";
import type { Graph, Shape, Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";

/** Each element of `[n, c, h, w]` repeated over a window of its own; `dx` is the sum of `dy` over the window. */
export const upsample2d: Rule<{ size: readonly [number, number] }> = {
  name: "upsample2d",
  shape: ([[n, c, h, w]], { size }) => [n, c, h * size[0], w * size[1]],
  forward: ({ graph, inputs: [x], attributes: { size } }) => spread(graph, x, size),
  gradient({ graph, inputs: [x], attributes: { size }, dy }) {
    const mean = pool(graph, "AveragePool", dy, { shape: x.shape, attributes: { kernel_shape: size, strides: size } });
    return [mul(graph, mean, size[0] * size[1])];
  },
};

/** The nodes of {@linkcode upsample2d}. */
export function spread(graph: Graph, x: Tensor, [height, width]: readonly [number, number]): Tensor {
  const [n, c, h, w] = x.shape;
  const shape = [n, c, h * height, w * width];
  if (x.blocked) {
    return blockedNode(graph, "Upsample", [x], { shape, attributes: { scales: [1, 1, height, width] } });
  }
  const scales = graph.constant(Float32Array.of(1, 1, height, width), [4], `scales ${height} ${width}`);
  return graph.node("Resize", [x, undefined, scales], shape, {
    attributes: { mode: "nearest", coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" },
  });
}

/** A pooling node on `x` as it lies. */
export function pool(
  graph: Graph,
  op: "MaxPool" | "AveragePool",
  x: Tensor,
  options: { shape: Shape; attributes: BlockedAttributes },
): Tensor {
  if (x.blocked) return blockedNode(graph, op, [x], options);
  return graph.node(op, [x], options.shape, { attributes: options.attributes });
}
