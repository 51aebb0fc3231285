import { UsageError } from "../../errors/mod.ts";
import { BASE, type ExperimentDescription } from "../../experiment/mod.ts";

/** An experiment whose space is the choice of what is taken away. */
export interface Ablated {
  description: ExperimentDescription;
  /** Shares of the training subjects, by the setting that has them. */
  shares: Map<string, number>;
  /** Settings that begin with random weights, beside those that begin with a run's. */
  random: Set<string>;
  /** How many settings there are, the base among them. */
  settings: number;
}

/** What a setting is called that begins with random weights. */
const RANDOM = "from random weights";

/**
 * The experiment with the points of a learning curve among its ablations.
 *
 * @param percent Of the training subjects: `[25, 50, 75]`; all of them is the base.
 * @param options `begins`: it begins with the weights of a run, and each point, the base too, has a twin that doesn't.
 * @throws {UsageError} where there is nothing to train beside the base.
 */
export function ablated(
  description: ExperimentDescription,
  percent: readonly number[],
  { begins = false }: { begins?: boolean } = {},
): Ablated {
  const wrong = percent.find((one) => !(one > 0 && one < 100));
  if (wrong !== undefined) {
    throw new UsageError({ expected: "shares between 0 and 100 %", found: `${wrong}`, where: "--shares" });
  }
  const shares = new Map(percent.map((one) => [`${one} % of the subjects`, one / 100]));
  const points = new Map([...shares].map(([name, share]) => [name, [`training.subjectShare=${share}`]]));
  const twins = new Map(
    (begins ? [["", []], ...points] as [string, string[]][] : []).map(([name, changes]) => [
      name ? `${name}, ${RANDOM}` : RANDOM,
      [...changes, "initial.layers=[]"],
    ]),
  );
  for (const [name, share] of begins ? [...shares] : []) shares.set(`${name}, ${RANDOM}`, share);
  const ablations = { ...description.ablations, ...Object.fromEntries([...points, ...twins]) };
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
  return {
    description: { ...description, ablations, space },
    shares,
    random: new Set(twins.keys()),
    settings: choices.length,
  };
}
