import { datasetRights, type ManifestRow } from "../../datasets/mod.ts";
import type { Run, SoundHash } from "../../runs/mod.ts";
import { foldsToJson } from "../../splits/mod.ts";
import { dataTitle } from "../describe/data_title.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { describeEnvironment } from "../train/describe_environment.ts";
import type { Way } from "../run_experiment.ts";
import { describeData, visitWords } from "./describe_data.ts";
import { describeLabels } from "./heard_labels.ts";
import type { PreparedData } from "./prepare_data.ts";

/** Writes what is known of a run before it trains: data, splits, sounds, machine, and what the leak check found. */
export async function describeRun(
  run: Run,
  prepared: PreparedData,
  { experiment, store, data }: { experiment: Experiment; store: Way["store"]; data: string },
): Promise<void> {
  const { manifest, folds, duplicates, hashes, leaks, beginning } = prepared;
  const { licence, citation } = datasetRights(experiment.dataset);
  const splits = folds.length === 1 ? "the split" : `any of the ${folds.length} splits`;
  const leakCheck = leaks.length > 0 ? [...leaks] : [
    `No subject stands on two sides of ${splits} (checked before each training).`,
    duplicates.length === 0
      ? "No two recordings hold the same sound, exactly or nearly (normalised cross-correlation of .95 at 1 kHz)."
      : `Recordings with the same sound, exactly or nearly, stay on one side: ${listed(duplicates)}.`,
  ];
  leakCheck.push(...visitWords(manifest.rows));
  if (beginning) {
    leakCheck.push(...beginning.leakCheck);
    await run.save("beginning", beginning.about);
  }
  const [{ train, validation, test }] = folds;
  const environment = await describeEnvironment(manifest);
  const labels = await describeLabels(manifest, experiment.dataset.labels);
  if (labels) await run.save("labels", labels.heard);
  await run.save("splits", { version: 1, folds: foldsToJson(manifest.rows, folds) });
  await run.save(
    "data",
    {
      ...describeData(manifest, {
        ...{ title: dataTitle(experiment.dataset, data), fingerprint: environment.dataset.fingerprint },
        ...{ licence, citation, leakCheck, store, parts: { train, validation, test } },
      }),
      ...labels ? { labels: labels.summary } : {},
    },
  );
  await run.save("sounds", soundHashes(manifest.rows, hashes));
  await run.save("environment", environment);
}

/** Groups that a sentence names. */
const NAMED = 5;

function listed(groups: readonly (readonly string[])[]): string {
  const first = groups.slice(0, NAMED).map((group) => group.join(" = ")).join("; ");
  return groups.length > NAMED ? `${first}; and ${groups.length - NAMED} more groups` : first;
}

/** Of each recording with sound, by which it is known under another name. */
function soundHashes(rows: readonly ManifestRow[], hashes: ReadonlyMap<string, string>): SoundHash[] {
  const subjects = new Map(rows.map(({ recording, subject }) => [recording, subject]));
  return [...subjects].flatMap(([recording, subject]) => {
    const sound = hashes.get(recording);
    return sound === undefined ? [] : [{ recording, subject, sound }];
  });
}
