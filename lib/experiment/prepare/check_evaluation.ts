import { DataError, InputError } from "../../errors/mod.ts";
import { fitDecision } from "../../decision/mod.ts";
import { scoreKey } from "../../scores/mod.ts";
import { fittingProtocol, protocol as protocolSchema } from "../../splits/mod.ts";
import type { Fold, PlanOptions, Protocol } from "../../splits/mod.ts";
import type { ManifestRow } from "../../datasets/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { scoreMonitor } from "../train/fit_fold.ts";

/**
 * Tries on true answers what an experiment will ask of the validation part of each fold, before anything is trained: the
 * score that picks the epoch, and the aim that thresholds are fitted for.
 *
 * @throws {UsageError} for a score that doesn't exist for these classes.
 * @throws {DataError} where a class that they need misses in a validation part, with the mend.
 */
export function checkEvaluation(
  { evaluation }: {
    evaluation: Pick<Experiment["evaluation"], "monitor" | "decision" | "scores"> & { protocol: Protocol };
  },
  { rows, classes, folds, ...options }: {
    rows: readonly ManifestRow[];
    classes: readonly string[];
    folds: readonly Fold[];
  } & PlanOptions,
): void {
  const { monitor, decision: aim, scores } = evaluation;
  const mend = () => fittingProtocol(rows, protocolSchema.parse(evaluation.protocol), options);
  const refuse = (what: string, { parts, other }: { parts: readonly Fold[]; other: string }): never => {
    const held = [...new Set(validationRows(parts).map((row) => rows[row].label))];
    const expected = `validation rows of the classes that ${what} needs`;
    const where = `the validation part of fold ${parts[0].name ?? parts[0].fold}`;
    const remedy = `divide otherwise${mend() ? `, ${mend()},` : ""} or choose another: ${other}`;
    throw new DataError({ expected, found: `only ${held.join(", ")}`, where, remedy });
  };
  const truth = (parts: readonly Fold[]) => {
    const labels = Int32Array.from(validationRows(parts), (row) => classes.indexOf(rows[row].label));
    const probabilities = new Float32Array(labels.length * classes.length);
    labels.forEach((label, i) => probabilities[i * classes.length + label] = 1);
    return { labels, probabilities };
  };
  const first = folds.filter(({ seed }) => seed === folds[0].seed);
  for (const fold of first) {
    const { labels, probabilities } = truth([fold]);
    const score = scoreMonitor(monitor, { classes, asked: scores, items: Int32Array.from(labels.keys()) });
    if (Number.isNaN(score(probabilities, labels))) {
      refuse(`the monitor ${scoreKey(monitor)}`, { parts: [fold], other: "--set evaluation.monitor=accuracy" });
    }
  }
  // Rules are fitted on what the networks that are judged as one hold out together.
  for (const parts of Map.groupBy(first, ({ outer, fold }) => outer ?? fold).values()) {
    const { labels, probabilities } = truth(parts);
    try {
      fitDecision({ labels, probabilities: Float64Array.from(probabilities) }, { classes, aim, calibration: "none" });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refuse(`the aim ${JSON.stringify(aim)}`, { parts, other: "--set evaluation.decision=argmax" });
    }
  }
}

function validationRows(folds: readonly Fold[]): number[] {
  return folds.flatMap(({ validation }) => [...validation]);
}
