import type { AskedScore, Prediction } from "../scores/mod.ts";
import { openRun } from "../runs/mod.ts";

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
