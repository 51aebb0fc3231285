import { DESCRIPTION, KEYS, OP, STATES } from "./journal_replay.ts";
import type { SharedJournal } from "./journal_storage.ts";
import {
  type ClaimOptions,
  LOSSES_UNTIL_FAILED,
  LOST_TOO_OFTEN,
  type StoredTrial,
  type StudyDescription,
  type StudyStorage,
} from "./study_storage.ts";
import type { SearchSpace } from "../../experiment/describe/search_space.ts";
import { outsideOf } from "../samplers/unit_interval.ts";
import type { ParamValue } from "../trial.ts";
import { claimedSetting } from "../samplers/sampler.ts";
import { toOptunaDistribution, toOptunaValue } from "./optuna_distribution.ts";

/** The study of a journal that has been begun. */
export function journalStudy(journal: SharedJournal, study: StudyDescription): StudyStorage {
  const { append, look, replay } = journal;
  const ours = () => journal.study()!;
  const snapshot = () => replay.snapshot(ours());

  return {
    study,
    async trials() {
      await look();
      return snapshot();
    },
    async claim(options) {
      let claimed: number | null = null;
      await append(() => {
        const { taken, records } = claimRecords(
          { studyId: ours().id, space: study.space, trials: snapshot() },
          { ...options, newId: replay.trials.size },
        );
        claimed = taken;
        return records;
      });
      return claimed === null ? null : snapshot().find(({ id }) => id === claimed)!;
    },
    enqueue: (params) =>
      append(() => [{
        op_code: OP.createTrial,
        study_id: ours().id,
        state: STATES.indexOf("waiting"),
        datetime_start: null,
        system_attrs: { [KEYS.fixed]: params },
      }]),
    ...journalTrials(journal),
    note: (key, value) =>
      append(() => [{ op_code: OP.setStudyUserAttribute, study_id: ours().id, user_attr: { [key]: value } }]),
    async notes() {
      await look();
      const texts = Object.entries(ours().userAttributes).filter(([key]) => key !== DESCRIPTION);
      return Object.fromEntries(texts.map(([key, value]) => [key, String(value)]));
    },
    close() {
      journal.close();
      return Promise.resolve();
    },
  };
}

/** What a worker tells a journal about its trial. */
function journalTrials(
  { append, replay }: SharedJournal,
): Pick<StudyStorage, "report" | "beat" | "finish" | "release"> {
  /** Appends records about a trial if it still belongs to the worker that asks; looked at under the lock. */
  const appendIfOwned = async (
    { id, worker, claims }: StoredTrial,
    records: (now: StoredTrial) => Record<string, unknown>[],
  ): Promise<boolean> => {
    let mine = false;
    await append(() => {
      const now = replay.trials.get(id)!;
      mine = now.state === "running" && now.worker === worker && now.claims === claims;
      return mine ? records(now) : [];
    });
    return mine;
  };

  return {
    report: (trial, { step, value }) =>
      appendIfOwned(trial, ({ id, losses, intermediate }) => [
        { op_code: OP.setTrialIntermediateValue, trial_id: id, step, intermediate_value: value },
        ...losses > 0 && !intermediate.has(step) ? [systemAttribute(id, { [KEYS.losses]: 0 })] : [],
      ]),
    beat: (trial) => appendIfOwned(trial, ({ id, beats }) => [systemAttribute(id, { [KEYS.beats]: beats + 1 })]),
    finish: (trial, { state, value, notes = {} }) =>
      appendIfOwned(trial, ({ id }) => [
        ...Object.entries(notes).map(([key, text]) => //
        ({ op_code: OP.setTrialUserAttribute, trial_id: id, user_attr: { [key]: text } })),
        {
          op_code: OP.setTrialState,
          trial_id: id,
          state: STATES.indexOf(state),
          values: value === null ? null : [value],
          datetime_complete: new Date().toISOString(),
        },
      ]),
    async release(trial) {
      await appendIfOwned(trial, ({ id }) => [systemAttribute(id, { [KEYS.worker]: null })]);
    },
  };
}

function systemAttribute(id: number, attribute: Record<string, unknown>): Record<string, unknown> {
  return { op_code: OP.setTrialSystemAttribute, trial_id: id, system_attr: attribute };
}

/** A study as it is when a trial is claimed. */
interface ClaimedStudy {
  studyId: number;
  space: SearchSpace;
  trials: readonly StoredTrial[];
}

/** The trial that a claim takes, if any, and the records that say so; a new one gets `newId`. */
export function claimRecords(
  { studyId, space, trials }: ClaimedStudy,
  { worker, limit, isAbandoned, propose, left, newId }: ClaimOptions & { newId: number },
): { taken: number | null; records: Record<string, unknown>[] } {
  const now = new Date().toISOString();
  const { free, hopeless } = freeTrials(trials, isAbandoned);
  const waiting = trials.filter(({ state }) => state === "waiting");
  const impossible = waiting.filter(({ fixed, params }) => outsideOf(space, { ...params, ...fixed }));
  const records = [
    ...hopeless.flatMap(({ id }) => failure(id, { error: LOST_TOO_OFTEN, now })),
    ...impossible.flatMap(({ id, fixed, params }) =>
      failure(id, { error: `It can't be tried: ${outsideOf(space, { ...params, ...fixed })}.`, now })
    ),
  ];
  const taken = free ?? waiting.find((trial) => !impossible.includes(trial));
  if (taken === undefined && (trials.length >= limit || left?.(trials) === 0)) return { taken: null, records };
  const id = taken?.id ?? newId;
  const attribute = (system_attr: Record<string, unknown>) => //
  ({ op_code: OP.setTrialSystemAttribute, trial_id: id, system_attr });
  if (taken === undefined) {
    records.push({ op_code: OP.createTrial, study_id: studyId, datetime_start: now });
  } else if (taken.state === "waiting") {
    const state = STATES.indexOf("running");
    records.push({ op_code: OP.setTrialState, trial_id: id, state, values: null, datetime_start: now });
  } else if (taken.worker !== null) records.push(attribute({ [KEYS.losses]: taken.losses + 1 }));
  if (taken === undefined || taken.claims === 0) {
    const proposed = propose(trials, taken?.number ?? trials.length);
    records.push(...paramRecords(id, space, claimedSetting(space, taken, proposed)));
  }
  // The worker comes last: a claim of which a crash left only a part belongs to nobody and is taken again.
  records.push(attribute({ [KEYS.worker]: worker }));
  return { taken: id, records };
}

/** The running trial that can be taken over, if any, and those whose workers died too often. */
function freeTrials(trials: readonly StoredTrial[], isAbandoned: ClaimOptions["isAbandoned"]) {
  const running = trials.filter(({ state, elsewhere }) => state === "running" && !elsewhere);
  const abandoned = running.filter((trial) => trial.worker !== null && isAbandoned(trial));
  const hopeless = abandoned.filter(({ losses }) => losses + 1 >= LOSSES_UNTIL_FAILED);
  const free = running.find((trial) => trial.worker === null || abandoned.includes(trial) && !hopeless.includes(trial));
  return { free, hopeless };
}

function failure(id: number, { error, now }: { error: string; now: string }): Record<string, unknown>[] {
  return [
    { op_code: OP.setTrialUserAttribute, trial_id: id, user_attr: { error } },
    { op_code: OP.setTrialState, trial_id: id, state: STATES.indexOf("fail"), values: null, datetime_complete: now },
  ];
}

function paramRecords(id: number, space: SearchSpace, params: Record<string, ParamValue>): Record<string, unknown>[] {
  return Object.entries(params).map(([name, value]) => ({
    op_code: OP.setTrialParam,
    trial_id: id,
    param_name: name,
    param_value_internal: toOptunaValue(space[name], value),
    distribution: toOptunaDistribution(space[name]),
  }));
}
