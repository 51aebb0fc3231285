import { conv2d } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { batchNorm, type BatchNormAttributes } from "./ops/batch_norm.ts";
import { type Operation, type Parameter, type Program, useCounts, type Value } from "./program.ts";

/**
 * The program for inference without batch normalisations that follow a convolution or dense layer: with
 * `s = gamma / sqrt(var + epsilon)`, `gamma (x w + b - mean) / sqrt(var + epsilon) + beta = x (w s) + (b - mean) s + beta`.
 */
export function foldBatchNorm(program: Program): Program {
  const parameters = new Map(program.parameters.map((parameter) => [parameter.value.id, parameter]));
  const uses = useCounts(program);
  const operations: Operation[] = [];
  let nextId = Math.max(...program.operations.map(({ output }) => output.id), ...parameters.keys()) + 1;
  const added = (like: Parameter, data: Float32Array, shape: readonly number[]): Value => {
    const value = { id: nextId++, shape };
    parameters.set(value.id, { ...like, name: `${like.name} (folded)`, value, data });
    return value;
  };
  for (const operation of program.operations) {
    const at = operations.findIndex(({ output }) => output.id === operation.inputs[0].id);
    const before = operations[at];
    if (operation.rule !== batchNorm || !foldable(before) || uses.get(before.output.id) !== 1) {
      operations.push(operation);
      continue;
    }
    const [, gamma, beta, mean, variance] = operation.inputs.map(({ id }) => parameters.get(id)!);
    const { epsilon } = operation.attributes as BatchNormAttributes;
    const [x, w, b] = before.inputs;
    const filter = parameters.get(w.id)!;
    const scales = gamma.data.map((value, i) => value / Math.sqrt(variance.data[i] + epsilon));
    const old = b === undefined ? undefined : parameters.get(b.id)!.data;
    const bias = scales.map((scale, i) => ((old?.[i] ?? 0) - mean.data[i]) * scale + beta.data[i]);
    const inner = filter.data.length / scales.length;
    const scaled = filter.data.map((value, i) =>
      value * scales[before.rule === dense ? i % scales.length : Math.floor(i / inner)]
    );
    const inputs = [x, added(filter, scaled, w.shape), added(beta, bias, beta.value.shape)];
    operations[at] = { ...before, inputs, output: operation.output };
  }
  const used = new Set(operations.flatMap(({ inputs }) => inputs.map(({ id }) => id)));
  return { ...program, operations, parameters: [...parameters.values()].filter(({ value }) => used.has(value.id)) };
}

function foldable(operation: Operation | undefined): operation is Operation {
  return operation?.rule === conv2d || (operation?.rule === dense && operation.output.shape.length === 2);
}
