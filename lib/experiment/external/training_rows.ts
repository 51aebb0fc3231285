import { join } from "node:path";
import { cutToRecordings, loadDataset, type Manifest, type ManifestRow } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { readingHint } from "../../files/mod.ts";
import { withUnknownParts } from "../../parts/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import { heardLabels } from "../prepare/heard_labels.ts";
import { ownFolder } from "../prepare/known_sounds.ts";
import { durationOf } from "../prepare/listen.ts";
import { wantedParts } from "../prepare/prepare_data.ts";

/** The run's own rows under the names of subjects that it has for them, as far as its data folder still holds them. */
export async function trainingRows(
  run: Run,
  { classes }: Pick<Manifest, "classes">,
): Promise<{ own?: Manifest; missing: string }> {
  const { experiment: description, dataFolder } = await run.config();
  if (!await run.has("sounds.csv")) return { missing: "an earlier version made this run and kept no list of them" };
  const { dataset, evaluation } = withUnknownParts(() =>
    experimentSchema.pick({ dataset: true, evaluation: true }).parse({
      dataset: description.dataset,
      evaluation: description.evaluation,
    })
  );
  const sounds = await run.sounds();
  const subjects = new Map(sounds.map(({ recording, subject }) => [recording, subject]));
  const home = ownFolder(dataFolder);
  const there = await Promise.all(
    sounds.map(({ recording }) => Deno.stat(join(home, recording)).then(() => 1, () => 0)),
  );
  const found = there.filter((one) => one === 1).length;
  const place = `${dataFolder}${readingHint(home)}`;
  const missing = found === sounds.length ? "" : `${found} of ${sounds.length} recordings are in ${place}`;
  if (found === 0) return { missing: `none of its ${sounds.length} recordings is in ${place}` };
  try {
    const { name, task, join: datasets, columns, labels } = dataset;
    const parts = wantedParts({ dataset, evaluation });
    const given = await cutToRecordings(
      await loadDataset(name, { folder: dataFolder, task, join: datasets, parts, columns, durationOf }),
      { durationOf },
    );
    const loaded = await heardLabels(given, labels);
    const rows = loaded.rows.filter(({ recording }) => subjects.has(recording))
      .map((row): ManifestRow => ({ ...row, subject: subjects.get(row.recording)! }));
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
  throw new DataError({
    expected: "the recordings that the run was made from",
    found: missing,
    where: run.folder,
    remedy: `bring them back to where they were, or ${otherwise}`,
  });
}
