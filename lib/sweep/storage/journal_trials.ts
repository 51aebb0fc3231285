import { OP } from "./journal_replay.ts";
import { KEYS, STATES } from "./replayed_trial.ts";
import type { SharedJournal } from "./shared_journal.ts";
import type { StoredTrial, StudyStorage } from "./study_storage.ts";

/** What a worker tells a journal about its trial. */
export function journalTrials(
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
