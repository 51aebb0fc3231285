import type { Dimension, SearchSpace } from "../../experiment/search_space.ts";
import { conditionHolds } from "../samplers/sampler.ts";
import type { ParamValue } from "../trial.ts";
import { KEYS, OP, STATES } from "./journal_replay.ts";
import { toOptunaDistribution, toOptunaValue } from "./optuna_distribution.ts";
import { type ClaimOptions, LOSSES_UNTIL_FAILED, LOST_TOO_OFTEN, type StoredTrial } from "./study_storage.ts";

/** A study as it is when a trial is claimed. */
interface ClaimedStudy {
  studyId: number;
  space: SearchSpace;
  trials: readonly StoredTrial[];
  /** Settings that were put in line, by trial id. */
  fixed: Map<number, Record<string, ParamValue>>;
}

/** The trial that a claim takes, if any, and the records that say so; a new one gets `newId`. */
export function claimRecords(
  { studyId, space, trials, fixed }: ClaimedStudy,
  { worker, limit, isAbandoned, propose, newId }: ClaimOptions & { newId: number },
): { taken: number | null; records: Record<string, unknown>[] } {
  const now = new Date().toISOString();
  const running = trials.filter(({ state }) => state === "running");
  const abandoned = running.filter((trial) => trial.worker !== null && isAbandoned(trial));
  const hopeless = abandoned.filter(({ losses }) => losses + 1 >= LOSSES_UNTIL_FAILED);
  const records = hopeless.flatMap(({ id }) => failure(id, now));
  const free = running.find((trial) => trial.worker === null || abandoned.includes(trial) && !hopeless.includes(trial));
  const taken = free ?? trials.find(({ state }) => state === "waiting");
  if (taken === undefined && trials.length >= limit) return { taken: null, records };
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
    const proposed = { ...propose(trials, taken?.number ?? trials.length), ...fixed.get(id) };
    records.push(...paramRecords(id, space, proposed));
  }
  // The worker comes last: a claim of which a crash left only a part belongs to nobody and is taken again.
  records.push(attribute({ [KEYS.worker]: worker }));
  return { taken: id, records };
}

function failure(id: number, now: string): Record<string, unknown>[] {
  return [
    { op_code: OP.setTrialUserAttribute, trial_id: id, user_attr: { error: LOST_TOO_OFTEN } },
    { op_code: OP.setTrialState, trial_id: id, state: STATES.indexOf("fail"), values: null, datetime_complete: now },
  ];
}

function paramRecords(
  id: number,
  space: Record<string, Dimension>,
  params: Record<string, ParamValue>,
): Record<string, unknown>[] {
  return Object.entries(space)
    .filter(([name, dimension]) => name in params && conditionHolds(dimension, params))
    .map(([name, dimension]) => ({
      op_code: OP.setTrialParam,
      trial_id: id,
      param_name: name,
      param_value_internal: toOptunaValue(dimension, params[name]),
      distribution: toOptunaDistribution(dimension),
    }));
}
