import { UsageError } from "../../errors/mod.ts";
import { BASE, type ExperimentDescription } from "../../experiment/mod.ts";

/** An experiment whose space is the choice of what is taken away. */
export interface Ablated {
  description: ExperimentDescription;
  /** Shares of the training subjects, by the setting that has them. */
  shares: Map<string, number>;
  /** How many settings there are, the base among them. */
  settings: number;
}

/**
 * The experiment with the points of a learning curve among its ablations.
 *
 * @param percent Of the training subjects: `[25, 50, 75]`; all of them is the base.
 * @throws {UsageError} where there is nothing to train beside the base.
 */
export function ablated(description: ExperimentDescription, percent: readonly number[]): Ablated {
  const wrong = percent.find((one) => !(one > 0 && one < 100));
  if (wrong !== undefined) {
    throw new UsageError({ expected: "shares between 0 and 100 %", found: `${wrong}`, where: "--shares" });
  }
  const shares = new Map(percent.map((one) => [`${one} % of the subjects`, one / 100]));
  const points = [...shares].map(([name, share]) => [name, [`training.subjectShare=${share}`]]);
  const ablations = { ...description.ablations, ...Object.fromEntries(points) };
  const choices = [BASE, ...Object.keys(ablations)];
  if (choices.length === 1) {
    throw new UsageError({
      expected: "an experiment with ablations, or shares of its subjects",
      found: "neither",
      where: description.name,
      remedy: 'add ablations: { "no mixup": ["training.augment.3.probability=0"] } to its file',
    });
  }
  const space = { ablation: { kind: "categorical" as const, choices } };
  return { description: { ...description, ablations, space }, shares, settings: choices.length };
}
