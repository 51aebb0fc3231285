import type { LayersModel } from "@tensorflow/tfjs";
import type { Shape } from "./graph.ts";
import type { Layer } from "./layers/layer_rule.ts";
import { sizeOf } from "./onnx/rearrange.ts";
import type { Operation, Parameter, Program, Rule, Value } from "./program.ts";

/** A program that is being written. */
export type ProgramBuilder = ReturnType<typeof programBuilder>;

/** An empty program on the variables of a model. */
export function programBuilder(model: LayersModel) {
  const operations: Operation[] = [];
  const parameters = new Map<string, Parameter>();
  let values = 0;
  const newValue = (shape: Shape): Value => ({ id: values++, shape });
  const nameOf = uniqueNames();
  return {
    newValue,
    /** Appends an operation of a layer and gives its output. */
    apply<A>(layer: Layer, rule: Rule<A>, { inputs, attributes }: { inputs: readonly Value[]; attributes: A }): Value {
      const shapes = inputs.map(({ shape }) => shape);
      const output = newValue(rule.shape?.(shapes, attributes) ?? shapes[0]);
      operations.push({ rule, layer: layer.name, inputs, output, attributes });
      return output;
    },
    /** The variable of a layer that ends in `/name`, its axes in the given order; `undefined` where there is none. */
    weight(
      layer: Layer,
      name: string,
      { frozen, order, shape }: { frozen: boolean; order?: readonly number[]; shape?: Shape },
    ): Value | undefined {
      const variable = layer.weights.find((weight) => weight.originalName.endsWith(`/${name}`));
      if (!variable) return undefined;
      const known = parameters.get(variable.name);
      if (known) return known.value;
      const tfShape = variable.shape as number[];
      const axes = order ?? tfShape.map((_, axis) => axis);
      const trained = !frozen && layer.trainableWeights.includes(variable);
      const value = newValue(shape ?? axes.map((axis) => tfShape[axis]));
      parameters.set(variable.name, {
        name: nameOf(variable.originalName),
        index: model.weights.indexOf(variable),
        layer: layer.name,
        value,
        role: name.startsWith("moving_") ? "statistic" : trained ? "trained" : "frozen",
        data: arranged(variable.read().dataSync() as Float32Array, tfShape, axes),
        tfShape,
        order: axes,
      });
      return value;
    },
    /** A value of a layer that the model doesn't learn. */
    fixed(layer: Layer, name: string, data: Float32Array): Value {
      const full = `${layer.name}/${name} (fixed)`;
      const value = parameters.get(full)?.value ?? newValue([data.length]);
      const tfShape = value.shape;
      parameters.set(full, { name: full, layer: layer.name, value, role: "frozen", data, tfShape, order: [0] });
      return value;
    },
    finish: (input: Value, output: Value): Program => ({
      ...{ input, output, operations },
      parameters: [...parameters.values()],
    }),
  };
}

/** tfjs numbers equal names of all models that a process has made; a file must not tell how many that were. */
function uniqueNames() {
  const taken = new Set<string>();
  return (original: string) => {
    let name = original;
    for (let again = 1; taken.has(name); again++) name = `${original}_${again}`;
    taken.add(name);
    return name;
  };
}

/** `data` of extents `shape` in the order of axes that the graph wants. */
export function arranged(data: Float32Array, shape: Shape, order: readonly number[]): Float32Array {
  const result = new Float32Array(data.length);
  const steps = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const extents = order.map((axis) => shape[axis]);
  const strides = order.map((axis) => steps[axis]);
  const at = order.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from];
    for (let axis = order.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++at[axis] < extents[axis]) break;
      from -= strides[axis] * extents[axis];
      at[axis] = 0;
    }
  }
  return result;
}
