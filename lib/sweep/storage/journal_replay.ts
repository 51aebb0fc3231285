import type { JournalRecord } from "./journal_file.ts";
import type { StoredTrial } from "./study_storage.ts";
import { fromOptunaValue } from "./optuna_distribution.ts";
import type { ParamValue, TrialState } from "../trial.ts";

/** Optuna's operations, by the number that stands for them. */
export const OP = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyUserAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setTrialParam: 5,
  setTrialState: 6,
  setTrialIntermediateValue: 7,
  setTrialUserAttribute: 8,
  setTrialSystemAttribute: 9,
} as const;

/** Under which a study's description lies among its attributes. */
export const DESCRIPTION = "auscult:description";

/** A study as the journal tells it. */
export interface ReplayedStudy {
  id: number;
  name: string;
  directions: number[];
  userAttributes: Record<string, unknown>;
  systemAttributes: Record<string, unknown>;
  trials: StoredTrial[];
}

/** Turns the records of a journal into its studies, one record after the other. Trial ids count over all studies, numbers within one. */
export function journalReplay() {
  const studies = new Map<number, ReplayedStudy>();
  const trials = new Map<number, StoredTrial>();
  const studyOfTrial = new Map<number, ReplayedStudy>();
  const unshown = new Set<StoredTrial>(); // in no snapshot yet, so free to be changed
  let nextStudy = 0, ends = 0;

  /** The trial itself, or a copy that takes its place where somebody holds it; none where it has ended. */
  function changeable(id: number): StoredTrial | undefined {
    const trial = trials.get(id);
    if (trial === undefined || hasEnded(trial)) return undefined;
    if (unshown.has(trial)) return trial;
    const copy = copyOf(trial);
    trials.set(id, copy);
    unshown.add(copy);
    studyOfTrial.get(id)!.trials[trial.number] = copy;
    return copy;
  }

  function createStudy({ study_name: name, directions }: JournalRecord): void {
    if ([...studies.values()].some((other) => other.name === name)) return; // two began it at the same time
    const id = nextStudy++, aims = Array.isArray(directions) ? directions as number[] : [];
    const none = { userAttributes: {}, systemAttributes: {}, trials: [] };
    studies.set(id, { id, name: name as string, directions: aims, ...none });
  }

  function createTrial(record: JournalRecord): void {
    const study = studies.get(record.study_id as number);
    if (study === undefined) return;
    const trial = createdTrial(record, { id: trials.size, number: study.trials.length, ends: ends++ });
    trials.set(trial.id, trial);
    unshown.add(trial);
    study.trials.push(trial);
    studyOfTrial.set(trial.id, study);
  }

  return {
    studies,
    trials,
    apply(record: JournalRecord): void {
      const study = studies.get(record.study_id as number);
      if (record.op_code === OP.createStudy) createStudy(record);
      else if (record.op_code === OP.deleteStudy) studies.delete(record.study_id as number);
      else if (record.op_code === OP.setStudyUserAttribute) {
        Object.assign(study?.userAttributes ?? {}, record.user_attr);
      } else if (record.op_code === OP.setStudySystemAttribute) {
        Object.assign(study?.systemAttributes ?? {}, record.system_attr);
      } else if (record.op_code === OP.createTrial) createTrial(record);
      else {
        const trial = changeable(record.trial_id as number);
        if (trial) changeTrial(trial, record, ends++);
      }
    },
    /** The trials of a study as they are now; what comes later changes copies. */
    snapshot(study: ReplayedStudy): readonly StoredTrial[] {
      unshown.clear();
      return [...study.trials];
    },
  };
}

function copyOf({ params, intermediate, notes, ...trial }: StoredTrial): StoredTrial {
  return { ...trial, params: { ...params }, intermediate: new Map(intermediate), notes: { ...notes } };
}

function changeTrial(trial: StoredTrial, record: JournalRecord, ends: number): void {
  switch (record.op_code) {
    case OP.setTrialParam: {
      const value = fromOptunaValue(record.distribution as string, record.param_value_internal as number);
      trial.params[record.param_name as string] = value;
      break;
    }
    case OP.setTrialState:
      setState(trial, record, ends);
      break;
    case OP.setTrialIntermediateValue:
      trial.intermediate.set(record.step as number, record.intermediate_value as number);
      break;
    case OP.setTrialUserAttribute:
      setNotes(trial, record.user_attr as object);
      break;
    case OP.setTrialSystemAttribute:
      setSystemAttributes(trial, record.system_attr as Record<string, unknown>);
      break;
  }
}

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
function hasEnded({ state }: StoredTrial): boolean {
  return state !== "running" && state !== "waiting";
}

/**
 * The trial that a record makes. Optuna's `ask` writes little; its `enqueue_trial` and `add_trial` write a whole trial,
 * ended or waiting, in the one record.
 *
 * @param place Its number within the study, its id over all studies, and how many trials have ended before it.
 */
function createdTrial(
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
function setState(trial: StoredTrial, record: JournalRecord, ends: number): void {
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
function setNotes(trial: StoredTrial, attributes: object): void {
  for (const [key, value] of Object.entries(attributes)) {
    trial.notes[key] = typeof value === "string" ? value : JSON.stringify(value);
  }
}

/** Adds what Optuna and Auscult keep about a trial. */
function setSystemAttributes(trial: StoredTrial, attributes: Record<string, unknown>): void {
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
