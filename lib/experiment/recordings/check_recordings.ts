import { UsageError } from "../../errors/mod.ts";
import { type Experiment, experimentSchema } from "../describe/experiment_schema.ts";

/**
 * Says before a recording is heard what makes no sense where no class is learned.
 *
 * @throws {UsageError}
 */
export function checkRecordings({ training, evaluation }: Experiment): void {
  if (training.batchSize % 2 !== 0 || training.batchSize < 4) {
    throw new UsageError({
      expected: "an even number of at least 4, which is a crop and another recording to tell it from",
      found: `${training.batchSize}`,
      where: "training.batchSize",
    });
  }
  const { training: usual, evaluation: asked } = experimentSchema.pick({ training: true, evaluation: true })
    .parse({ training: {}, evaluation: { protocol: evaluation.protocol } });
  const others = [
    ...(["loss", "sampler", "linearProbe", "labelSmoothing", "classWeights"] as const).map((key) =>
      [`training.${key}`, training[key], usual[key]] as const
    ),
    ...([
      "scores",
      "monitor",
      "decision",
      "unit",
      "aggregation",
      "calibration",
      "coverage",
      "average",
      "interval",
    ] as const).map((key) => [`evaluation.${key}`, evaluation[key], asked[key]] as const),
  ].filter(([, set, usual]) => JSON.stringify(set) !== JSON.stringify(usual));
  if (others.length === 0) return;
  throw new UsageError({
    expected: "pairs of crops alone, which have no classes",
    found: others.map(([key, set]) => `${key}=${JSON.stringify(set)}`).join(", "),
    where: "an experiment whose targets are recordings",
    remedy: "leave that out",
  });
}
