import { DivergenceError, TrainingError } from "../errors/mod.ts";

/** Of inputs that held no numbers: no setting of the training mends them. */
export const BROKEN_INPUTS = "the inputs of the batch";

/** The error of a step whose loss is no finite number: after how many steps, and where the values stopped being numbers. */
export function noNumber(
  { loss, step, learningRate, where }: { loss: number; step: number; learningRate: number; where: string },
): TrainingError {
  const problem = {
    expected: "a loss that is a number",
    found: `${loss} at step ${step} with learning rate ${learningRate}`,
    where,
    remedy: "lower the learning rate, set clipNorm, or look for values in the features that are no numbers",
  };
  return where === BROKEN_INPUTS ? new TrainingError(problem) : new DivergenceError(problem);
}
