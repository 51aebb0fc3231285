import { join } from "node:path";
import type { StoredTrial, StudyStorage, TrialEnd } from "./storage/study_storage.ts";
import { DivergenceError } from "../errors/mod.ts";
import { DIVERGED } from "./failures_in_a_row.ts";
import type { RunWorkerOptions } from "./run_worker.ts";
import type { ParamValue } from "./trial.ts";

const NO_SCORE = { expected: "a validation score that is a number", found: "NaN" };

/**
 * Tries one claimed setting and tells the storage how it went.
 *
 * @returns how it ended; `"lost"` where another worker has it now, `"stopped"` where it was given back.
 * @throws {DataError} where the storage fails or the disk is full: that is no fault of the setting.
 */
export async function workOnTrial(
  trial: StoredTrial,
  options: RunWorkerOptions,
): Promise<"complete" | "pruned" | "fail" | "lost" | "stopped"> {
  const { storage, studyFolder, signal, beatSeconds = 15 } = options;
  const folder = await trialFolder(studyFolder, trial);
  const taken = new AbortController();
  const beating = setInterval(async () => {
    if (!await storage.beat(trial).catch(() => true)) taken.abort();
  }, beatSeconds * 1000);
  let broken: { error: unknown } | undefined; // the storage, not the trial
  const told = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error) => {
      broken = { error };
      throw error;
    });

  const onReport = async (step: number, value: number): Promise<"stop" | void> => {
    const { prune, mine } = await told(report(trial, options, { step, value }));
    if (!mine) taken.abort();
    return prune ? "stop" : undefined;
  };

  try {
    const either = AbortSignal.any([taken.signal, ...signal ? [signal] : []]);
    const { state, value } = await options.attempt(searched(trial, storage), {
      folder: folder.path,
      onReport,
      signal: either,
    });
    if (state === "stopped") return await giveBack();
    if (Number.isNaN(value)) return await end("fail", failureOf(new DivergenceError(NO_SCORE)));
    return await end(state, { value });
  } catch (error) {
    if (broken || isFullDisk(error)) {
      await giveBack().catch(() => {}); // the storage may be on the same disk
      throw broken?.error ?? error;
    }
    if (signal?.aborted || taken.signal.aborted) return await giveBack();
    return await end("fail", failureOf(error));
  } finally {
    clearInterval(beating);
  }

  async function giveBack(): Promise<"stopped" | "lost"> {
    if (taken.signal.aborted) return "lost";
    await storage.release(trial);
    return "stopped";
  }

  async function end<State extends TrialEnd["state"]>(
    state: State,
    more: Omit<TrialEnd, "state">,
  ): Promise<State | "lost"> {
    if (!await told(storage.finish(trial, { state, ...more }))) return "lost";
    await folder.remove();
    return state;
  }
}

/** Stores a value on the way, and asks whether to stop there. */
async function report(
  trial: StoredTrial,
  { storage, pruner }: RunWorkerOptions,
  { step, value }: { step: number; value: number },
): Promise<{ prune: boolean; mine: boolean }> {
  const stored = await storage.trials();
  const own = { ...trial, ...stored[trial.number] };
  own.intermediate = new Map(own.intermediate).set(step, value);
  const trials = stored.with(trial.number, own);
  const prune = pruner({ trials, trial: own, direction: storage.study.direction });
  return { prune, mine: await storage.report(trial, { step, value }) };
}

/** The setting of a trial; another program may have put it in line with keys of its own besides. */
function searched({ params }: StoredTrial, { study: { space } }: StudyStorage): Record<string, ParamValue> {
  return Object.fromEntries(Object.entries(params).filter(([key]) => key in space));
}

function failureOf(error: unknown): Omit<TrialEnd, "state"> {
  const message = error instanceof Error ? error.message : String(error);
  const notes: Record<string, string> = error instanceof DivergenceError ? { [DIVERGED]: "yes" } : {};
  return { value: null, notes: { error: message, ...notes } };
}

/** Whether an error, or one that caused it, says that no space is left or that a quota is used up. */
function isFullDisk(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/ENOSPC|EDQUOT|No space left|quota exceeded/i.test(cause.message)) return true;
  }
  return false;
}

/**
 * The folder of a trial for the worker that claimed it. Each claim has one of its own and takes over what the last one
 * left by renaming it: a worker that lost its trial without knowing yet can't write into that of its heir.
 * `remove` takes away all that was kept of the trial.
 */
async function trialFolder(studyFolder: string, { number, claims }: StoredTrial) {
  const folder = join(studyFolder, "trials", `${number}`);
  const path = join(folder, `${claims}`);
  const before = await latestClaim(folder);
  if (before !== undefined && before < claims) await Deno.rename(join(folder, `${before}`), path);
  return { path, remove: () => Deno.remove(folder, { recursive: true }).catch(() => {}) };
}

async function latestClaim(folder: string): Promise<number | undefined> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => Number(name));
    return names.length > 0 ? Math.max(...names) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
