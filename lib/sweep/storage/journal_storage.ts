import { UsageError } from "../../errors/mod.ts";
import { type JournalRecord, openJournalFile } from "./journal_file.ts";
import { claimRecords } from "./journal_claim.ts";
import { journalReplay, KEYS, OP, type ReplayedStudy, STATES } from "./journal_replay.ts";
import { describeOtherStudy, refuseOtherStudy } from "./same_study.ts";
import type { StoredTrial, StudyDescription, StudyStorage } from "./study_storage.ts";

const DESCRIPTION = "auscult:description";

/**
 * A study in a file that Optuna's JournalStorage reads as well: its plots, importances and dashboard work on it. Many
 * processes of one machine may share it.
 *
 * @param study What the study is to be, made where it isn't there; or the name of one that is.
 * @throws {UsageError} where the file holds a study of this name with another space, direction or experiment.
 */
export async function openJournalStorage(path: string, study: StudyDescription | string): Promise<StudyStorage> {
  const name = typeof study === "string" ? study : study.name;
  const there = typeof study !== "string" || await Deno.stat(path).then(() => true, () => false);
  if (!there) throw noStudy(name, path, undefined);
  const file = await openJournalFile(path);
  const replay = journalReplay();
  const writer = `auscult-${crypto.randomUUID()}`;
  const catchUp = (records: JournalRecord[]) => records.forEach(replay.apply);
  const ours = (): ReplayedStudy | undefined => [...replay.studies.values()].find((other) => other.name === name);

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

  /** Makes the study, or compares it with the one that is there. */
  const begin = async (): Promise<StudyDescription> => {
    await append(() => {
      const there = ours();
      if (there === undefined && typeof study !== "string") return creation(study, nextStudyId(replay.studies));
      const stored = there?.userAttributes[DESCRIPTION] as string | undefined;
      const other = there && describeOtherStudy(there);
      if (there && typeof study !== "string") refuseOtherStudy(stored, study, { where: path, other });
      else if (stored === undefined) throw noStudy(name, path, other);
      return [];
    });
    return JSON.parse(ours()!.userAttributes[DESCRIPTION] as string);
  };
  const description = await begin().catch((error) => {
    file.close();
    throw error;
  });

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
  const systemAttribute = (id: number, attribute: Record<string, unknown>) => //
  ({ op_code: OP.setTrialSystemAttribute, trial_id: id, system_attr: attribute });
  const snapshot = () => replay.snapshot(ours()!);

  return {
    study: description,
    async trials() {
      catchUp(await file.read());
      return snapshot();
    },
    async claim(options) {
      let claimed: number | null = null;
      await append(() => {
        const { fixed, id } = ours()!;
        const study = { studyId: id, space: description.space, trials: snapshot(), fixed };
        const { taken, records } = claimRecords(study, { ...options, newId: replay.trials.size });
        claimed = taken;
        return records;
      });
      return claimed === null ? null : snapshot().find(({ id }) => id === claimed)!;
    },
    enqueue: (params) =>
      append(() => [
        { op_code: OP.createTrial, study_id: ours()!.id, state: STATES.indexOf("waiting"), datetime_start: null },
        systemAttribute(replay.trials.size, { [KEYS.fixed]: params }),
      ]),
    report: (trial, { step, value, rungs = new Map() }) =>
      appendIfOwned(trial, ({ id, losses, intermediate }) => [
        { op_code: OP.setTrialIntermediateValue, trial_id: id, step, intermediate_value: value },
        ...[...rungs].map(([rung, reached]) => systemAttribute(id, { [`completed_rung_${rung}`]: reached })),
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

function creation(study: StudyDescription, id: number): Record<string, unknown>[] {
  const direction = study.direction === "maximize" ? 2 : 1;
  return [
    { op_code: OP.createStudy, study_name: study.name, directions: [direction] },
    { op_code: OP.setStudyUserAttribute, study_id: id, user_attr: { [DESCRIPTION]: JSON.stringify(study) } },
  ];
}

function nextStudyId(studies: Map<number, ReplayedStudy>): number {
  return Math.max(-1, ...studies.keys()) + 1;
}

function noStudy(name: string, where: string, other: string | undefined): UsageError {
  return new UsageError({
    expected: `the study "${name}"`,
    found: other ?? "none of that name",
    where,
    remedy: "results/sweeps/ holds those there are",
  });
}
