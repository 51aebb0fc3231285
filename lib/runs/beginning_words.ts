import type { RunBeginning } from "./beginning_file.ts";

/** Layers that a sentence names. */
const NAMED = 4;

/** What the networks of a run began with, in a sentence or two. */
export function beginningWords({ run, sha256, layers, fresh, weights, of, sameInput }: RunBeginning): string {
  const from = `the run ${run} (SHA-256 of its weights ${sha256.slice(0, 12)}…)`;
  if (layers.length === 0) return `The networks began at random and took no weights of ${from}.`;
  return `Each network began with ${weights} of its ${of} weights from ${from}: those of ${listed(layers)}; ` +
    `${listed(fresh) || "no layer"} began at random.${sameInput ? "" : " That run heard by another input."}`;
}

function listed(layers: readonly string[]): string {
  return layers.slice(0, NAMED).join(", ") + (layers.length > NAMED ? ` and ${layers.length - NAMED} more` : "");
}
