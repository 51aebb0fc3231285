import type { Dimension } from "../../experiment/search_space.ts";
import { conditionHolds } from "../samplers/sampler.ts";
import type { ParamValue } from "../trial.ts";
import { type JournalRecord, openJournalFile } from "./journal_file.ts";
import { journalReplay, KEYS, OP, type ReplayedStudy, STATES } from "./journal_replay.ts";
import { toOptunaDistribution, toOptunaValue } from "./optuna_distribution.ts";
import { refuseOtherStudy } from "./same_study.ts";
import type { ClaimOptions, StoredTrial, StudyDescription, StudyStorage } from "./study_storage.ts";

const DESCRIPTION = "auscult:description";

/**
 * A study in a file that Optuna's JournalStorage reads as well: its plots, importances and dashboard work on it. Many
 * processes of one machine may share it.
 *
 * @throws {UsageError} where the file holds a study of this name with another space, direction or experiment.
 */
export async function openJournalStorage(path: string, study: StudyDescription): Promise<StudyStorage> {
  const file = await openJournalFile(path);
  const replay = journalReplay();
  const writer = `auscult-${crypto.randomUUID()}`;
  const catchUp = (records: JournalRecord[]) => records.forEach(replay.apply);
  const ours = (): ReplayedStudy | undefined => [...replay.studies.values()].find(({ name }) => name === study.name);

  /** Appends what `compose` returns, given the newest state, and applies it here too. */
  const append = async (compose: () => Record<string, unknown>[]) => {
    let added: JournalRecord[] = [];
    await file.update((fresh) => {
      catchUp(fresh);
      added = compose().map((record) => ({ worker_id: writer, ...record }) as unknown as JournalRecord);
      return added;
    });
    catchUp(added);
  };

  await append(() => {
    const there = ours();
    if (there === undefined) {
      const direction = study.direction === "maximize" ? 2 : 1;
      const id = nextStudyId(replay.studies);
      return [
        { op_code: OP.createStudy, study_name: study.name, directions: [direction] },
        { op_code: OP.setStudyUserAttribute, study_id: id, user_attr: { [DESCRIPTION]: JSON.stringify(study) } },
      ];
    }
    refuseOtherStudy(there.userAttributes[DESCRIPTION] as string | undefined, study, path);
    return [];
  });

  /** Whether a running trial still belongs to the worker that asks; looked at under the lock. */
  const owned = ({ id, worker }: StoredTrial) => {
    const now = replay.trials.get(id)!;
    return now.state === "running" && now.worker === worker;
  };
  const appendIfOwned = async (trial: StoredTrial, records: () => Record<string, unknown>[]): Promise<boolean> => {
    let mine = false;
    await append(() => {
      mine = owned(trial);
      return mine ? records() : [];
    });
    return mine;
  };
  const systemAttribute = (id: number, attribute: Record<string, unknown>) => //
  ({ op_code: OP.setTrialSystemAttribute, trial_id: id, system_attr: attribute });

  return {
    study,
    async trials() {
      catchUp(await file.read());
      return structuredClone(ours()!.trials);
    },
    async claim(options) {
      let claimed: number | null = null;
      await append(() => {
        const { id, records } = claimRecords(ours()!, study, options) ?? { id: null, records: [] };
        claimed = id === null ? null : id < 0 ? replay.trials.size : id;
        return records.map((record) => "trial_id" in record ? { ...record, trial_id: claimed } : record);
      });
      return claimed === null ? null : structuredClone(replay.trials.get(claimed)!);
    },
    enqueue: (params) =>
      append(() => [
        { op_code: OP.createTrial, study_id: ours()!.id, state: STATES.indexOf("waiting"), datetime_start: null },
        systemAttribute(replay.trials.size, { [KEYS.fixed]: params }),
      ]),
    report: (trial, { step, value, rungs = new Map() }) =>
      appendIfOwned(trial, () => [
        { op_code: OP.setTrialIntermediateValue, trial_id: trial.id, step, intermediate_value: value },
        ...[...rungs].map(([rung, reached]) => systemAttribute(trial.id, { [`completed_rung_${rung}`]: reached })),
      ]),
    beat: (trial) =>
      appendIfOwned(trial, () => [systemAttribute(trial.id, { [KEYS.beats]: replay.trials.get(trial.id)!.beats + 1 })]),
    finish: (trial, { state, value, notes = {} }) =>
      appendIfOwned(trial, () => [
        ...Object.entries(notes).map(([key, text]) => //
        ({ op_code: OP.setTrialUserAttribute, trial_id: trial.id, user_attr: { [key]: text } })),
        {
          op_code: OP.setTrialState,
          trial_id: trial.id,
          state: STATES.indexOf(state),
          values: value === null ? null : [value],
          datetime_complete: new Date().toISOString(),
        },
      ]),
    async release(trial) {
      await appendIfOwned(trial, () => [systemAttribute(trial.id, { [KEYS.worker]: null })]);
    },
    note: (key, value) =>
      append(() => [{ op_code: OP.setStudyUserAttribute, study_id: ours()!.id, user_attr: { [key]: value } }]),
    async notes() {
      catchUp(await file.read());
      const texts = Object.entries(ours()!.userAttributes).filter(([key]) => key !== DESCRIPTION);
      return Object.fromEntries(texts.map(([key, value]) => [key, String(value)]));
    },
    close() {
      file.close();
      return Promise.resolve();
    },
  };
}

/** What a claim appends; the id is -1 for a trial that is made by it, and `trial_id` is filled in by the caller. */
function claimRecords(
  { id: studyId, trials, fixed }: ReplayedStudy,
  { space }: StudyDescription,
  { worker, limit, isAbandoned, propose }: ClaimOptions,
): { id: number; records: Record<string, unknown>[] } | null {
  const abandoned = trials.find((trial) => trial.state === "running" && (trial.worker === null || isAbandoned(trial)));
  const waiting = trials.find((trial) => trial.state === "waiting");
  const taken = abandoned ?? waiting;
  if (taken === undefined && trials.length >= limit) return null;
  const startedAt = new Date().toISOString();
  const records: Record<string, unknown>[] = [];
  if (taken === undefined) records.push({ op_code: OP.createTrial, study_id: studyId, datetime_start: startedAt });
  if (taken !== undefined && taken === waiting) {
    const running = { state: STATES.indexOf("running"), values: null, datetime_start: startedAt };
    records.push({ op_code: OP.setTrialState, trial_id: taken.id, ...running });
  }
  if (taken === undefined || Object.keys(taken.params).length === 0) {
    const proposed = { ...propose(trials, taken?.number ?? trials.length), ...fixed.get(taken?.id ?? -1) };
    records.push(...paramRecords(space, proposed));
  }
  // The worker comes last: a claim of which a crash left only a part belongs to nobody and is taken again.
  records.push({ op_code: OP.setTrialSystemAttribute, trial_id: -1, system_attr: { [KEYS.worker]: worker } });
  return { id: taken?.id ?? -1, records };
}

function paramRecords(space: Record<string, Dimension>, params: Record<string, ParamValue>): Record<string, unknown>[] {
  return Object.entries(space)
    .filter(([name, dimension]) => name in params && conditionHolds(dimension, params))
    .map(([name, dimension]) => ({
      op_code: OP.setTrialParam,
      trial_id: -1,
      param_name: name,
      param_value_internal: toOptunaValue(dimension, params[name]),
      distribution: toOptunaDistribution(dimension),
    }));
}

function nextStudyId(studies: Map<number, ReplayedStudy>): number {
  return Math.max(-1, ...studies.keys()) + 1;
}
