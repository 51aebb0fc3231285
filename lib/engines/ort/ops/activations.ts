import { add, asNumber, div, greater, mul, sub, unary, where } from "../onnx/arithmetic.ts";
import type { Graph, Tensor } from "../graph.ts";
import { elementwise } from "./elementwise.ts";

/** `y = 1 / (1 + e^-x)`; `y' = y (1 - y)`. */
export const sigmoid = elementwise(
  "sigmoid",
  (graph, x) => unary(graph, "Sigmoid", x),
  (graph, { y }) => mul(graph, y, sub(graph, 1, y)),
);

/** `y' = 1 - y^2`. */
export const tanh = elementwise(
  "tanh",
  (graph, x) => unary(graph, "Tanh", x),
  (graph, { y }) => sub(graph, 1, mul(graph, y, y)),
);

/** `y = min(max(x, 0), 6)`; `y' = 1` in between. */
export const relu6 = elementwise(
  "relu6",
  (graph, x) => graph.node("Clip", [x, graph.scalar(0), graph.scalar(6)], x.shape),
  (graph, { y }) => asNumber(graph, greater(graph, mul(graph, y, sub(graph, 6, y)), 0)),
);

/** `y = x` above 0, `alpha (e^x - 1)` below; `y' = 1` above, `y + alpha` below. */
export const elu = elementwise<{ alpha: number }>(
  "elu",
  (graph, x, { alpha }) => graph.node("Elu", [x], x.shape, { attributes: { alpha: { float: alpha } } }),
  (graph, { y }, { alpha }) => where(graph, greater(graph, y, 0), 1, add(graph, y, alpha)),
);

// Klambauer et al. 2017.
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** `y = scale elu(x)`; `y' = scale` above 0, `y + scale alpha` below. */
export const selu = elementwise(
  "selu",
  (graph, x) =>
    graph.node("Selu", [x], x.shape, { attributes: { alpha: { float: SELU_ALPHA }, gamma: { float: SELU_SCALE } } }),
  (graph, { y }) => where(graph, greater(graph, y, 0), SELU_SCALE, add(graph, y, SELU_SCALE * SELU_ALPHA)),
);

/** `y = x s(x)` with the sigmoid `s`; `y' = s + y (1 - s)`. */
export const swish = elementwise(
  "swish",
  (graph, x) => mul(graph, x, unary(graph, "Sigmoid", x)),
  (graph, { x, y }) => {
    const s = unary(graph, "Sigmoid", x);
    return add(graph, s, mul(graph, y, sub(graph, 1, s)));
  },
);

/** `y = x P(x)` with the normal distribution `P` and its density `p`; `y' = P + x p`. */
export const gelu = elementwise(
  "gelu",
  (graph, x) => mul(graph, x, normalDistribution(graph, x)),
  (graph, { x }) => {
    const density = mul(graph, unary(graph, "Exp", mul(graph, mul(graph, x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return add(graph, normalDistribution(graph, x), mul(graph, x, density));
  },
);

function normalDistribution(graph: Graph, x: Tensor): Tensor {
  const erf = unary(graph, "Erf", mul(graph, x, Math.SQRT1_2));
  return mul(graph, add(graph, erf, 1), 0.5);
}

/** `y = x P(x)` with `P` by its tanh approximation (Hendrycks & Gimpel 2016). */
export const geluNew = elementwise(
  "gelu_new",
  (graph, x) => mul(graph, x, mul(graph, add(graph, unary(graph, "Tanh", geluArgument(graph, x)), 1), 0.5)),
  (graph, { x }) => {
    const t = unary(graph, "Tanh", geluArgument(graph, x));
    const inner = add(graph, mul(graph, mul(graph, x, x), 3 * GELU_CUBE * GELU_SCALE), GELU_SCALE);
    const slope = mul(graph, mul(graph, x, sub(graph, 1, mul(graph, t, t))), inner);
    return mul(graph, add(graph, add(graph, t, 1), slope), 0.5);
  },
);

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBE = 0.044715;

function geluArgument(graph: Graph, x: Tensor): Tensor {
  const cube = mul(graph, mul(graph, mul(graph, x, x), x), GELU_CUBE);
  return mul(graph, add(graph, x, cube), GELU_SCALE);
}

/** `y = log(1 + e^x)`; `y' = 1 / (1 + e^-x)`. */
export const softplus = elementwise(
  "softplus",
  (graph, x) => unary(graph, "Softplus", x),
  (graph, { x }) => unary(graph, "Sigmoid", x),
);

/** `y = x / (1 + |x|)`; `y' = 1 / (1 + |x|)^2`. */
export const softsign = elementwise(
  "softsign",
  (graph, x) => unary(graph, "Softsign", x),
  (graph, { x }) => {
    const below = div(graph, 1, add(graph, unary(graph, "Abs", x), 1));
    return mul(graph, below, below);
  },
);

/** `y = min(max(0.2 x + 0.5, 0), 1)`; `y' = 0.2` in between. */
export const hardSigmoid = elementwise(
  "hard_sigmoid",
  (graph, x) =>
    graph.node("HardSigmoid", [x], x.shape, { attributes: { alpha: { float: 0.2 }, beta: { float: 0.5 } } }),
  (graph, { y }) => mul(graph, asNumber(graph, greater(graph, mul(graph, y, sub(graph, 1, y)), 0)), 0.2),
);

/** `y = x` above 0, `alpha x` below (Maas et al. 2013). */
export const leakyRelu = elementwise<{ alpha: number }>(
  "leaky_relu",
  (graph, x, { alpha }) => graph.node("LeakyRelu", [x], x.shape, { attributes: { alpha: { float: alpha } } }),
  (graph, { x }, { alpha }) => where(graph, greater(graph, x, 0), 1, alpha),
);
