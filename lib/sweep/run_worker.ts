import { setTimeout as delay } from "node:timers/promises";
import type { ClaimOptions, StoredTrial, StudyStorage } from "./storage/study_storage.ts";
import { TrainingError } from "../errors/mod.ts";
import { randomStream } from "../random/mod.ts";
import { FAILURES_THAT_STOP, failuresInARow, latestEnd } from "./failures_in_a_row.ts";
import type { Pruner } from "./pruners/median_pruner.ts";
import { randomSampler, type Sampler } from "./samplers/sampler.ts";
import type { ParamValue } from "./trial.ts";
import type { TriedSetting, TrySettingOptions } from "./try_setting.ts";
import { workOnTrial } from "./work_on_trial.ts";

export interface RunWorkerOptions {
  storage: StudyStorage;
  /** Unlike that of any other worker. */
  worker: string;
  sampler: Sampler;
  /** How many new settings the sampler still has, where they are counted. */
  left?: ClaimOptions["left"];
  pruner: Pruner;
  /** Trials of the whole study. */
  limit: number;
  seed: number;
  /** Folder of the study; a trial's checkpoints lie below it. */
  studyFolder: string;
  /** Tries one setting, as `trySetting`; called again with what the folder holds, it goes on from there. */
  attempt: (
    params: Record<string, ParamValue>,
    options: Pick<TrySettingOptions, "folder" | "onReport" | "signal">,
  ) => Promise<TriedSetting>;
  /** Whether another worker is known to be dead, whatever its last sign of life. @default {nothing is known} */
  isDead?: (worker: string) => boolean;
  signal?: AbortSignal;
  /** Seconds between two signs of life. @default {15} */
  beatSeconds?: number;
  /** Seconds without a sign of life after which a trial is taken over. @default {60} */
  abandonedSeconds?: number;
}

/**
 * Tries settings until the study has enough or none is left, one after the other. Whatever number of workers share a storage, each
 * trial is ended by exactly one; the trial of a worker that died goes on from its last checkpoint in another.
 *
 * @returns `"done"`, or `"stopped"` where it was aborted: its trial has then been given back.
 * @throws {TrainingError} after three trials in a row that failed otherwise than by a training that diverged.
 * @throws {DataError} where the storage or the disk of the checkpoints fails; the trial can then be taken over.
 */
export async function runWorker(options: RunWorkerOptions): Promise<"done" | "stopped"> {
  const { storage, sampler, left, limit, seed, worker, signal, abandonedSeconds = 60, isDead } = options;
  const isAbandoned = abandonmentWatch(abandonedSeconds, isDead);
  const { space, direction } = storage.study;
  const before = latestEnd(await storage.trials());
  while (!signal?.aborted) {
    const trial = await storage.claim({
      worker,
      limit,
      isAbandoned,
      left,
      propose(trials, number) {
        const context = { space, trials, direction, number, stream: randomStream(seed, `trial/${number}`) };
        // One in line may leave values open when a grid is done.
        return sampler(context) ?? randomSampler(context);
      },
    });
    if (trial === null) {
      // Others still work: one of them may die and leave its trial.
      const busy = (await storage.trials()).some(({ state, elsewhere }) => state === "running" && !elsewhere);
      if (!busy) return "done";
      await delay(1000, undefined, { signal }).catch(() => {}); // aborted
      continue;
    }
    const end = await workOnTrial(trial, options);
    if (end === "stopped") return "stopped";
    if (end === "fail") await stopAfterFailures(storage, before);
  }
  return "stopped";
}

/** @throws {TrainingError} where the latest ends of the study, those up to `after` aside, are all failures. */
export async function stopAfterFailures(storage: StudyStorage, after: number): Promise<void> {
  const failed = failuresInARow(await storage.trials(), after);
  if (failed.length < FAILURES_THAT_STOP) return;
  const found = `${failed.length} in a row that failed, the last with "${failed[0].notes.error}"`;
  const where = `the study ${storage.study.name}`;
  const remedy = "mend the experiment, then give the same command again; with another search space, another --study";
  throw new TrainingError({ expected: "trials that can be trained", found, where, remedy });
}

/**
 * Tells which running trials lost their worker: those whose worker is known to be dead, and those that gave no sign of
 * life between two looks. It counts by this process's own monotonic clock, so that clocks that differ between machines,
 * or are set back, do no harm.
 *
 * @param seconds Without a sign of life after which a trial counts as abandoned.
 */
function abandonmentWatch(
  seconds: number,
  isDead: (worker: string) => boolean = () => false,
): (trial: StoredTrial) => boolean {
  const seen = new Map<number, { life: string; at: number }>();
  return ({ id, worker, claims, beats, intermediate }) => {
    if (worker !== null && isDead(worker)) return true;
    const life = `${worker} ${claims} ${beats} ${intermediate.size}`;
    const last = seen.get(id);
    if (last?.life !== life) {
      seen.set(id, { life, at: performance.now() });
      return false;
    }
    return performance.now() - last.at > seconds * 1000;
  };
}
