import { maxPool2d, type Pool2dAttributes } from "./ops/pool2d.ts";
import { relu } from "./ops/relu.ts";
import { operation, type Program } from "./program.ts";
import { useCounts } from "./use_counts.ts";

/**
 * ReLU after the pooling instead of before it: the maximum of what is cut off at 0 is the maximum, cut off at 0. ReLU
 * then has a quarter of the elements to go through, forwards and backwards.
 */
export function swapReluAndPooling(program: Program): Program {
  const operations = [...program.operations];
  const uses = useCounts(program);
  for (const [at, pooling] of operations.entries()) {
    if (pooling.name !== maxPool2d.name) continue;
    const reluAt = operations.findIndex(({ output }) => output.id === pooling.inputs[0].id);
    const before = operations[reluAt];
    if (before?.name !== relu.name || uses.get(before.output.id) !== 1) continue;
    // The pooled value takes the id of the value that is gone; its extents are those after the pooling.
    const pooled = { id: before.output.id, shape: pooling.output.shape };
    const attributes = pooling.attributes as Pool2dAttributes;
    operations[at] = operation(relu, {
      layer: before.layer,
      inputs: [pooled],
      output: pooling.output,
      attributes: null,
    });
    operations[reluAt] = operation(maxPool2d, {
      layer: pooling.layer,
      inputs: before.inputs,
      output: pooled,
      attributes,
    });
  }
  return { ...program, operations };
}
