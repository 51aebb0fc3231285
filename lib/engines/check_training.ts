import type { LayersModel } from "@tensorflow/tfjs";
import { TrainingError } from "../errors/mod.ts";
import type { SessionOptions } from "./engine.ts";
import { normalisingLayer } from "./normalising_layer.ts";
import { weightRules } from "./weight_rules.ts";

/**
 * Says before the first step what would fail in it: no trainable weights, several inputs or outputs, outputs that are
 * no row of numbers or went through softmax already, batches of one under batch normalisation, and a regularizer or
 * constraint that no engine can follow.
 *
 * @throws {TrainingError}
 */
export function checkTraining(
  model: LayersModel,
  { batchSize, accumulate = 1 }: Pick<SessionOptions, "batchSize" | "accumulate">,
): void {
  const refuse = (expected: string, found: string, remedy: string): never => {
    throw new TrainingError({ expected, found, where: `the model "${model.name}"`, remedy });
  };
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    refuse("one input and one output", `${model.inputs.length} and ${model.outputs.length}`, "join them by a layer");
  }
  if (model.inputs[0].shape.slice(1).some((extent) => extent === null)) {
    refuse("an input of fixed shape", `[${model.inputs[0].shape.join(", ")}]`, "give the input layer its shape");
  }
  if (model.outputs[0].shape.length !== 2) {
    refuse("an output [count, classes]", `[${model.outputs[0].shape.join(", ")}]`, "end with a dense layer");
  }
  const { sourceLayer: last } = model.outputs[0];
  const activation = last.getClassName() === "Softmax" ? "softmax" : last.getConfig().activation;
  if (activation === "softmax" || activation === "sigmoid") {
    refuse(
      "a last layer that gives logits (the loss applies softmax or sigmoid itself)",
      `${activation} in the layer "${last.name}"`,
      "remove that activation",
    );
  }
  if (model.trainableWeights.length === 0) {
    refuse("weights that can be trained", "none", "set trainable = true on at least one layer");
  }
  weightRules(model);
  const normalised = normalisingLayer(model);
  if (batchSize < 2 * accumulate && normalised !== undefined) {
    refuse(
      "batches of at least 2 examples for batch normalisation",
      `batchSize ${batchSize}${accumulate > 1 ? ` in ${accumulate} parts` : ""} with the layer "${normalised}"`,
      `raise training.batchSize${accumulate > 1 ? " or lower training.accumulate" : ""}`,
    );
  }
}
