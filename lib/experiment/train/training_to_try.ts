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
  const framed = targets?.kind === "frames" ? Object.keys(targets.classes).length : undefined;
  if (framed !== undefined && training.precision !== "mixed") return undefined;
  const shape = { ...inputShape(input), classes: framed ?? outputsOf(experiment, classes), seed: 0 };
  if (framed === undefined) {
    const options = sessionOptions(targets ? { ...training, ...PAIRS } : training, { seed: 0 });
    return { model: await buildModel(model, shape), options };
  }
  const loss = { kind: "by-frame", of: training.loss, classes: framed } as const;
  const network = await inOneRow(await buildModel(model, { ...shape, byFrame: true }));
  return { model: network, options: sessionOptions({ ...training, loss }, { seed: 0 }) };
}
