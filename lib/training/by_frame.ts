import type { ExampleSet, ExampleSource } from "./example_source.ts";

/** Outputs of a network for one window: a row of classes, or one a frame. */
export function outputsOf({ framed, frames, classes }: ExampleSource): number {
  return framed ? frames * classes : classes;
}

/** What the outputs for some windows are compared with: `[count]`, or `[count, frames]` with -1 where no class is known. */
export function labelsOf({ source, indices }: ExampleSet): Int32Array {
  const { framed, frames, labels } = source;
  if (!framed) return Int32Array.from(indices, (index) => labels[index]);
  const all = new Int32Array(indices.length * frames);
  indices.forEach((index, i) => all.set(framed.labels(index), i * frames));
  return all;
}

/** `[frames, classes]`: the weight of its class where a frame's is known, zeros where it isn't. */
export function frameTarget(labels: Int32Array, weights: Float32Array): Float32Array {
  const classes = weights.length;
  const target = new Float32Array(labels.length * classes);
  labels.forEach((label, frame) => {
    if (label >= 0) target[frame * classes + label] = weights[label];
  });
  return target;
}
