import { emitForward } from "./emit_forward.ts";
import { createGraph, type Graph, type Tensor } from "./graph.ts";
import type { OnnxModel } from "./onnx/model.ts";
import type { Target } from "./onnx/target.ts";
import type { Program } from "./program.ts";

/**
 * The model in inference mode as one graph for any number of examples: input `input`, output `logits`. The parameters are
 * part of it.
 *
 * @param program Traced with a count of `FREE_EXTENT`.
 */
export function compileInference(program: Program, { target }: { target?: Target } = {}): OnnxModel {
  const graph = createGraph({ target });
  const free = (shape: readonly number[]) => ["count", ...shape.slice(1)];
  const output = emitInference(graph, program, graph.input("input", free(program.input.shape)));
  graph.output("logits", output, free(output.shape));
  return { graph: graph.finish("model") };
}

/** What a model in inference mode makes of `input`; `prefix` goes before the names of its parameters. */
export function emitInference(graph: Graph, program: Program, input: Tensor, prefix = ""): Tensor {
  const bound = new Map([[program.input.id, input]]);
  for (const { name, value, data } of program.parameters) {
    bound.set(value.id, graph.constant(data, value.shape, `${prefix}${name}`));
  }
  return emitForward(graph, program, { bound, training: false }).output;
}
