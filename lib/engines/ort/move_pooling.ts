import type { Graph } from "./graph.ts";
import { canBlock } from "./onnx/blocked.ts";
import { ACTIVATIONS } from "./ops/activations.ts";
import { batchNorm, type BatchNormAttributes, batchNormMaxPool } from "./ops/batch_norm.ts";
import { maxPool2d, type Pool2dAttributes, tiles } from "./ops/pool2d.ts";
import { type Program, useCounts } from "./program.ts";

/** Pooling as early as it may be (measured in bench/README.md), so that what follows has fewer elements to go through. */
export function movePooling(program: Program, graph: Graph): Program {
  return poolBeforeScaling(swapReluAndPooling(program), graph);
}

/** ReLU after the pooling instead of before it: the maximum of what is cut off at 0 is the maximum, cut off at 0. */
function swapReluAndPooling(program: Program): Program {
  const operations = [...program.operations];
  const uses = useCounts(program);
  for (const [at, pooling] of operations.entries()) {
    if (pooling.rule !== maxPool2d) continue;
    const reluAt = operations.findIndex(({ output }) => output.id === pooling.inputs[0].id);
    const relu = operations[reluAt];
    if (relu?.rule !== ACTIVATIONS.relu || uses.get(relu.output.id) !== 1) continue;
    // The pooled value takes the id of the value that is gone; its extents are those after the pooling.
    const output = { id: relu.output.id, shape: pooling.output.shape };
    operations[at] = { ...relu, inputs: [output], output: pooling.output };
    operations[reluAt] = { ...pooling, inputs: relu.inputs, output };
  }
  return { ...program, operations };
}

/** Makes one operation of a batch normalisation and the pooling right after it, where `graph` can have blocked values. */
function poolBeforeScaling(program: Program, graph: Graph): Program {
  const uses = useCounts(program);
  const before = new Map(program.operations.map((made) => [made.output.id, made]));
  const gone = new Set<number>();
  const operations = program.operations.map((pooling) => {
    const norm = before.get(pooling.inputs[0].id);
    if (pooling.rule !== maxPool2d || norm?.rule !== batchNorm || uses.get(norm.output.id) !== 1) return pooling;
    const { layer, inputs } = norm;
    const attributes = { ...norm.attributes as BatchNormAttributes, ...pooling.attributes as Pool2dAttributes };
    // Of a layer that is used twice the statistics move in the order of the uses.
    if (attributes.frozen || uses.get(inputs[3].id) !== 1) return pooling;
    if (!canBlock(graph, norm.output.shape) || !tiles(norm.output.shape, attributes)) return pooling;
    gone.add(norm.output.id);
    return { rule: batchNormMaxPool, layer, inputs, output: pooling.output, attributes };
  });
  return { ...program, operations: operations.filter(({ output }) => !gone.has(output.id)) };
}
