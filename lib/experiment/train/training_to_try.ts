import type { OpenEngineOptions } from "../../engines/mod.ts";
import { inputShape } from "../../features/mod.ts";
import { buildModel, inOneRow } from "../../models/mod.ts";
import { sessionOptions } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { outputsOf, PAIRS } from "../describe/targets.ts";

/**
 * What an engine is asked whether it can, and how fast; nothing where frames are learned, of which it is asked later, unless
 * they are in a precision that few engines have.
 */
export async function trainingToTry(experiment: Experiment, classes: number): Promise<OpenEngineOptions["training"]> {
  const { model, input, training, targets } = experiment;
  const { frames, bands, channels } = inputShape(input);
  if (targets?.kind === "frames") {
    if (training.precision !== "mixed") return undefined;
    const { length } = Object.keys(targets.classes);
    const byFrame = await buildModel(model, { frames, bands, channels, classes: length, byFrame: true, seed: 0 });
    const loss = { kind: "by-frame", of: training.loss, classes: length } as const;
    return { model: await inOneRow(byFrame), options: sessionOptions({ ...training, loss }, { seed: 0 }) };
  }
  const outputs = outputsOf(experiment, classes);
  const network = await buildModel(model, { frames, bands, channels, classes: outputs, seed: 0 });
  const options = targets ? { ...training, ...PAIRS } : training;
  return { model: network, options: sessionOptions(options, { seed: 0 }) };
}
