import type { ParamValue, TrialState } from "../trial.ts";
import type { JournalRecord } from "./journal_file.ts";
import { fromOptunaValue } from "./optuna_distribution.ts";
import type { StoredTrial } from "./study_storage.ts";

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

/** Optuna's numbers of the states. */
export const STATES: readonly TrialState[] = ["running", "complete", "pruned", "fail", "waiting"];

/** Names under which Auscult keeps its own facts among Optuna's attributes. */
export const KEYS = {
  worker: "auscult:worker",
  beats: "auscult:beats",
  losses: "auscult:losses",
  fixed: "fixed_params",
} as const;

/** A study as the journal tells it. */
export interface ReplayedStudy {
  id: number;
  name: string;
  directions: number[];
  userAttributes: Record<string, unknown>;
  systemAttributes: Record<string, unknown>;
  trials: StoredTrial[];
  /** Settings of waiting trials that were put in line, by trial id. */
  fixed: Map<number, Record<string, ParamValue>>;
}

/** Turns the records of a journal into its studies, one record after the other. */
export interface JournalReplay {
  studies: Map<number, ReplayedStudy>;
  trials: Map<number, StoredTrial>;
  apply(record: JournalRecord): void;
  /** The trials of a study as they are now; what comes later changes copies. */
  snapshot(study: ReplayedStudy): readonly StoredTrial[];
}

/** An empty replay. Trial ids count over all studies, numbers within one. */
export function journalReplay(): JournalReplay {
  const studies = new Map<number, ReplayedStudy>();
  const trials = new Map<number, StoredTrial>();
  const studyOfTrial = new Map<number, ReplayedStudy>();
  const unshown = new Set<StoredTrial>(); // in no snapshot yet, so free to be changed
  let nextStudy = 0, ends = 0;

  /** The trial itself, or a copy that takes its place where somebody holds it. */
  function changeable(id: number): StoredTrial | undefined {
    const trial = trials.get(id);
    if (trial === undefined || unshown.has(trial)) return trial;
    const { params, intermediate, rungs, notes } = trial;
    const copy: StoredTrial = {
      ...trial,
      params: { ...params },
      intermediate: new Map(intermediate),
      rungs: new Map(rungs),
      notes: { ...notes },
    };
    trials.set(id, copy);
    unshown.add(copy);
    const study = studyOfTrial.get(id);
    if (study) study.trials[trial.number] = copy;
    return copy;
  }

  function createTrial(record: JournalRecord): void {
    const study = studies.get(record.study_id as number);
    const id = trials.size;
    const trial: StoredTrial = {
      id,
      number: study?.trials.length ?? 0,
      state: STATES[(record.state as number) ?? 0],
      value: null,
      params: {},
      intermediate: new Map(),
      rungs: new Map(),
      worker: null,
      claims: 0,
      losses: 0,
      beats: 0,
      notes: {},
      startedAt: (record.datetime_start as string) ?? null,
      finishedAt: null,
      endOrder: null,
    };
    trials.set(id, trial);
    unshown.add(trial);
    if (study === undefined) return;
    study.trials.push(trial);
    studyOfTrial.set(id, study);
  }

  function setState(trial: StoredTrial, record: JournalRecord): void {
    trial.state = STATES[record.state as number];
    const values = record.values as number[] | null;
    if (values) trial.value = values[0];
    if (record.datetime_start) trial.startedAt = record.datetime_start as string;
    if (record.datetime_complete) trial.finishedAt = record.datetime_complete as string;
    if (trial.state !== "running" && trial.state !== "waiting") trial.endOrder = ends++;
  }

  function setSystemAttribute(trial: StoredTrial, attribute: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(attribute)) {
      const rung = key.match(/^completed_rung_(\d+)$/);
      if (rung) trial.rungs.set(Number(rung[1]), value as number);
      else if (key === KEYS.worker) {
        trial.worker = value as string | null;
        if (value !== null) trial.claims++;
      } else if (key === KEYS.losses) trial.losses = value as number;
      else if (key === KEYS.beats) trial.beats = value as number;
      else if (key === KEYS.fixed) studyOfTrial.get(trial.id)?.fixed.set(trial.id, value as Record<string, ParamValue>);
    }
  }

  return {
    studies,
    trials,
    apply(record) {
      const study = studies.get(record.study_id as number);
      const trial = changeable(record.trial_id as number);
      switch (record.op_code) {
        case OP.createStudy:
          studies.set(nextStudy, {
            id: nextStudy,
            name: record.study_name as string,
            directions: record.directions as number[],
            userAttributes: {},
            systemAttributes: {},
            trials: [],
            fixed: new Map(),
          });
          nextStudy++;
          break;
        case OP.deleteStudy:
          studies.delete(record.study_id as number);
          break;
        case OP.setStudyUserAttribute:
          Object.assign(study?.userAttributes ?? {}, record.user_attr);
          break;
        case OP.setStudySystemAttribute:
          Object.assign(study?.systemAttributes ?? {}, record.system_attr);
          break;
        case OP.createTrial:
          createTrial(record);
          break;
        case OP.setTrialParam: {
          const value = fromOptunaValue(record.distribution as string, record.param_value_internal as number);
          if (trial) trial.params[record.param_name as string] = value;
          break;
        }
        case OP.setTrialState:
          if (trial) setState(trial, record);
          break;
        case OP.setTrialIntermediateValue:
          trial?.intermediate.set(record.step as number, record.intermediate_value as number);
          break;
        case OP.setTrialUserAttribute:
          for (const [key, value] of Object.entries(record.user_attr as object)) {
            if (trial) trial.notes[key] = typeof value === "string" ? value : JSON.stringify(value);
          }
          break;
        case OP.setTrialSystemAttribute:
          if (trial) setSystemAttribute(trial, record.system_attr as Record<string, unknown>);
          break;
      }
    },
    snapshot(study) {
      unshown.clear();
      return [...study.trials];
    },
  };
}
