import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { layersOf, normalisingLayer } from "../layers_of.ts";
import { ruleOf } from "./layers/define_layer.ts";
import { type Activation, type Layer, layerContext } from "./layers/layer_rule.ts";
import type { Program } from "./program.ts";
import { programBuilder } from "./program_builder.ts";

/**
 * A `tf.LayersModel`, functional or sequential, as a list of operations on batches of `count` examples; what it gives has the
 * channels last, as in tfjs.
 *
 * @throws {InputError} naming the layer that is not covered.
 */
export function importModel(model: LayersModel, count: number): Program {
  const builder = programBuilder(model);
  const placed = layersOf(model);
  const frozen = new Set(placed.filter(({ frozen }) => frozen).map(({ layer }) => layer));
  // tfjs computes the last input first. That counts where a normalisation is used more than once, whose statistics move
  // in the order of its uses; elsewhere the order of the parameters stays what saved trainings have.
  const lastFirst = normalisingLayer(model) !== undefined && placed.some(({ layer }) => layer.inboundNodes.length > 1);

  /** Follows the model's own record of calls backwards from `tensor`; what `known` holds is done. */
  function trace(tensor: SymbolicTensor, known: Map<number, Activation>): Activation {
    const found = known.get(tensor.id);
    if (found) return found;
    const layer = tensor.sourceLayer;
    const call = layer.inboundNodes[tensor.nodeIndex];
    if (lastFirst) { for (const input of call.inputTensors.toReversed()) trace(input, known); }
    const inputs = call.inputTensors.map((input) => trace(input, known));
    const made = run(layer, inputs);
    known.set(tensor.id, made);
    return made;
  }

  function run(layer: Layer, inputs: readonly Activation[]): Activation {
    if (isModel(layer)) {
      return trace(layer.outputs[0], new Map(layer.inputs.map((input, i) => [input.id, inputs[i]])));
    }
    const context = layerContext({ builder, within: run }, { layer, frozen: frozen.has(layer), inputs });
    const rule = ruleOf(layer);
    if (rule === undefined) return context.refuse();
    if (context.config.dataFormat === "channelsFirst") context.refuse("dataFormat channelsFirst");
    return rule(context);
  }

  const inputShape = [count, ...model.inputs[0].shape.slice(1) as number[]];
  const input = builder.newValue(inputShape);
  const start: Activation = { value: input, layout: "channels-last", tfShape: inputShape };
  const end = trace(model.outputs[0], new Map([[model.inputs[0].id, start]]));
  const { channelsLast } = layerContext({ builder, within: run }, {
    ...{ layer: model.outputs[0].sourceLayer, frozen: false, inputs: [end] },
  });
  return builder.finish(input, channelsLast());
}

function isModel(layer: Layer): layer is Layer & LayersModel {
  return "layers" in layer && "inputs" in layer;
}
