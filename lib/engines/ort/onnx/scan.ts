import { createGraph, type Graph, type Tensor } from "../graph.ts";
import { concat, reshape, slice } from "./rearrange.ts";

/** What a step of {@linkcode scan} gives. */
export interface ScanStep {
  /** What the next step starts from. */
  states: readonly Tensor[];
  /** What is stacked over the steps. */
  outputs: readonly Tensor[];
}

/** What {@linkcode scan} runs over what. */
export interface ScanOptions {
  /** Distinguishes the names in the body from all others in the file. */
  name: string;
  initial: readonly Tensor[];
  sequences: readonly Tensor[];
  backwards: boolean;
  step(body: Graph, states: readonly Tensor[], items: readonly Tensor[]): ScanStep;
}

/**
 * Runs `step` along axis 0 of the sequences, from the last item to the first where `backwards` is set. The body may use
 * tensors of the graph around it.
 *
 * @returns The stacked outputs, each with the steps on axis 0.
 */
export function scan(graph: Graph, options: ScanOptions): Tensor[] {
  if (!graph.target.loops) return unrolled(graph, options);
  const { name, initial, sequences, backwards, step } = options;
  const body = createGraph({ outer: graph });
  body.scope(name);
  const states = initial.map((tensor, i) => body.input(`${name}/state ${i}`, tensor.shape));
  const items = sequences.map((tensor, i) => body.input(`${name}/item ${i}`, tensor.shape.slice(1)));
  const made = step(body, states, items);
  made.states.forEach((tensor, i) => body.output(`${name}/state ${i} next`, tensor));
  made.outputs.forEach((tensor, i) => body.output(`${name}/output ${i}`, tensor));
  const steps = sequences[0].shape[0];
  const shapes = [...initial.map(({ shape }) => shape), ...made.outputs.map(({ shape }) => [steps, ...shape])];
  const direction = backwards ? 1 : 0;
  const results = graph.nodes("Scan", [...initial, ...sequences], shapes, {
    attributes: {
      body: body.finish(name),
      num_scan_inputs: sequences.length,
      scan_input_directions: sequences.map(() => direction),
      scan_output_directions: made.outputs.map(() => direction),
    },
  });
  return results.slice(initial.length);
}

/** The steps one after the other in the graph itself. */
function unrolled(graph: Graph, { initial, sequences, backwards, step }: ScanOptions): Tensor[] {
  const times = Array.from({ length: sequences[0].shape[0] }, (_, at) => at);
  const made: (readonly Tensor[])[] = [];
  let states = initial;
  for (const at of backwards ? times.toReversed() : times) {
    const items = sequences.map((sequence) => {
      const item = slice(graph, sequence, { axes: [0], starts: [at], ends: [at + 1] });
      return reshape(graph, item, sequence.shape.slice(1));
    });
    const done = step(graph, states, items);
    states = done.states;
    made[at] = done.outputs.map((output) => reshape(graph, output, [1, ...output.shape], 1));
  }
  return made[0].map((_, i) => concat(graph, made.map((outputs) => outputs[i]), 0));
}
