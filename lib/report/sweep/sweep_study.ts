import type { StoredTrial, StudyDescription, Trial } from "../../sweep/mod.ts";

/** A trial as the page looks at it. */
export type SweepTrial = Pick<StoredTrial, keyof Trial | "worker" | "startedAt" | "finishedAt" | "notes">;

/** A study as its storage holds it. */
export interface SweepStudy {
  study: StudyDescription;
  trials: readonly SweepTrial[];
  /** Facts about the study; `invocation` is a {@linkcode SweepInvocation} as JSON. */
  notes: Record<string, string>;
}

/** How the sweep was called, as far as a command that trains its winner repeats it. */
export interface SweepInvocation {
  file: string;
  data: string;
  /** Values that all trials share, `key=value`. */
  set: string[];
  sampler: string;
  pruner: string;
}
