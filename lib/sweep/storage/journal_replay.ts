import type { JournalRecord } from "./journal_file.ts";
import type { StoredTrial } from "./study_storage.ts";
import { fromOptunaValue } from "./optuna_distribution.ts";
import { createdTrial, hasEnded, setNotes, setState, setSystemAttributes } from "./replayed_trial.ts";

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

  function createStudy(record: JournalRecord): void {
    const name = record.study_name as string;
    if ([...studies.values()].some((other) => other.name === name)) return; // two began it at the same time
    const directions = Array.isArray(record.directions) ? record.directions as number[] : [];
    const id = nextStudy++;
    studies.set(id, { id, name, directions, userAttributes: {}, systemAttributes: {}, trials: [] });
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

function copyOf(trial: StoredTrial): StoredTrial {
  const { params, intermediate, notes } = trial;
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
