import type { LayersModel } from "@tensorflow/tfjs";
import { InputError, TrainingError, UsageError } from "../errors/mod.ts";
import type { Batch, EngineName, SessionOptions } from "./engine.ts";
import { normalisingLayer } from "./layers_of.ts";
import { weightRules } from "./weight_rules.ts";

/**
 * Says before the first step, by a TrainingError, what would fail in it: no trainable weights, several inputs or outputs, outputs that are
 * no row of numbers or went through softmax already, batches of one under batch normalisation, and a regularizer or
 * constraint that no engine can follow.
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

/**
 * Refuses a batch that holds fewer numbers than its count asks for, and one of a single example under batch normalisation,
 * by an InputError; `sizes` are of one example.
 */
export function checkBatch(
  { inputs, targets, weights, count }: Batch,
  sizes: { inputSize: number; outputs: number; normalised?: string },
): void {
  if (count < 2 && sizes.normalised !== undefined) {
    throw new InputError({
      expected: "at least 2 examples for batch normalisation",
      found: `${count}`,
      where: `a batch for the layer "${sizes.normalised}"`,
      remedy: "leave a last batch of one example out",
    });
  }
  const needed = [["inputs", inputs, sizes.inputSize], ["targets", targets, sizes.outputs], ["weights", weights, 1]];
  for (const [name, array, perExample] of needed as [string, Float32Array, number][]) {
    if (array.length >= count * perExample) continue;
    throw new InputError({
      expected: `${count} x ${perExample} numbers`,
      found: `${array.length}`,
      where: `the ${name} of a batch`,
      remedy: "give the model the shape of the features, and its last layer one output a class",
    });
  }
}

/** What float16 wants. */
export const MIXED = {
  option: "precision mixed",
  instead: "--engine ort-webgpu on a graphics card with float16 arithmetic",
};

/** Refuses an option of a training that an engine has not, by a UsageError. */
export function refuseOption(engine: EngineName, { option, instead }: { option: string; instead: string }): never {
  throw new UsageError({
    expected: `a training that the engine ${engine} can run`,
    found: `training.${option}`,
    remedy: `leave it out, or use ${instead}`,
  });
}
