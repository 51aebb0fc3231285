import type { ManifestRow } from "../../datasets/mod.ts";
import { DataError, LeakError } from "../../errors/mod.ts";
import { inputShape } from "../../features/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { buildModel, layersToTake, type NamedWeight } from "../../models/mod.ts";
import { openFinishedRun, openRun, readBundle, readNetworkFiles } from "../../runs/mod.ts";
import type { ReadBundle, RunBeginning } from "../../runs/mod.ts";
import { type Fold, subjectKey } from "../../splits/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { outputsOf } from "../describe/targets.ts";
import { type SeenPolicy, type SeenSubjects, seenSubjects } from "../external/seen_subjects.ts";
import { readFolds } from "../finish_fold.ts";
import { checkEvaluation } from "../prepare/check_evaluation.ts";
import { firstOf } from "../prepare/known_sounds.ts";
import type { PrepareDataOptions, PreparedData } from "../prepare/prepare_data.ts";

/** What a network begins with. */
export interface FirstWeights {
  weights: readonly NamedWeight[];
  /** Layers that take theirs. */
  layers: readonly string[];
  /** Tells them from others. */
  hash: string;
}

/** The earlier run whose weights the networks of this one begin with. */
export interface Beginning {
  /** As the experiment has it, with the folder and the hash that were found. */
  initial: Experiment["initial"];
  about: RunBeginning;
  /** What the leakage guard looked for, as sentences. */
  leakCheck: string[];
  /** Sounds that the earlier networks know, as in their bundle. */
  known?: string;
  /** What a fold begins with, by its place. */
  weightsOf(fold: number): Promise<FirstWeights>;
}

/**
 * Opens the run that an experiment begins with, if any, chooses the network that each fold takes, and looks for whom it knows.
 *
 * @throws {DataError} where the run isn't finished, is damaged, or has other weights than the experiment says.
 * @throws {UsageError} where its layers don't fit.
 * @throws {LeakError} as `divideSeen`.
 */
export async function withBeginning(
  experiment: Experiment,
  prepared: PreparedData,
  options: PrepareDataOptions,
): Promise<PreparedData> {
  const { model, input } = experiment, { manifest } = prepared;
  const initial = await pinnedInitial(experiment.initial);
  if (!initial) return prepared;
  const run = await openRun(initial.run);
  const opened = await readBundle(run.path("model"), { asWeights: true });
  const { bundle } = opened;
  const { classes } = manifest;
  const outputs = outputsOf(experiment, classes.length);
  const network = await buildModel(model, { ...inputShape(input), classes: outputs, seed: 0 });
  const sameClasses = experiment.targets === undefined && !bundle.frameAnswers &&
    classes.join("\n") === bundle.classes.join("\n");
  const taken = layersToTake(network, await weightsOf(opened, 0), { layers: initial.layers, sameClasses });
  network.dispose();
  const takesSome = taken.layers.length > 0;

  const seen = await seenSubjects(run, await readFolds(run, bundle.members.length), manifest, options);
  const divided = divideSeen(manifest.rows, prepared.folds, { seen, policy: initial.seen, run: run.folder });
  const { folds, networks, leaks, leakCheck } = divided;
  if (initial.seen === "leave-out" && !experiment.targets) {
    checkEvaluation(experiment, { ...manifest, ...options, folds });
  }
  const sameInput = JSON.stringify(bundle.input) === JSON.stringify(input);
  const begun = folds.map(({ fold, seed }, i) => ({ fold, seed, network: networks[i] }));
  const beginning: Beginning = {
    ...{ initial, leakCheck, known: takesSome ? bundle.known : undefined },
    about: { version: 1, run: run.folder, sha256: initial.sha256!, sameInput, ...taken, folds: begun },
    async weightsOf(fold) {
      const hash = hashBytes(JSON.stringify([initial.sha256, networks[fold], taken.layers]));
      return { weights: await weightsOf(opened, networks[fold]), layers: taken.layers, hash };
    },
  };
  return { ...prepared, folds, leaks: [...prepared.leaks, ...takesSome ? leaks : []], beginning };
}

/**
 * What an experiment says of its beginning, with the run's own folder and the hash of its weights.
 *
 * @throws {DataError} where there is no such finished run, or it has others.
 */
export async function pinnedInitial(initial: Experiment["initial"]): Promise<Experiment["initial"]> {
  if (!initial) return undefined;
  const { folder, path } = await openFinishedRun(initial.run);
  const opened = await readBundle(path("model"), { asWeights: true });
  const hashes: string[] = [];
  for (const { model } of opened.bundle.members) {
    hashes.push(hashBytes((await readNetworkFiles(model, opened.read)).weights));
  }
  const sha256 = hashBytes(hashes.join());
  if (sha256 === (initial.sha256 ?? sha256)) return { ...initial, run: folder, sha256 };
  throw new DataError({
    ...{ expected: `weights with the SHA-256 ${initial.sha256}`, found: sha256, where: folder },
    remedy: "name the run that was meant as initial.run, or leave initial.sha256 out",
  });
}

async function weightsOf({ bundle, read }: ReadBundle, member: number): Promise<NamedWeight[]> {
  const { specs, weights } = await readNetworkFiles(bundle.members[member].model, read);
  let at = 0;
  return specs.map(({ name, shape }) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const values = new Float32Array(weights.slice(at, at += 4 * count).buffer);
    return { name, shape, values };
  });
}

/**
 * Fold `i` begins with network `i` of an earlier run, counted round, or the next that knows less of whom the fold asks: the
 * same folds of the same dataset go on with their own networks. Known is whom a network learned from; in the test part also by
 * whom it was chosen.
 *
 * @param options `run` is named in messages.
 * @returns `networks` by the places of the folds, and the folds without those whom they may not ask where these are left out.
 * @throws {LeakError} where somebody is known and that is to be refused, or leaves a part without anybody.
 */
export function divideSeen(
  rows: readonly ManifestRow[],
  folds: readonly Fold[],
  { seen, policy, run }: { seen: SeenSubjects; policy: SeenPolicy; run: string },
): { networks: number[]; folds: Fold[]; leaks: string[]; leakCheck: string[] } {
  const { members, learned, recognised, warnings } = seen;
  const knownBy = (names: ReadonlySet<string>) => (row: number) =>
    seen.namesOf(rows[row]).some((one) => names.has(one));
  const begun = folds.map(({ test, validation }, i) => {
    const each = members.map((_, k) => {
      const network = (i + k) % members.length;
      const known = [...test.filter(knownBy(members[network])), ...validation.filter(knownBy(learned[network]))];
      return { network, known: new Set(known) };
    });
    return each.reduce((best, one) => one.known.size < best.known.size ? one : best);
  });
  // Inner folds are judged as one network and seeds beside each other, so that they judge the same rows.
  const together = Map.groupBy(folds.keys(), (i) => folds[i].outer ?? folds[i].fold);
  const left = folds.map((fold, i): Fold => {
    const beside = together.get(fold.outer ?? fold.fold)!;
    return {
      ...fold,
      test: fold.test.filter((row) => !beside.some((k) => begun[k].known.has(row))),
      validation: fold.validation.filter((row) => !begun[i].known.has(row)),
    };
  });
  const subjectsOf = (some: number[]) => [...new Set(some.map((row) => subjectKey(rows[row])))].sort();
  const asked = subjectsOf(folds.flatMap(({ test, validation }) => [...test, ...validation]));
  const known = subjectsOf(begun.flatMap(({ known }) => [...known]));
  const many = `${known.length} of the ${asked.length} subjects that are judged or chosen by (${firstOf(known)})`;
  const said = [...recognised === undefined ? [] : [recognised], ...warnings];
  const networks = begun.map(({ network }) => network);
  if (known.length === 0) {
    const none = "No first weights had learned from a subject or a sound that is judged or chosen by.";
    return { networks, folds: [...folds], leaks: [], leakCheck: [none, ...said] };
  }
  if (policy === "keep") {
    const leak = `LEAK: first weights had learned from ${many}: the scores tell nothing of new subjects.`;
    return { networks, folds: [...folds], leaks: [leak], leakCheck: said };
  }
  if (policy === "refuse" || left.some(({ test, validation }) => test.length * validation.length === 0)) {
    const expected = "first weights that know nobody whom this run judges or chooses by";
    const found = `${many}${recognised === undefined ? "" : `; ${recognised.replace(/\.$/, "")}`}`;
    const remedy =
      "give both runs the same data, folds and seed, name a run on others, or set initial.seen to leave-out where " +
      "enough are left, or to keep, which says so in red";
    throw new LeakError({ expected, found, where: `initial.run, ${run}`, remedy });
  }
  const spared = `Left out, since first weights had learned from them: ${many}.`;
  return { networks, folds: left, leaks: [], leakCheck: [spared, ...said] };
}
