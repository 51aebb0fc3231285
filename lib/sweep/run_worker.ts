import { join } from "node:path";
import { TrainingError } from "../errors/mod.ts";
import { randomStream } from "../random/mod.ts";
import type { Pruner } from "./pruners/pruner.ts";
import type { Sampler } from "./samplers/sampler.ts";
import type { StoredTrial, StudyStorage } from "./storage/study_storage.ts";
import { trySetting, type TrySettingOptions } from "./try_setting.ts";

/** What a worker works with. */
export interface RunWorkerOptions extends Omit<TrySettingOptions, "folder" | "onReport"> {
  storage: StudyStorage;
  /** Unlike that of any other worker. */
  worker: string;
  sampler: Sampler;
  pruner: Pruner;
  /** Trials of the whole study. */
  limit: number;
  /** Folder of the study; a trial's checkpoints lie below it. */
  studyFolder: string;
  /** Seconds between two signs of life. @default {5} */
  beatSeconds?: number;
  /** Seconds without a sign of life after which a trial is taken over. @default {60} */
  abandonedSeconds?: number;
}

const FAILURES_IN_A_ROW = 3;

/**
 * Tries settings until the study has enough, one after the other. Whatever number of workers share a storage, each
 * trial is ended by exactly one; the trial of a worker that died goes on from its last checkpoint in another.
 *
 * @returns `"done"`, or `"stopped"` where it was aborted: its trial has then been given back.
 * @throws {TrainingError} after three trials in a row that failed.
 */
export async function runWorker(options: RunWorkerOptions): Promise<"done" | "stopped"> {
  const { storage, sampler, limit, seed, worker, signal, abandonedSeconds = 60 } = options;
  const isAbandoned = abandonmentWatch(abandonedSeconds);
  const { space, direction } = storage.study;
  let failures = 0;
  while (!signal?.aborted) {
    const trial = await storage.claim({
      worker,
      limit,
      isAbandoned,
      propose: (trials, number) =>
        sampler({ space, trials, direction, number, stream: randomStream(seed, `trial/${number}`) }),
    });
    if (trial === null) {
      // Others still work: one of them may die and leave its trial.
      const busy = (await storage.trials()).some(({ state }) => state === "running");
      if (!busy) return "done";
      await pause(1, signal);
      continue;
    }
    const end = await workOn(trial, options);
    if (end === "stopped") return "stopped";
    failures = end === "fail" ? failures + 1 : 0;
    if (failures === FAILURES_IN_A_ROW) {
      const { notes } = (await storage.trials()).find(({ id }) => id === trial.id)!;
      throw new TrainingError({
        expected: "trials that can be trained",
        found: `${failures} in a row that failed, the last with "${notes.error}"`,
        where: `the study ${storage.study.name}`,
        remedy: "mend the experiment or its search space, then give the same command again",
      });
    }
  }
  return "stopped";
}

/** Tries one setting and tells the storage how it went. */
async function workOn(
  trial: StoredTrial,
  options: RunWorkerOptions,
): Promise<"complete" | "pruned" | "fail" | "lost" | "stopped"> {
  const { storage, pruner, studyFolder, signal, beatSeconds = 5 } = options;
  const folder = join(studyFolder, "trials", String(trial.number));
  const taken = new AbortController();
  const beating = setInterval(async () => {
    if (!await storage.beat(trial).catch(() => true)) taken.abort();
  }, beatSeconds * 1000);
  const onReport = async (step: number, value: number): Promise<"stop" | void> => {
    const trials = await storage.trials();
    const own = trials.find(({ id }) => id === trial.id)!;
    own.intermediate.set(step, value);
    const { prune, rungs } = pruner({ trials, trial: own, direction: storage.study.direction });
    if (!await storage.report(trial, { step, value, rungs })) taken.abort();
    return prune ? "stop" : undefined;
  };
  try {
    const either = AbortSignal.any([taken.signal, ...signal ? [signal] : []]);
    const { state, value } = await trySetting(trial.params, { ...options, folder, onReport, signal: either });
    if (state === "stopped") return await giveBack();
    if (Number.isNaN(value)) return await fail("the validation score is no number");
    const mine = await storage.finish(trial, { state, value });
    if (mine) await Deno.remove(folder, { recursive: true }).catch(() => {});
    return mine ? state : "lost";
  } catch (error) {
    if (signal?.aborted || taken.signal.aborted) return await giveBack();
    return await fail(error instanceof Error ? error.message : String(error));
  } finally {
    clearInterval(beating);
  }

  async function giveBack(): Promise<"stopped" | "lost"> {
    if (taken.signal.aborted) return "lost";
    await storage.release(trial);
    return "stopped";
  }

  async function fail(error: string): Promise<"fail"> {
    await storage.finish(trial, { state: "fail", value: null, notes: { error } });
    return "fail";
  }
}

/**
 * Watches the signs of life of running trials by this process's own clock, so that clocks that differ between machines,
 * or are set back, do no harm.
 */
function abandonmentWatch(seconds: number): (trial: StoredTrial) => boolean {
  const seen = new Map<number, { life: string; at: number }>();
  return ({ id, worker, beats, intermediate }) => {
    const life = `${worker} ${beats} ${intermediate.size}`;
    const last = seen.get(id);
    if (last?.life !== life) {
      seen.set(id, { life, at: performance.now() });
      return false;
    }
    return performance.now() - last.at > seconds * 1000;
  };
}

function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
