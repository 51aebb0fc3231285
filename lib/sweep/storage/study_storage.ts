import { type SearchSpace, searchSpace } from "../../experiment/describe/search_space.ts";
import type { Direction, ParamValue, Trial } from "../trial.ts";
import { z } from "zod";
import { checked, DataError } from "../../errors/mod.ts";

/** What a study is: trials of different spaces or objectives can't be compared. */
export interface StudyDescription {
  name: string;
  direction: Direction;
  space: SearchSpace;
  /** Name of the experiment and the settings that all its trials share, as JSON text. */
  experiment: string;
}

/** A trial with what its workers wrote beside it. It is a picture of one moment: nobody changes it. */
export interface StoredTrial extends Trial {
  /** Identity within the storage, over all studies. */
  id: number;
  /** What it was put in line with. */
  fixed: Record<string, ParamValue>;
  /** The worker that has it; `null` where it was given back. */
  worker: string | null;
  /** How often a worker began it or took it over. */
  claims: number;
  /** Workers that died at it since its last new step. */
  losses: number;
  /** Grows with every sign of life of its worker. */
  beats: number;
  /** Why it failed, or what else was noted. */
  notes: Record<string, string>;
  /** ISO times; `null` before. */
  startedAt: string | null;
  finishedAt: string | null;
  /** Grows with each end of a trial, whatever the clocks say; `null` before. */
  endOrder: number | null;
}

/** So many workers may die at a trial, without a new step between, until it counts as failed. */
export const LOSSES_UNTIL_FAILED = 3;

/** What is noted of a trial that failed that way. */
export const LOST_TOO_OFTEN = `${LOSSES_UNTIL_FAILED} workers died at this trial without getting a step further`;

/** How a worker takes a trial. */
export interface ClaimOptions {
  worker: string;
  /** No more trials than this are begun. */
  limit: number;
  /** Whether the worker of a running trial is known to be dead, or has given no sign of life for too long. */
  isAbandoned: (trial: StoredTrial) => boolean;
  /** How many new settings there still are, where they are counted. */
  left?: (trials: readonly StoredTrial[]) => number;
  /** The setting of a new trial, given all there are. */
  propose: (trials: readonly StoredTrial[], number: number) => Record<string, ParamValue>;
}

/** Where the trials of a study are kept, shared by all its workers. */
export interface StudyStorage {
  readonly study: StudyDescription;
  /** All trials as of now, by number. Costs little: only what is new is read. */
  trials(): Promise<readonly StoredTrial[]>;
  /**
   * A trial to work on: an abandoned or returned one first, then a waiting one, then a new one; `null` where the limit
   * is reached or no setting is left. Never the same for two workers. A trial at which too many workers died is ended as failed,
   * and so is one in line whose setting the space does not hold.
   */
  claim(options: ClaimOptions): Promise<StoredTrial | null>;
  /** Puts a setting in line; values that it leaves out are drawn. */
  enqueue(params: Record<string, ParamValue>): Promise<void>;
  /** @returns whether the trial is still this worker's; if not, it must stop. */
  report(trial: StoredTrial, report: { step: number; value: number }): Promise<boolean>;
  /** A sign of life. @returns whether the trial is still this worker's. */
  beat(trial: StoredTrial): Promise<boolean>;
  /** Ends a trial. @returns whether it was still this worker's: exactly one worker ends it. */
  finish(trial: StoredTrial, end: TrialEnd): Promise<boolean>;
  /** Gives a trial back, to be taken over from its checkpoint. */
  release(trial: StoredTrial): Promise<void>;
  /** Facts about the study, e.g. the ids of its Slurm jobs. */
  note(key: string, value: string): Promise<void>;
  notes(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export interface TrialEnd {
  state: "complete" | "pruned" | "fail";
  value: number | null;
  notes?: Record<string, string>;
}

const description = z.object({
  name: z.string(),
  direction: z.enum(["minimize", "maximize"]),
  space: searchSpace,
  experiment: z.string(),
});

/**
 * The description that a storage holds of a study, from its JSON text.
 *
 * @throws {DataError} naming the storage, where it isn't one.
 */
export function parseStudy(text: unknown, where: string): StudyDescription {
  const expected = "the description of a study";
  const remedy = "begin another study with --study";
  try {
    return checked(description, JSON.parse(String(text)), { expected, where, remedy });
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError({ expected, found: (cause as Error).message, where, remedy, cause });
  }
}
