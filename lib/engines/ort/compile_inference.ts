import { emitForward } from "./emit_forward.ts";
import { createGraph, type Tensor } from "./graph.ts";
import type { OnnxModel } from "./onnx/model.ts";
import type { Target } from "./onnx/target.ts";
import type { Program } from "./program.ts";

/**
 * The model in inference mode as one graph for any number of examples: input `input`, output `logits`, or
 * `probabilities` where softmax is asked for. The parameters are part of it.
 *
 * @param program Traced with a count of `FREE_EXTENT`.
 */
export function compileInference(
  program: Program,
  { softmax = false, target }: { softmax?: boolean; target?: Target } = {},
): OnnxModel {
  const graph = createGraph({ target });
  const free = (shape: readonly number[]) => ["count", ...shape.slice(1)];
  const bound = new Map<number, Tensor>([[program.input.id, graph.input("input", free(program.input.shape))]]);
  for (const { name, value, data } of program.parameters) bound.set(value.id, graph.constant(data, value.shape, name));
  const { output } = emitForward(graph, program, { bound, training: false });
  if (softmax) {
    graph.scope("probabilities");
    const axis = output.shape.length - 1;
    graph.output(
      "probabilities",
      graph.node("Softmax", [output], output.shape, { attributes: { axis } }),
      free(output.shape),
    );
  } else {
    graph.output("logits", output, free(output.shape));
  }
  return { graph: graph.finish("model") };
}
