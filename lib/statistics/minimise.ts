/** Value at a point; writes the gradient there. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Largest absolute entry of the gradient at which it ends. */
  tolerance: number;
  /** Turns a gradient into roughly the step that it asks for, in its place: the inverse of what is known of the curvature. */
  solve?: (gradient: Float64Array) => void;
}

const memory = 10; // pairs of steps and gradient changes that the curvature is built from
const mostSteps = 1000;

/**
 * The minimum of a smooth convex function by L-BFGS (Liu & Nocedal 1989; two-loop recursion, halving line search with the
 * Armijo condition), which goes by `solve` where it is given (preconditioned; Nocedal & Wright 2006, 7.2).
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, solve }: MinimiseOptions,
): Float64Array {
  let at = start.slice(), gradient = new Float64Array(start.length);
  let value = objective(at, gradient);
  const pairs: { step: Float64Array; change: Float64Array; inner: number }[] = [];
  for (let count = 0; count < mostSteps; count++) {
    if (gradient.every((entry) => Math.abs(entry) <= tolerance)) break;
    const direction = descent(gradient, pairs, solve), slope = dot(direction, gradient);
    const next = new Float64Array(at.length), nextGradient = new Float64Array(at.length);
    let length = pairs.length === 0 && !solve ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let nextValue = Infinity;
    for (let halving = 0; halving < 50; halving++, length /= 2) {
      for (let k = 0; k < at.length; k++) next[k] = at[k] + length * direction[k];
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) break; // no digits left
    const step = next.map((entry, k) => entry - at[k]);
    const change = nextGradient.map((entry, k) => entry - gradient[k]);
    const inner = dot(step, change);
    if (inner > 1e-300) pairs.push({ step, change, inner });
    if (pairs.length > memory) pairs.shift();
    at = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return at;
}

/** Minus the gradient under the inverse curvature of the pairs, and of `solve` before them. */
function descent(
  gradient: Float64Array,
  pairs: readonly { step: Float64Array; change: Float64Array; inner: number }[],
  solve: MinimiseOptions["solve"],
): Float64Array {
  const direction = gradient.map((entry) => -entry);
  const alphas: number[] = [];
  for (const { step, change, inner } of pairs.toReversed()) {
    const alpha = dot(step, direction) / inner;
    alphas.push(alpha);
    addTo(direction, change, -alpha);
  }
  const last = pairs.at(-1);
  if (solve) solve(direction);
  else if (last) {
    const scale = last.inner / dot(last.change, last.change);
    for (let k = 0; k < direction.length; k++) direction[k] *= scale;
  }
  for (const { step, change, inner } of pairs) addTo(direction, step, alphas.pop()! - dot(change, direction) / inner);
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function addTo(sum: Float64Array, values: Float64Array, factor: number): void {
  for (let k = 0; k < sum.length; k++) sum[k] += factor * values[k];
}
