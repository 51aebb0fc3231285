import type { Graph, Tensor } from "./graph.ts";
import type { Noise, Operation, Program } from "./program.ts";

/** An operation whose nodes stand in a graph. */
export interface Emitted {
  operation: Operation;
  inputs: readonly Tensor[];
  output: Tensor;
  saved: readonly Tensor[];
}

/**
 * Adds the nodes of all operations; `bound` holds the tensors of the input and of all parameters by value id.
 *
 * @returns `assigned`: statistics after the step, by the id of their value; `noises`: what each step must be fed with.
 */
export function emitForward(
  graph: Graph,
  program: Program,
  { bound, training }: { bound: ReadonlyMap<number, Tensor>; training: boolean },
) {
  const tensors = new Map(bound);
  const assigned = new Map<number, Tensor>();
  const noises: Noise[] = [];
  const emitted: Emitted[] = [];
  for (const operation of program.operations) {
    const { rule, layer, attributes, output: { id, shape } } = operation;
    graph.scope(`${layer}/${rule.name}`, rule);
    const inputs = operation.inputs.map((value) => tensors.get(value.id)!);
    const result = rule.forward({
      ...{ graph, inputs, attributes, shape, training },
      statistic: (index) => assigned.get(operation.inputs[index].id) ?? inputs[index],
      assign: (index, tensor) => assigned.set(operation.inputs[index].id, tensor),
      noise(noise) {
        const name = `noise ${noises.length}`;
        noises.push({ ...noise, name });
        return graph.input(name, noise.shape, noise.kind === "keep" ? "bool" : "float32");
      },
    });
    const [made, ...saved] = "name" in result ? [result] : result;
    const output = graph.narrowed(made);
    tensors.set(id, output);
    emitted.push({ operation, inputs, output, saved });
  }
  return { output: tensors.get(program.output.id)!, emitted, assigned, noises };
}
