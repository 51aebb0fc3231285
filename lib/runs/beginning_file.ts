import { flag, integer, one, type Shaped, text } from "../files/json_shape.ts";

/** `beginning.json`: the weights of an earlier run that the networks began with. */
export const beginning = {
  version: one,
  /** Its folder. */
  run: text,
  /** SHA-256 of the weights of all of its networks. */
  sha256: text,
  /** Whether it heard by the same input. */
  sameInput: flag,
  /** Layers whose weights were taken, and those that began at random. */
  layers: [text],
  fresh: [text],
  /** Numbers that were taken, and that a network has. */
  weights: integer,
  of: integer,
  /** The network of the earlier run, counted from 0, that each fold's began with. */
  folds: [{ fold: integer, seed: integer, network: integer }],
};
export type RunBeginning = Shaped<typeof beginning>;

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
