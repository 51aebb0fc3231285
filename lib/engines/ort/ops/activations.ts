import type { Graph, Tensor } from "../graph.ts";
import { add, asNumber, div, greater, mul, stepAbove0, sub, unary, where } from "../onnx/arithmetic.ts";
import type { Rule } from "../program.ts";

type Formula = (graph: Graph, x: Tensor) => Tensor;
/** What the function's slope is at `x`, where its value is `y`. */
type Derivative = (graph: Graph, at: { x: Tensor; y: Tensor }) => Tensor;

/** A function of each element by its formula and its derivative. */
function elementwise(name: string, [formula, derivative]: readonly [Formula, Derivative]): Rule<null> {
  return {
    name,
    half: name === "relu",
    forward: ({ graph, inputs: [x] }) => formula(graph, x),
    gradient: ({ graph, inputs: [x], output: y, dy }) => [mul(graph, dy, derivative(graph, { x, y }))],
  };
}

/** A node with numbers for attributes, on values in plain order. */
function node(op: string, numbers: Record<string, number>): Formula {
  const attributes = Object.fromEntries(Object.entries(numbers).map(([name, float]) => [name, { float }]));
  return (graph, x) => graph.node(op, [x], x.shape, { attributes });
}

/** `y = x` above 0, `alpha (e^x - 1)` below; `y' = 1` above, `y + alpha` below. */
export const elu = (alpha: number): Rule<null> =>
  elementwise("elu", [
    node("Elu", { alpha }),
    (graph, { y }) => where(graph, greater(graph, y, 0), 1, add(graph, y, alpha)),
  ]);

/** `y = x` above 0, `alpha x` below (Maas et al. 2013). */
export const leakyRelu = (alpha: number): Rule<null> =>
  elementwise("leaky_relu", [
    node("LeakyRelu", { alpha }),
    (graph, { x }) => where(graph, greater(graph, x, 0), 1, alpha),
  ]);

// Klambauer et al. 2017.
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBE = 0.044715;

function geluArgument(graph: Graph, x: Tensor): Tensor {
  const cube = mul(graph, mul(graph, mul(graph, x, x), x), GELU_CUBE);
  return mul(graph, add(graph, x, cube), GELU_SCALE);
}

function normalDistribution(graph: Graph, x: Tensor): Tensor {
  const erf = unary(graph, "Erf", mul(graph, x, Math.SQRT1_2));
  return mul(graph, add(graph, erf, 1), 0.5);
}

/** `y'` of the sigmoid by its result. */
const bell: Derivative = (graph, { y }) => mul(graph, y, sub(graph, 1, y));

/** Functions without options and their derivatives, by the names of tfjs. */
export const FORMULAS = {
  /** `y = max(x, 0)`; `y' = 1` where `y > 0`, else 0. */
  relu: [(graph, x) => unary(graph, "Relu", x), (graph, { y }) => stepAbove0(graph, y)],
  /** `y = min(max(x, 0), 6)`; `y' = 1` in between. */
  relu6: [
    (graph, x) => graph.node("Clip", [x, graph.scalar(0), graph.scalar(6)], x.shape),
    (graph, { y }) => asNumber(graph, greater(graph, mul(graph, y, sub(graph, 6, y)), 0)),
  ],
  /** `y = 1 / (1 + e^-x)`; `y' = y (1 - y)`. */
  sigmoid: [(graph, x) => unary(graph, "Sigmoid", x), bell],
  /** `y' = 1 - y^2`. */
  tanh: [(graph, x) => unary(graph, "Tanh", x), (graph, { y }) => sub(graph, 1, mul(graph, y, y))],
  /** `y = scale elu(x)`; `y' = scale` above 0, `y + scale alpha` below. */
  selu: [
    node("Selu", { alpha: SELU_ALPHA, gamma: SELU_SCALE }),
    (graph, { y }) => where(graph, greater(graph, y, 0), SELU_SCALE, add(graph, y, SELU_SCALE * SELU_ALPHA)),
  ],
  /** `y = x s(x)` with the sigmoid `s`; `y' = s + y (1 - s)`. */
  swish: [
    (graph, x) => mul(graph, x, unary(graph, "Sigmoid", x)),
    (graph, { x, y }) => {
      const s = unary(graph, "Sigmoid", x);
      return add(graph, s, mul(graph, y, sub(graph, 1, s)));
    },
  ],
  /** `y = x P(x)` with the normal distribution `P` and its density `p`; `y' = P + x p`. */
  gelu: [
    (graph, x) => mul(graph, x, normalDistribution(graph, x)),
    (graph, { x }) => {
      const density = mul(graph, unary(graph, "Exp", mul(graph, mul(graph, x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return add(graph, normalDistribution(graph, x), mul(graph, x, density));
    },
  ],
  /** `y = x P(x)` with `P` by its tanh approximation (Hendrycks & Gimpel 2016). */
  gelu_new: [
    (graph, x) => mul(graph, x, mul(graph, add(graph, unary(graph, "Tanh", geluArgument(graph, x)), 1), 0.5)),
    (graph, { x }) => {
      const t = unary(graph, "Tanh", geluArgument(graph, x));
      const inner = add(graph, mul(graph, mul(graph, x, x), 3 * GELU_CUBE * GELU_SCALE), GELU_SCALE);
      const slope = mul(graph, mul(graph, x, sub(graph, 1, mul(graph, t, t))), inner);
      return mul(graph, add(graph, add(graph, t, 1), slope), 0.5);
    },
  ],
  /** `y = log(1 + e^x)`; `y' = 1 / (1 + e^-x)`. */
  softplus: [(graph, x) => unary(graph, "Softplus", x), (graph, { x }) => unary(graph, "Sigmoid", x)],
  /** `y = x / (1 + |x|)`; `y' = 1 / (1 + |x|)^2`. */
  softsign: [
    (graph, x) => unary(graph, "Softsign", x),
    (graph, { x }) => {
      const below = div(graph, 1, add(graph, unary(graph, "Abs", x), 1));
      return mul(graph, below, below);
    },
  ],
  /** `y = min(max(0.2 x + 0.5, 0), 1)`; `y' = 0.2` in between. */
  hard_sigmoid: [
    node("HardSigmoid", { alpha: 0.2, beta: 0.5 }),
    (graph, at) => mul(graph, asNumber(graph, greater(graph, bell(graph, at), 0)), 0.2),
  ],
} satisfies Readonly<Record<string, readonly [Formula, Derivative]>>;

/** The same as operations. */
export const ACTIVATIONS: Readonly<Record<string, Rule<null>>> = Object.fromEntries(
  Object.entries(FORMULAS).map(([name, formulas]) => [name, elementwise(name, formulas)]),
);
