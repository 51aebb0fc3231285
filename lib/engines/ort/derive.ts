import type { Emitted } from "./emit_forward.ts";
import type { Graph, Tensor } from "./graph.ts";
import { sumOf } from "./onnx/arithmetic.ts";
import type { Program } from "./program.ts";

/**
 * Reverse-mode derivation (Griewank & Walther 2008, chapter 3): walks the operations backwards, hands each the gradient
 * of its output and adds up what its inputs get.
 *
 * @returns The gradient of each trained parameter by the id of its value.
 */
export function derive(
  graph: Graph,
  program: Program,
  { emitted, outputGradient }: { emitted: readonly Emitted[]; outputGradient: Tensor },
): Map<number, Tensor> {
  const trained = new Set(program.parameters.filter(({ role }) => role === "trained").map(({ value }) => value.id));
  const wanted = new Set(trained);
  for (const { operation } of emitted) {
    if (operation.inputs.some((value) => wanted.has(value.id))) wanted.add(operation.output.id);
  }
  const parts = new Map<number, Tensor[]>([[program.output.id, [outputGradient]]]);
  for (const { operation, inputs, output, saved } of emitted.toReversed()) {
    const { rule, layer, attributes } = operation;
    const received = parts.get(operation.output.id);
    const needs = operation.inputs.map((value) => wanted.has(value.id));
    if (received === undefined || !needs.includes(true)) continue;
    graph.scope(`${layer}/${rule.name} backwards`, rule);
    const dy = sumOf(graph, received);
    const gradients = rule.gradient({ graph, inputs, attributes, output, saved, dy, needs });
    operation.inputs.forEach((value, i) => {
      const gradient = gradients[i];
      if (!needs[i] || gradient === undefined) return;
      const kept = trained.has(value.id) ? graph.widened(gradient) : graph.narrowed(gradient);
      parts.set(value.id, [...parts.get(value.id) ?? [], kept]);
    });
    parts.delete(operation.output.id);
  }
  graph.scope("sum of gradients");
  return new Map([...parts].map(([id, list]) => [id, sumOf(graph, list)]));
}
