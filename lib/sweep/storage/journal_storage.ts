import { existsSync } from "node:fs";
import { DataError, UsageError } from "../../errors/mod.ts";
import { type JournalFile, type JournalRecord, openJournalFile } from "./journal_file.ts";
import { DESCRIPTION, journalReplay, OP, type ReplayedStudy, WRITER } from "./journal_replay.ts";
import { journalStudy } from "./journal_study.ts";
import { parseStudy, type StudyDescription, type StudyStorage } from "./study_storage.ts";
import { describeOtherStudy, isMendedStudy, MENDED } from "./same_study.ts";

/**
 * A study in a file that Optuna's JournalStorage reads as well: its plots, importances and dashboard work on it. Many
 * processes of one machine may share it.
 *
 * @param study What the study is to be, made where it isn't there; or the name of one that is.
 * @throws {UsageError} where the file holds a study of this name with another space, direction or experiment.
 */
export async function openJournalStorage(
  path: string,
  study: StudyDescription | string,
  { mended }: { mended?: boolean } = {},
): Promise<StudyStorage> {
  const name = typeof study === "string" ? study : study.name;
  const there = typeof study !== "string" || existsSync(path);
  if (!there) throw noStudy(name, path, undefined);
  const file = await openJournalFile(path);
  const journal = sharedJournal(file, name);
  try {
    await begin(journal, study, { path, mended });
    return journalStudy(journal, parseStudy(journal.study()?.userAttributes[DESCRIPTION], path));
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Makes the study, or compares it with the one that is there. */
async function begin(
  { append, replay, study: ours }: SharedJournal,
  study: StudyDescription | string,
  { path: where, mended }: { path: string; mended?: boolean },
): Promise<void> {
  await append(() => {
    const there = ours();
    if (there === undefined && typeof study !== "string") return creation(study, nextStudyId(replay.studies));
    const stored = there?.userAttributes[DESCRIPTION] as string | undefined;
    const other = there && describeOtherStudy(there);
    if (there === undefined || typeof study === "string") {
      if (stored === undefined) throw noStudy(typeof study === "string" ? study : study.name, where, other);
      return [];
    }
    const isMended = isMendedStudy(study, { stored, where, other, trials: there.trials, mended });
    return isMended ? [description(there.id, study), mendedAfter(there)] : [];
  });
}

function creation(study: StudyDescription, id: number): Record<string, unknown>[] {
  const direction = study.direction === "maximize" ? 2 : 1;
  return [{ op_code: OP.createStudy, study_name: study.name, directions: [direction] }, description(id, study)];
}

function description(id: number, study: StudyDescription): Record<string, unknown> {
  return { op_code: OP.setStudyUserAttribute, study_id: id, user_attr: { [DESCRIPTION]: JSON.stringify(study) } };
}

function mendedAfter({ id, trials }: ReplayedStudy): Record<string, unknown> {
  return { op_code: OP.setStudyUserAttribute, study_id: id, user_attr: { [MENDED]: String(trials.length) } };
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

export type SharedJournal = ReturnType<typeof sharedJournal>;

/** A journal that other processes write to as well, and what it says of the study of a name. */
function sharedJournal(file: JournalFile, name: string) {
  const replay = journalReplay();
  const writer = `${WRITER}${crypto.randomUUID()}`;
  const catchUp = (records: JournalRecord[]) => {
    try {
      records.forEach(replay.apply);
    } catch (cause) {
      const remedy = "take the record out of the file, or begin another study";
      const found = cause instanceof DataError ? cause.problem.found : (cause as Error).message;
      throw new DataError({ expected: "records as Optuna writes them", found, where: file.path, remedy, cause });
    }
  };
  return {
    replay,
    /** The study as of the last look; nothing where there is none yet. */
    study: () => [...replay.studies.values()].find((other) => other.name === name),
    /** Reads what others have written. */
    look: async () => catchUp(await file.read()),
    /** Appends what `compose` returns, given the newest state, and applies it here too. */
    async append(compose: () => Record<string, unknown>[]): Promise<void> {
      let added: JournalRecord[] = [];
      await file.update((fresh) => {
        catchUp(fresh);
        added = compose().map((record) => ({ worker_id: writer, ...record }) as unknown as JournalRecord);
        return added;
      });
      catchUp(added);
    },
    close: () => file.close(),
  };
}
