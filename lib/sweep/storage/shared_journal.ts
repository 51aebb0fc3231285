import { DataError } from "../../errors/mod.ts";
import type { JournalFile, JournalRecord } from "./journal_file.ts";
import { type JournalReplay, journalReplay, type ReplayedStudy } from "./journal_replay.ts";
import { WRITER } from "./replayed_trial.ts";

/** A journal that other processes write to as well, and what it says of a study. */
export interface SharedJournal {
  replay: JournalReplay;
  /** The study as of the last look; nothing where there is none yet. */
  study(): ReplayedStudy | undefined;
  /** Reads what others have written. */
  look(): Promise<void>;
  /** Appends what `compose` returns, given the newest state, and applies it here too. */
  append(compose: () => Record<string, unknown>[]): Promise<void>;
  close(): void;
}

/** A journal by its file and the name of the study. */
export function sharedJournal(file: JournalFile, name: string): SharedJournal {
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
    study: () => [...replay.studies.values()].find((other) => other.name === name),
    look: async () => catchUp(await file.read()),
    async append(compose) {
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
