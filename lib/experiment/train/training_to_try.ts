import type { OpenEngineOptions } from "../../engines/mod.ts";
import { inputShape } from "../../features/mod.ts";
import { buildModel } from "../../models/mod.ts";
import { sessionOptions } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";

/** What an engine is asked whether it can, and how fast. */
export async function trainingToTry(experiment: Experiment, classes: number): Promise<OpenEngineOptions["training"]> {
  const { model, input, training } = experiment;
  const { frames, bands, channels } = inputShape(input);
  const network = await buildModel(model, { frames, bands, channels, classes, seed: 0 });
  return { model: network, options: sessionOptions(training, { seed: 0 }) };
}
