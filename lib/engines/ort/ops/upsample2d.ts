import { mul } from "../onnx/arithmetic.ts";
import type { Graph, Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";

/** Each element of `[n, c, h, w]` repeated over a window of its own; `dx` is the sum of `dy` over the window. */
export const upsample2d: Rule<{ size: readonly [number, number] }> = {
  name: "upsample2d",
  shape: ([[n, c, h, w]], { size }) => [n, c, h * size[0], w * size[1]],
  forward: ({ graph, inputs: [x], attributes: { size } }) => spread(graph, x, size),
  gradient({ graph, inputs: [x], attributes: { size }, dy }) {
    const mean = graph.node("AveragePool", [dy], x.shape, { attributes: { kernel_shape: size, strides: size } });
    return [mul(graph, mean, size[0] * size[1])];
  },
};

/** The nodes of {@linkcode upsample2d}. */
export function spread(graph: Graph, x: Tensor, [height, width]: readonly [number, number]): Tensor {
  const [n, c, h, w] = x.shape;
  const scales = graph.constant(Float32Array.of(1, 1, height, width), [4], `scales ${height} ${width}`);
  return graph.node("Resize", [x, undefined, scales], [n, c, h * height, w * width], {
    attributes: { mode: "nearest", coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" },
  });
}
