import type { Graph } from "./graph.ts";
import { canBlock } from "./onnx/blocked.ts";
import { batchNorm, type BatchNormAttributes } from "./ops/batch_norm.ts";
import { batchNormMaxPool } from "./ops/batch_norm_max_pool.ts";
import { maxPool2d, type Pool2dAttributes, tiles } from "./ops/pool2d.ts";
import { operation, type Program } from "./program.ts";
import { useCounts } from "./use_counts.ts";

/** Makes one operation of a batch normalisation and the pooling right after it, where `graph` can have blocked values. */
export function poolBeforeScaling(program: Program, graph: Graph): Program {
  const uses = useCounts(program);
  const before = new Map(program.operations.map((made) => [made.output.id, made]));
  const gone = new Set<number>();
  const operations = program.operations.map((pooling) => {
    const norm = before.get(pooling.inputs[0].id);
    if (pooling.name !== maxPool2d.name || norm?.name !== batchNorm.name || uses.get(norm.output.id) !== 1) {
      return pooling;
    }
    // Of a layer that is used twice the statistics move in the order of the uses.
    if ((norm.attributes as BatchNormAttributes).frozen || uses.get(norm.inputs[3].id) !== 1) return pooling;
    const windows = pooling.attributes as Pool2dAttributes;
    if (!canBlock(graph, norm.output.shape) || !tiles(norm.output.shape, windows)) return pooling;
    gone.add(norm.output.id);
    const attributes = { ...norm.attributes as BatchNormAttributes, ...windows };
    const { layer, inputs } = norm;
    return operation(batchNormMaxPool, { layer, inputs, output: pooling.output, attributes });
  });
  return { ...program, operations: operations.filter(({ output }) => !gone.has(output.id)) };
}
