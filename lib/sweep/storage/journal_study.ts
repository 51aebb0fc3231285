import { claimRecords } from "./journal_claim.ts";
import { DESCRIPTION, OP } from "./journal_replay.ts";
import { KEYS, STATES } from "./replayed_trial.ts";
import { journalTrials } from "./journal_trials.ts";
import type { SharedJournal } from "./shared_journal.ts";
import type { StudyDescription, StudyStorage } from "./study_storage.ts";

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
