import { DataError } from "../../errors/mod.ts";
import { inputShape } from "../../features/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { buildModel, layersToTake, type NamedWeight } from "../../models/mod.ts";
import {
  openFinishedRun,
  openRun,
  type ReadBundle,
  readBundle,
  readNetworkFiles,
  type RunBeginning,
} from "../../runs/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { outputsOf } from "../describe/recording_targets.ts";
import { seenSubjects } from "../external/seen_subjects.ts";
import { readFolds } from "../finish_fold.ts";
import { checkEvaluation } from "../prepare/check_evaluation.ts";
import type { PrepareDataOptions, PreparedData } from "../prepare/prepare_data.ts";
import { divideSeen } from "./divide_seen.ts";

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
