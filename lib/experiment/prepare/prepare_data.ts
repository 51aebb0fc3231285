import { cutToRecordings, datasetInfo, joinNearDuplicates, loadDataset, type Manifest } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import {
  assertNoLeak,
  type Fold,
  keptLeaks,
  planFolds,
  type PlanOptions,
  planWarnings,
  type Protocol,
  protocol as protocolSchema,
  type ResolvedProtocol,
  shareOfSubjects,
} from "../../splits/mod.ts";
import { framesAlone } from "../../runs/mod.ts";
import type { CacheOptions } from "./cached_result.ts";
import { checkEvaluation } from "./check_evaluation.ts";
import { checkMetadata } from "./check_metadata.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { heardLabels } from "./heard_labels.ts";
import { withInputWarning } from "./with_input_warning.ts";
import { durationOf, type Heard, listen } from "./listen.ts";
import { leaveOutMixed } from "./leave_out_mixed.ts";
import { sameSounds } from "./same_sounds.ts";
import { type Beginning, withBeginning } from "../train/open_beginning.ts";

/** What {@linkcode prepareData} needs beside the experiment. */
export interface PrepareDataOptions extends CacheOptions {
  /** The dataset's folder. */
  data: string;
  seed: number;
  /** Another protocol than the experiment's. */
  protocol?: Protocol;
  signal?: AbortSignal;
}

/** The rows of an experiment and who stands on which side. */
export interface PreparedData {
  manifest: Manifest;
  folds: Fold[];
  /** Lists of recordings that hold the same sound, exactly or nearly. */
  duplicates: string[][];
  /** Hash of the decoded samples of each recording that has sound. */
  hashes: ReadonlyMap<string, string>;
  /** What was heard of the recordings and rows. */
  heard: Heard;
  /** What stands on two sides and is kept there: `evaluation.leaks` or the protocol says so. */
  leaks: string[];
  /** The earlier run whose weights the networks begin with. */
  beginning?: Beginning;
}

/**
 * Loads a dataset, looks for the same sound under several names, and plans folds that divide no subject and no such group.
 * Under `evaluation.leaks: "report"` copies are left where they are, and each kind of leak has a sentence.
 *
 * @throws {DataError} for recordings of one class, or too few subjects.
 * @throws {LeakError} where something stands on two sides, or the first weights know whom the run judges.
 */
export async function prepareData(experiment: Experiment, options: PrepareDataOptions): Promise<PreparedData> {
  const { name, task, join, columns, nearDuplicates, labels } = experiment.dataset;
  const { leaks: policy } = experiment.evaluation;
  const { data, seed } = options;
  const protocol = protocolSchema.parse(options.protocol ?? experiment.evaluation.protocol);
  const keep = policy === "report";
  const parts = wantedParts({ ...experiment, evaluation: { protocol } });
  const given = await cutToRecordings(
    await loadDataset(name, {
      ...{ folder: data, task, join, parts, columns, durationOf },
      nearDuplicates: keep ? false : nearDuplicates,
    }),
    { durationOf },
  );
  const loaded = withInputWarning(await heardLabels(given, labels), experiment.input);
  checkMetadata(experiment, loaded);
  if (!framesAlone(experiment)) refuseOneClass(loaded, data);
  // What can't be divided, judged or fitted is said before every recording is decoded, and again when copies are known.
  const unheard = keep ? loaded : leaveOutMixed(loaded, experiment.evaluation.unit);
  const planned = { protocol: official(protocol, keep), seed };
  const tell = (warnings: readonly string[] = []) =>
    warnings.forEach((warning) => console.error(`warning: ${warning}`));
  tell(unheard.warnings);
  tell(planWarnings(unheard.rows, plan(experiment, unheard, planned), planned));
  const recordings = loaded.rows.map(({ recording }) => recording);
  const { input } = experiment;
  const sound = bodySound(experiment.name, { ...datasetInfo(loaded.dataset), input });
  const heard = await listen(loaded, { ...options, input, sound });
  const { groups: duplicates, hashes } = await sameSounds({ folder: loaded.folder, recordings }, options);
  if (keep) {
    const folds = plan(experiment, loaded, { protocol: official(protocol, keep), seed });
    const leaks = keptLeaks(loaded.rows, folds, { duplicates });
    return await withBeginning(experiment, { manifest: loaded, folds, duplicates, hashes, heard, leaks }, options);
  }
  // An official split that divides subjects or copies has a rule of its own for them.
  const joined = protocol.kind === "official" ? loaded : joinNearDuplicates(loaded, duplicates);
  const joining = joined.warnings?.slice(loaded.warnings?.length ?? 0) ?? [];
  const { manifest, folds } = telling(joining, () => {
    const manifest = leaveOutMixed(joined, experiment.evaluation.unit);
    return { manifest, folds: plan(experiment, manifest, { protocol, seed, duplicates }) };
  });
  for (const fold of folds) assertNoLeak(manifest.rows, fold, { duplicates });
  const leaks = keptLeaks(manifest.rows, folds, { duplicates });
  return await withBeginning(experiment, { manifest, folds, duplicates, hashes, heard, leaks }, options);
}

/** A protocol that names parts needs these; else the loader takes what is trained on. */
export function wantedParts(
  { dataset, evaluation: { protocol } }: Pick<Experiment, "dataset"> & { evaluation: { protocol: ResolvedProtocol } },
): string[] | undefined {
  return dataset.parts ??
    (protocol.kind === "official" ? [...new Set([...protocol.train, ...protocol.test])] : undefined);
}

/** Folds on which the experiment's epochs can be picked and its rules fitted. */
function plan(
  experiment: Experiment,
  { rows, classes }: Manifest,
  { protocol, ...options }: PlanOptions & { protocol: ResolvedProtocol },
): Fold[] {
  // Listeners' labels leave the folds as they are, so that training with them and without can be compared.
  const folds = planFolds(rows.map((row) => ({ ...row, label: row.given ?? row.label })), protocol, options);
  // Where frames are judged, the classes of rows only divide them evenly.
  if (!framesAlone(experiment)) {
    const { targets, evaluation } = experiment;
    const monitor = targets ? "accuracy" : evaluation.monitor; // that of frames asks nothing of items
    checkEvaluation({ evaluation: { ...evaluation, monitor, protocol } }, { rows, classes, folds, ...options });
  }
  return folds.map((fold) => ({ ...fold, train: shareOfSubjects(rows, fold.train, experiment.training.subjectShare) }));
}

/** What `plan` gives; who counted the table's subjects, or looked at their labels, can't know which of them were joined. */
function telling<T>(joining: readonly string[], plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof DataError) || joining.length === 0) throw error;
    throw new DataError({ ...error.problem, found: `${error.problem.found} (${joining.join("; ")})` });
  }
}

function official(protocol: ResolvedProtocol, keep: boolean): ResolvedProtocol {
  return keep && protocol.kind === "official" ? { ...protocol, sharedSubjects: "keep" } : protocol;
}

function refuseOneClass({ rows }: Manifest, where: string): void {
  const labels = new Set(rows.map(({ label }) => label));
  if (labels.size > 1) return;
  throw new DataError({
    expected: "recordings of at least two classes",
    found: `only ${[...labels][0]} (${rows.length} of ${rows.length} rows)`,
    where,
    remedy: "add recordings of another class, or check the column or folders that the labels come from",
  });
}
