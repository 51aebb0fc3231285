import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import type { Shape } from "./graph.ts";
import { activate } from "./layers/activation.ts";
import type { Activation, Layer, LayerContext } from "./layers/layer_rule.ts";
import { layerRules } from "./layers/mod.ts";
import { sizeOf } from "./onnx/rearrange.ts";
import { reshape } from "./ops/reshape.ts";
import { transpose } from "./ops/transpose.ts";
import { type Operation, operation, type Parameter, type Program, type Value } from "./program.ts";

/**
 * A `tf.LayersModel`, functional or sequential, as a list of operations on batches of `count` examples.
 *
 * @throws {InputError} naming the layer that is not covered.
 */
export function importModel(model: LayersModel, count: number): Program {
  const operations: Operation[] = [];
  const parameters = new Map<string, Parameter>();
  let values = 0;
  const newValue = (shape: Shape): Value => ({ id: values++, shape });

  /** Follows the model's own record of calls backwards from `tensor`; what `known` holds is done. */
  function trace(tensor: SymbolicTensor, known: Map<number, Activation>): Activation {
    const found = known.get(tensor.id);
    if (found) return found;
    const layer = tensor.sourceLayer;
    const call = layer.inboundNodes[tensor.nodeIndex];
    const inputs = call.inputTensors.map((input) => trace(input, known));
    const made = run(layer, inputs);
    known.set(tensor.id, made);
    return made;
  }

  function run(layer: Layer, inputs: readonly Activation[]): Activation {
    if (isModel(layer)) {
      return trace(layer.outputs[0], new Map(layer.inputs.map((input, i) => [input.id, inputs[i]])));
    }
    const context = contextOf(layer, inputs);
    const kind = layer.getClassName();
    if (!(kind in layerRules)) return context.refuse();
    for (const option of ["kernelRegularizer", "biasRegularizer", "activityRegularizer", "kernelConstraint"]) {
      if (context.config[option]) context.refuse(`${option} (set weightDecay in the training options)`);
    }
    if (context.config.dataFormat === "channelsFirst") context.refuse("dataFormat channelsFirst");
    return layerRules[kind](context);
  }

  function contextOf(layer: Layer, inputs: readonly Activation[]): LayerContext {
    const config = layer.getConfig() as Record<string, unknown>;
    const context: LayerContext = {
      layer,
      config,
      inputs,
      apply(rule, ins, attributes) {
        const output = newValue(rule.shape(ins.map((input) => input.shape), attributes));
        operations.push(operation(rule, { layer: layer.name, inputs: ins, output, attributes }));
        return output;
      },
      weight(name, { order, shape } = {}) {
        const variable = layer.weights.find((weight) => weight.originalName.endsWith(`/${name}`));
        if (!variable) return undefined;
        const known = parameters.get(variable.name);
        if (known) return known.value;
        const tfShape = variable.shape as number[];
        const axes = order ?? tfShape.map((_, axis) => axis);
        const data = arranged(variable.read().dataSync() as Float32Array, tfShape, axes);
        const trained = layer.trainable && layer.trainableWeights.includes(variable);
        const role = name.startsWith("moving_") ? "statistic" : trained ? "trained" : "frozen";
        const value = newValue(shape ?? axes.map((axis) => tfShape[axis]));
        parameters.set(variable.name, {
          name: variable.name,
          index: model.weights.indexOf(variable),
          layer: layer.name,
          value,
          role,
          data,
          tfShape,
          order: axes,
        });
        return value;
      },
      fixed(name, data) {
        const full = `${layer.name}/${name} (fixed)`;
        const value = parameters.get(full)?.value ?? newValue([data.length]);
        const tfShape = value.shape;
        parameters.set(full, { name: full, layer: layer.name, value, role: "frozen", data, tfShape, order: [0] });
        return value;
      },
      channelsFirst(activation = inputs[0]) {
        const { value, layout, tfShape } = activation;
        if (layout === "channels-first") return value;
        if (tfShape.length === 4) return context.apply(transpose, [value], { order: [0, 3, 1, 2] });
        if (tfShape.length !== 3) return context.refuse(`an input of rank ${tfShape.length}`);
        const [n, t, c] = tfShape;
        const swapped = context.apply(transpose, [value], { order: [0, 2, 1] });
        return context.apply(reshape, [swapped], { shape: [n, c, 1, t] });
      },
      channelsLast(activation = inputs[0]) {
        const { value, layout, tfShape } = activation;
        if (layout === "channels-last") return value;
        if (tfShape.length === 4) return context.apply(transpose, [value], { order: [0, 2, 3, 1] });
        const [n, t, c] = tfShape;
        const flat = context.apply(reshape, [value], { shape: [n, c, t] });
        return context.apply(transpose, [flat], { order: [0, 2, 1] });
      },
      first(value, rank = 4) {
        const [n, c, h, w] = value.shape;
        return { value, layout: "channels-first", tfShape: rank === 4 ? [n, h, w, c] : [n, w, c] };
      },
      last: (value) => ({ value, layout: "channels-last", tfShape: value.shape }),
      like: (value, activation = inputs[0]) => ({ ...activation, value }),
      within: run,
      activate: (activation, name) => activate(context, activation, name),
      refuse(what, remedy = "use the engine wasm or cpu, which run every layer of tfjs") {
        const kind = layer.getClassName();
        throw new InputError({
          expected: "layers that the engine ort covers",
          found: what === undefined ? kind : `${kind} with ${what}`,
          where: `the layer "${layer.name}"`,
          remedy,
        });
      },
    };
    return context;
  }

  const inputShape = [count, ...model.inputs[0].shape.slice(1) as number[]];
  const input = newValue(inputShape);
  const start: Activation = { value: input, layout: "channels-last", tfShape: inputShape };
  const end = trace(model.outputs[0], new Map([[model.inputs[0].id, start]]));
  return { input, output: end.value, operations, parameters: [...parameters.values()] };
}

function isModel(layer: Layer): layer is Layer & LayersModel {
  return "layers" in layer && "inputs" in layer;
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
