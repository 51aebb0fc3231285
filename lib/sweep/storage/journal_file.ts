import { dirname } from "node:path";
import { DataError } from "../../errors/mod.ts";

/** One line of the journal. */
export type JournalRecord = Record<string, unknown> & { op_code: number };

/** A file that grows by whole lines and is read from where one left off. */
export interface JournalFile {
  path: string;
  /** The records since the last call. */
  read(): Promise<JournalRecord[]>;
  /**
   * Runs `write` while nobody else writes, here or in another process: it gets the records since the last call and
   * returns those to append. When this resolves they are on disk; `read` does not give them again.
   */
  update(write: (fresh: JournalRecord[]) => JournalRecord[]): Promise<void>;
  close(): void;
}

/**
 * Opens or makes a journal in the format of Optuna's JournalFileBackend: one JSON object a line. Writers take turns by
 * a lock that the system gives up when its process dies. What a killed writer left of its last line is cut off before
 * the next one writes: Optuna itself breaks on a line that goes on behind a torn one.
 */
export async function openJournalFile(path: string): Promise<JournalFile> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const journal = { path, file: await Deno.open(path, { read: true, write: true, create: true }), offset: 0, line: 0 };
  const { file } = journal;
  // One call at a time: they share the place in the file.
  let last: Promise<unknown> = Promise.resolve();
  const locked = <T>(exclusive: boolean, call: () => T): Promise<T> => {
    const turn = last.then(async () => {
      if (!file.tryLockSync(exclusive)) await file.lock(exclusive);
      try {
        return call();
      } finally {
        file.unlockSync();
      }
    });
    last = turn.catch(() => {});
    return turn;
  };
  return {
    path,
    // Lines of a writer that is still at it may be taken back, so reading waits for it.
    read: () => locked(false, () => readNew(journal)),
    update: (write) =>
      locked(true, () => {
        const records = write(readNew(journal));
        if (records.length > 0) append(journal, records);
      }),
    close: () => file.close(),
  };
}

/** A journal, and how far it has been read. */
interface OpenJournal {
  path: string;
  file: Deno.FsFile;
  offset: number;
  line: number;
}

/** The records behind those that have been read, by calls that don't wait in a queue of threads: on a busy machine that costs more than the reading. */
function readNew(journal: OpenJournal): JournalRecord[] {
  const { path, file, offset } = journal;
  const bytes = new Uint8Array(Math.max(0, file.statSync().size - offset));
  file.seekSync(offset, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < bytes.length) {
    const count = file.readSync(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  const end = bytes.subarray(0, filled).lastIndexOf(0x0a) + 1; // a line without its end isn't there yet
  journal.offset += end;
  return new TextDecoder().decode(bytes.subarray(0, end)).split("\n").slice(0, -1).flatMap((content) => {
    journal.line++;
    return content.trim() === "" ? [] : [parseRecord(content, `${path}, line ${journal.line}`)];
  });
}

function append(journal: OpenJournal, records: readonly JournalRecord[]): void {
  const { path, file, offset } = journal;
  try {
    if (file.statSync().size > offset) file.truncateSync(offset); // a torn last line
    file.seekSync(offset, Deno.SeekMode.Start);
    const bytes = new TextEncoder().encode(records.map((record) => formatRecord(record) + "\n").join(""));
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    file.syncSync();
    journal.offset += bytes.length;
    journal.line += records.length;
  } catch (cause) {
    try {
      file.truncateSync(offset); // half of what was to be appended is worse than none
    } catch { /* the next writer cuts at least a torn line */ }
    const found = cause instanceof Error ? cause.message : String(cause);
    const remedy = "free some space; nothing that was stored before is lost, and the same command goes on";
    throw new DataError({ expected: "to be able to append to the study", found, where: path, remedy, cause });
  }
}

function parseRecord(text: string, where: string): JournalRecord {
  try {
    const record = text.includes("NaN") || text.includes("Infinity") ? parseBareWords(text) : JSON.parse(text);
    if (typeof record?.op_code === "number") return record;
  } catch { /* said below */ }
  const found = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const remedy = "move the file away, or mend the line";
  throw new DataError({ expected: "a line of an Optuna journal", found, where, remedy });
}

/** Python writes NaN and infinities as bare words, which are no JSON. */
function parseBareWords(text: string): JournalRecord {
  const plain = text.replaceAll(
    /("(?:[^"\\]|\\.)*")|(-?Infinity|NaN)/g,
    (_, quoted, word) => quoted ?? `"\\u0000${word}"`,
  );
  return JSON.parse(
    plain,
    (_, value) => typeof value === "string" && value.startsWith("\u0000") ? Number(value.slice(1)) : value,
  );
}

function formatRecord(record: JournalRecord): string {
  const marked = JSON.stringify(
    record,
    (_, value) => typeof value === "number" && !Number.isFinite(value) ? `\u0000${value}` : value,
  );
  return marked.replaceAll(/"\\u0000(-?Infinity|NaN)"/g, "$1");
}
