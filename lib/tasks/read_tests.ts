import { judgedUnits, openRun, unitOfRun } from "../runs/mod.ts";
import { type AskedScore, countsBy, type Prediction, type Unit } from "../scores/mod.ts";

/** What a run said of the items that it was judged on. */
export interface RunTests {
  folder: string;
  classes: string[];
  /** The scores that its experiment names. */
  scores: AskedScore[];
  tests: Prediction[];
}

/** Reads a run's predictions of all parts but its own validation. */
export async function readTests(folder: string): Promise<RunTests> {
  const run = await openRun(folder);
  const { predictions, classes } = await run.predictions();
  const { experiment: { evaluation: { scores } } } = await run.config();
  return { folder: run.folder, classes, scores, tests: predictions.filter(({ part }) => part !== "validation") };
}

/** The same of what the run's scores count, recordings or subjects, or of what is asked for; and of its scores those that do. */
export async function readUnits(folder: string, asked?: Unit): Promise<RunTests & { unit: Unit }> {
  const run = await openRun(folder);
  const [judged, { experiment: { evaluation } }] = await Promise.all([run.predictions(), run.config()]);
  const { unit, predictions } = judgedUnits(judged, evaluation, asked ?? unitOfRun(evaluation));
  const scores = (evaluation.scores as AskedScore[]).filter((score) => countsBy(score, unit));
  return { folder: run.folder, classes: judged.classes, scores, unit, tests: predictions };
}
