import type { ParamValue, TrialState } from "../trial.ts";
import type { JournalRecord } from "./journal_file.ts";
import { fromOptunaValue } from "./optuna_distribution.ts";
import type { StoredTrial } from "./study_storage.ts";

/** Optuna's numbers of the states. */
export const STATES: readonly TrialState[] = ["running", "complete", "pruned", "fail", "waiting"];

/** Names under which Auscult keeps its own facts among Optuna's attributes. */
export const KEYS = {
  worker: "auscult:worker",
  beats: "auscult:beats",
  losses: "auscult:losses",
  fixed: "fixed_params",
} as const;

/** What the names of Auscult's own writers begin with. */
export const WRITER = "auscult-";

/** Whether a trial has ended, after which Optuna takes no more of it. */
export function hasEnded({ state }: StoredTrial): boolean {
  return state !== "running" && state !== "waiting";
}

/**
 * The trial that a record makes. Optuna's `ask` writes little; its `enqueue_trial` and `add_trial` write a whole trial,
 * ended or waiting, in the one record.
 *
 * @param place Its number within the study, its id over all studies, and how many trials have ended before it.
 */
export function createdTrial(
  record: JournalRecord,
  { id, number, ends }: { id: number; number: number; ends: number },
): StoredTrial {
  const { params = {}, distributions = {}, intermediate_values = {}, user_attrs = {}, system_attrs = {} } =
    record as Record<string, Record<string, never>>;
  const state = STATES[(record.state as number) ?? 0];
  const trial: StoredTrial = {
    ...{ id, number, state, value: null, params: {}, fixed: {}, notes: {} },
    intermediate: new Map(Object.entries(intermediate_values).map(([step, value]) => [Number(step), value])),
    ...{ worker: null, claims: 0, losses: 0, beats: 0 },
    startedAt: (record.datetime_start as string) ?? null,
    ...{ finishedAt: null, endOrder: null },
    ...beganElsewhere(state, record),
  };
  for (const [name, value] of Object.entries(params)) trial.params[name] = fromOptunaValue(distributions[name], value);
  setNotes(trial, user_attrs);
  setSystemAttributes(trial, system_attrs);
  if (hasEnded(trial)) setState(trial, { ...record, values: record.values ?? [record.value ?? null] }, ends);
  return trial;
}

/** Changes the state of a trial; one that runs already can't be begun by another program. */
export function setState(trial: StoredTrial, record: JournalRecord, ends: number): void {
  if (record.state === 0 && trial.state === "running") return;
  trial.state = STATES[record.state as number];
  delete trial.elsewhere;
  Object.assign(trial, beganElsewhere(trial.state, record));
  const values = record.values as (number | null)[] | null;
  if (values) trial.value = values[0];
  if (record.datetime_start) trial.startedAt = record.datetime_start as string;
  if (record.datetime_complete) trial.finishedAt = record.datetime_complete as string;
  if (hasEnded(trial)) trial.endOrder = ends;
}

/** Adds notes to a trial, as text. */
export function setNotes(trial: StoredTrial, attributes: object): void {
  for (const [key, value] of Object.entries(attributes)) {
    trial.notes[key] = typeof value === "string" ? value : JSON.stringify(value);
  }
}

/** Adds what Optuna and Auscult keep about a trial. */
export function setSystemAttributes(trial: StoredTrial, attributes: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (key === KEYS.worker) {
      trial.worker = value as string | null;
      if (value !== null) trial.claims++;
    } else if (key === KEYS.losses) trial.losses = value as number;
    else if (key === KEYS.beats) trial.beats = value as number;
    else if (key === KEYS.fixed) trial.fixed = value as Record<string, ParamValue>;
  }
}

function beganElsewhere(state: TrialState, { worker_id: writer }: JournalRecord): { elsewhere?: true } {
  return state === "running" && !String(writer).startsWith(WRITER) ? { elsewhere: true } : {};
}
