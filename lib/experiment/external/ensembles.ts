import type { Manifest } from "../../datasets/mod.ts";
import { LeakError } from "../../errors/mod.ts";
import { openInput } from "../../features/mod.ts";
import { progress } from "../../files/mod.ts";
import { answerByFrame, type Bundle, type BundleNetwork } from "../../runs/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { rowKey, subjectKey } from "../../splits/mod.ts";
import { standardiseWhole } from "../../training/mod.ts";
import { itemPrediction, readFrames } from "../frames/frame_items.ts";
import { meanPredictions } from "../judge/join_folds.ts";
import { firstOf } from "../prepare/known_sounds.ts";
import { type LabelledWindows, metadataWindows } from "../prepare/labelled_windows.ts";
import { predictWindows } from "../train/train_fold.ts";
import type { SeenPolicy, SeenSubjects } from "./seen_subjects.ts";

/** Networks that judge the same rows together. */
export interface Ensemble {
  /** Indices of the networks. */
  members: number[];
  /** Rows of the manifest. */
  rows: Int32Array;
}

/**
 * For each row the ensemble of the networks that haven't seen its subject, the largest first.
 *
 * @throws {LeakError} where a subject has been seen by all of them and the policy is to refuse.
 */
export function unseenEnsembles(
  { rows }: Pick<Manifest, "rows">,
  seen: Omit<SeenSubjects, "learned" | "warnings"> & Partial<Pick<SeenSubjects, "warnings">>,
  policy: SeenPolicy,
): { ensembles: Ensemble[]; leaks: string[]; warnings: string[] } {
  const { members, namesOf, recognised, warnings: unknown = [] } = seen;
  const everyone = members.map((_, i) => i);
  const hasSeen = (member: number, row: number) => namesOf(rows[row]).some((name) => members[member].has(name));
  const subjectsOf = (some: readonly number[]) => [...new Set(some.map((row) => subjectKey(rows[row])))].sort();
  const indices = [...rows.keys()];
  const all = subjectsOf(indices);
  const trained = subjectsOf(indices.filter((row) => everyone.every((member) => hasSeen(member, row))));
  const known = subjectsOf(indices.filter((row) => everyone.some((member) => hasSeen(member, row))));

  const byMembers = Map.groupBy(
    indices,
    (row) => policy === "keep" ? everyone.join() : everyone.filter((member) => !hasSeen(member, row)).join(),
  );
  const nobodys = byMembers.get("") ?? [];
  if (trained.length > 0 && (policy === "refuse" || nobodys.length === rows.length)) {
    const also = recognised === undefined ? "" : `; ${recognised.replace(/\.$/, "")}`;
    const keep = "all the same with --seen keep, which says so in red";
    const expected = "subjects that at least one of the networks hasn't been trained on";
    const found = `${count(trained, all)} that every network was trained on (${firstOf(trained)})${also}`;
    const remedy = policy === "refuse"
      ? `leave them out with --seen leave-out, or judge them ${keep}`
      : `judge other recordings, or judge these ${keep}`;
    throw new LeakError({ expected, found, where: "the data to be judged", remedy });
  }
  byMembers.delete("");
  const ensembles = [...byMembers].map(([key, own]) => ({
    members: key.split(",").map(Number),
    rows: Int32Array.from(own),
  })).toSorted((a, b) => b.members.length - a.members.length || a.members[0] - b.members[0]);
  const said = [...recognised === undefined ? [] : [recognised], ...unknown];
  if (policy === "keep") {
    const leaks = known.length === 0 ? [] : [
      `LEAK: ${count(known, all)} judged here ${known.length === 1 ? "was" : "were"} also trained on ` +
      `(${firstOf(known)}): the scores tell nothing of new subjects.`,
    ];
    return { ensembles, leaks, warnings: said };
  }
  const spared = known.filter((subject) => !trained.includes(subject));
  if (spared.length > 0) {
    said.push(
      `${count(spared, all)} judged here ${spared.length === 1 ? "belongs" : "belong"} to the run's own data ` +
        `(${firstOf(spared)}): judged only by networks that haven't seen them.`,
    );
  }
  if (trained.length > 0) {
    said.push(`Left out: ${count(trained, all)}, because every network was trained on ${firstOf(trained)}.`);
  }
  return { ensembles, leaks: [], warnings: said };
}

function count(some: readonly string[], all: readonly string[]): string {
  return `${some.length} of the ${all.length} ${all.length === 1 ? "subject" : "subjects"}`;
}

/** What {@linkcode judgeEnsembles} judges, and by which networks. */
export interface JudgeEnsemblesOptions {
  bundle: Bundle;
  networks: readonly BundleNetwork[];
  manifest: Manifest;
  windows: LabelledWindows;
  seed: number;
  signal?: AbortSignal;
}

/**
 * What each ensemble says of its rows' windows, or of its rows where it answers by frame, the mean of its members; `fold` is the
 * number of the ensemble.
 */
export async function judgeEnsembles(
  ensembles: readonly Ensemble[],
  options: JudgeEnsemblesOptions,
): Promise<Prediction[][]> {
  const { bundle, networks, manifest } = options;
  const say = bundle.frameAnswers ? sayByFrame : sayOfWindows;
  const partOf = new Map(manifest.rows.map((row) => [rowKey(row), row.part]));
  const judged: Prediction[][] = [];
  for (const [fold, { members, rows }] of ensembles.entries()) {
    const each = await say(members.map((member) => networks[member]), rows, { ...options, fold });
    judged.push(meanPredictions(each).map((one) => ({ ...one, part: partOf.get(rowKey(one))! })));
  }
  return judged;
}

type Say = (
  networks: readonly BundleNetwork[],
  rows: Int32Array,
  options: JudgeEnsemblesOptions & { fold: number },
) => Promise<Prediction[][]>;

/** What each network says of the windows of rows. */
const sayOfWindows: Say = async (networks, indices, { manifest, windows, seed, signal, fold }) => {
  const each: Prediction[][] = [];
  for (const { statistics, metadata, predict } of networks) {
    const own = metadataWindows(windows, manifest.rows, metadata);
    const context = { manifest, windows: own, session: { predict }, statistics, indices, signal };
    const said = await predictWindows("", { fold, seed }, context);
    if (said === undefined) throw new DOMException("stopped", "AbortError");
    each.push(said);
  }
  return each;
};

/** What each network by frame says of rows that can be read; every recording is read once. */
const sayByFrame: Say = async (networks, rows, { bundle, manifest, windows, seed, signal, fold }) => {
  const { classes } = bundle;
  const input = openInput(bundle.input), frameRate = 1 / input.axes.hop;
  const readable = rows.filter((row) => windows.of(Int32Array.of(row)).length > 0);
  const said = networks.map((): Prediction[] => []);
  const bar = progress("recordings", readable.length);
  for (const [i, row] of readable.entries()) {
    const { values } = await readFrames(input, manifest.folder, manifest.rows[row]);
    const features = standardiseWhole(values, input);
    for (const [n, network] of networks.entries()) {
      signal?.throwIfAborted();
      const { probabilities } = await answerByFrame(network, features, { bundle, frameRate });
      said[n].push(itemPrediction(manifest.rows[row], probabilities, { fold, seed, part: "", classes }));
    }
    bar.update(i + 1);
  }
  bar.stop();
  return said;
};
