import { createGraph, type Graph, type Tensor } from "../graph.ts";

/** What a step of {@linkcode scan} takes and gives. */
export interface ScanStep {
  /** What the next step starts from. */
  states: readonly Tensor[];
  /** What is stacked over the steps. */
  outputs: readonly Tensor[];
}

/**
 * Runs `step` along axis 0 of the sequences, from the last item to the first where `backwards` is set. The body may use
 * tensors of the graph around it.
 *
 * @returns The stacked outputs, each with the steps on axis 0.
 */
export function scan(
  graph: Graph,
  { name, initial, sequences, backwards, step }: {
    /** Distinguishes the names in the body from all others in the file. */
    name: string;
    initial: readonly Tensor[];
    sequences: readonly Tensor[];
    backwards: boolean;
    step(body: Graph, states: readonly Tensor[], items: readonly Tensor[]): ScanStep;
  },
): Tensor[] {
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
