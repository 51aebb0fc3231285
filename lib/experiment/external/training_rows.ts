import type { Manifest } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { readingHint } from "../../files/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { asRan, experimentSchema } from "../describe/experiment_schema.ts";
import { heardLabels } from "../prepare/heard_labels.ts";
import { ownRecordings } from "../prepare/known_sounds.ts";

/** The run's own rows under the names of subjects that it has for them, as far as its data folder still holds them. */
export async function trainingRows(
  run: Run,
  { classes }: Pick<Manifest, "classes">,
): Promise<{ own?: Manifest; missing: string }> {
  const { experiment, dataFolder } = await run.config();
  const asked = experimentSchema.pick({ dataset: true, evaluation: true });
  const { dataset, evaluation: { protocol } } = asRan(run, asked, {
    dataset: experiment.dataset,
    evaluation: experiment.evaluation,
  });
  const { sounds, found: { length }, home, place } = await ownRecordings(run);
  const missing = length === sounds.length ? "" : `${length} of ${sounds.length} recordings are in ${place}`;
  if (length === 0) return { missing: `none of its ${sounds.length} recordings is in ${place}` };
  const subjects = new Map(sounds.map(({ recording, subject }) => [recording, subject]));
  try {
    const loaded = await heardLabels(dataset, { folder: dataFolder, protocol });
    const rows = loaded.rows.filter(({ recording }) => subjects.has(recording))
      .map((row) => ({ ...row, subject: subjects.get(row.recording)! }));
    return { own: { ...loaded, classes, rows }, missing };
  } catch (error) {
    return { missing: missing && readingHint(home) ? missing : `these can't be read (${(error as Error).message})` };
  }
}

/**
 * The run's own rows, all of them.
 *
 * @throws {DataError} where a recording of theirs is gone; `otherwise` is what else the user can do.
 */
export async function allTrainingRows(
  run: Run,
  { classes, otherwise }: Pick<Manifest, "classes"> & { otherwise: string },
): Promise<Manifest> {
  const { own, missing } = await trainingRows(run, { classes });
  if (own !== undefined && missing === "") return own;
  const expected = "the recordings that the run was made from";
  const remedy = `bring them back to where they were, or ${otherwise}`;
  throw new DataError({ expected, found: missing, where: run.folder, remedy });
}
