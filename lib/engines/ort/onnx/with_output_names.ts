import type { OnnxNode, OnnxValueInfo } from "./model.ts";

/** Renames what the graph gives out; a value that is an input or is given out twice needs a node of its own. */
export function withOutputNames(
  nodes: readonly OnnxNode[],
  outputs: readonly (OnnxValueInfo & { source: string })[],
): { nodes: OnnxNode[] } {
  const made = new Set(nodes.flatMap((node) => node.outputs));
  const names = new Map<string, string>();
  const copies: OnnxNode[] = [];
  for (const { name, source } of outputs) {
    if (made.has(source) && !names.has(source)) {
      names.set(source, name);
    } else {
      const inputs = [names.get(source) ?? source];
      copies.push({ name: `copy ${name}`, op: "Identity", domain: "", inputs, outputs: [name], attributes: {} });
    }
  }
  const renamed = (list: readonly string[]) => list.map((name) => names.get(name) ?? name);
  return {
    nodes: [
      ...nodes.map((node) => ({ ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) })),
      ...copies,
    ],
  };
}
