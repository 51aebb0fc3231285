import { DESCRIPTION, OP } from "./journal_replay.ts";
import { KEYS, STATES } from "./replayed_trial.ts";
import type { SharedJournal } from "./shared_journal.ts";
import type { StoredTrial, StudyDescription, StudyStorage } from "./study_storage.ts";
import { claimRecords } from "./journal_claim.ts";

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
