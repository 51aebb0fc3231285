import { datasetInfo, joinNearDuplicates, type Manifest } from "../../datasets/mod.ts";
import { DataError, UsageError } from "../../errors/mod.ts";
import { hearsHeartStates, type InputOptions } from "../../features/mod.ts";
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
import type { Experiment } from "../describe/experiment_schema.ts";
import { type Beginning, withBeginning } from "../train/open_beginning.ts";
import { checkEvaluation } from "./check_evaluation.ts";
import type { CacheOptions } from "./extract_features.ts";
import { heardLabels } from "./heard_labels.ts";
import { leaveOutMixed } from "./leave_out_mixed.ts";
import { type Heard, listen } from "./listen.ts";
import { sameSounds } from "./same_sounds.ts";

export interface PrepareDataOptions extends CacheOptions {
  /** The dataset's folder. */
  data: string;
  seed: number;
  /** Another protocol than the experiment's. */
  protocol?: Protocol;
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
  const { dataset, input, evaluation } = experiment;
  const { data, seed } = options, keep = evaluation.leaks === "report";
  const protocol = protocolSchema.parse(options.protocol ?? evaluation.protocol);
  const asked = { folder: data, protocol, nearDuplicates: keep ? false as const : dataset.nearDuplicates };
  const loaded = withInputWarning(await heardLabels(dataset, asked), input);
  checkMetadata(experiment, loaded);
  if (!framesAlone(experiment)) refuseOneClass(loaded, data);
  // What can't be divided, judged or fitted is said before every recording is decoded, and again when copies are known.
  const unheard = keep ? loaded : leaveOutMixed(loaded, evaluation.unit);
  const tell = (warnings: readonly string[]) => warnings.forEach((warning) => console.error(`warning: ${warning}`));
  tell(unheard.warnings ?? []);
  const planned = { protocol: official(protocol, keep), seed };
  const first = plan(experiment, unheard, planned);
  tell(planWarnings(unheard.rows, first, planned));
  const sound = bodySound(experiment.name, { ...datasetInfo(loaded.dataset), input });
  const heard = await listen(loaded, { ...options, input, sound });
  const recordings = loaded.rows.map(({ recording }) => recording);
  const { groups: duplicates, hashes } = await sameSounds({ folder: loaded.folder, recordings }, options);
  const { manifest, folds } = keep
    ? { manifest: loaded, folds: first }
    : undivided(experiment, loaded, { protocol, seed, duplicates });
  const leaks = keptLeaks(manifest.rows, folds, { duplicates });
  return await withBeginning(experiment, { manifest, folds, duplicates, hashes, heard, leaks }, options);
}

/** Rows and folds that divide no group of recordings with the same sound. */
function undivided(
  experiment: Experiment,
  loaded: Manifest,
  planned: PlanOptions & { protocol: ResolvedProtocol; duplicates: string[][] },
): Pick<PreparedData, "manifest" | "folds"> {
  // An official split that divides subjects or copies has a rule of its own for them.
  const joined = planned.protocol.kind === "official" ? loaded : joinNearDuplicates(loaded, planned.duplicates);
  try {
    const manifest = leaveOutMixed(joined, experiment.evaluation.unit);
    const folds = plan(experiment, manifest, planned);
    for (const fold of folds) assertNoLeak(manifest.rows, fold, planned);
    return { manifest, folds };
  } catch (error) {
    // Who counted the table's subjects, or looked at their labels, can't know which of them were joined.
    const joining = joined.warnings?.slice(loaded.warnings?.length ?? 0) ?? [];
    if (!(error instanceof DataError) || joining.length === 0) throw error;
    throw new DataError({ ...error.problem, found: `${error.problem.found} (${joining.join("; ")})` });
  }
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

function official(protocol: ResolvedProtocol, keep: boolean): ResolvedProtocol {
  return keep && protocol.kind === "official" ? { ...protocol, sharedSubjects: "keep" } : protocol;
}

/** The same manifest with a warning where its input was itself learned from recordings of the dataset, whoever is tested. */
export function withInputWarning(manifest: Manifest, input: InputOptions): Manifest {
  if (manifest.dataset !== "circor" || !hearsHeartStates(input)) return manifest;
  const said = "The heart states behind the input come from a network that learned them from four fifths of CirCor's " +
    "children: for those, tested ones too, they are better than for others.";
  return { ...manifest, warnings: [...manifest.warnings ?? [], said] };
}

/** Refuses metadata that the data know nothing of, or that the experiment can't give to its network. */
function checkMetadata({ metadata = [], initial, targets }: Experiment, { rows, folder }: Manifest): void {
  if (metadata.length === 0) return;
  if (initial || targets) {
    const expected = "a network for items that begins with random weights";
    const found = `metadata beside ${initial ? "initial" : "targets"}`;
    throw new UsageError({ expected, found, where: "metadata", remedy: "leave one of them out" });
  }
  const known = new Set(rows.flatMap(({ attributes }) => Object.keys(attributes)));
  const unknown = metadata.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new UsageError({
    expected: `attributes that the data know (${[...known].toSorted().join(", ") || "none"})`,
    found: unknown.map((name) => `"${name}"`).join(", "),
    where: `metadata, of ${folder}`,
  });
}

function refuseOneClass({ rows }: Manifest, where: string): void {
  const labels = new Set(rows.map(({ label }) => label));
  if (labels.size > 1) return;
  const found = `only ${[...labels][0]} (${rows.length} of ${rows.length} rows)`;
  const remedy = "add recordings of another class, or check the column or folders that the labels come from";
  throw new DataError({ expected: "recordings of at least two classes", found, where, remedy });
}
