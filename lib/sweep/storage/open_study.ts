import { join } from "node:path";
import { UsageError } from "../../errors/mod.ts";
import { writeAtomic } from "../../files/mod.ts";
import { openJournalStorage } from "./journal_storage.ts";
import type { StudyDescription, StudyStorage } from "./study_storage.ts";

/** Where a study lies. */
export interface OpenStudyOptions {
  /** The study's folder in `results/sweeps/`. */
  folder: string;
  /** `postgres://…` of a server; `undefined` is the one that the study was begun with, else a journal in the folder. */
  storage?: string;
  /** How long a server that can't be reached at first is waited for. @default {3} */
  patienceSeconds?: number;
  /** Whether trials under other settings of the experiment are to count. @default {false} */
  mended?: boolean;
}

/**
 * Opens a study where it lies, and remembers that in its folder. The password of a server is not kept: it comes from
 * `PGPASSWORD`.
 *
 * @param study What it is to be, made where it isn't there; or the name of one that is.
 */
export async function openStudy(
  study: StudyDescription | string,
  options: OpenStudyOptions,
): Promise<StudyStorage & AsyncDisposable> {
  const opened = await openStorage(study, options);
  return { ...opened, [Symbol.asyncDispose]: opened.close };
}

async function openStorage(
  study: StudyDescription | string,
  { folder, patienceSeconds, mended, ...options }: OpenStudyOptions,
): Promise<StudyStorage> {
  const storage = options.storage ?? await rememberedStorage(folder);
  if (storage === undefined) return await openJournalStorage(join(folder, "study.jsonl"), study, { mended });
  const { openPostgresStorage } = await import("./postgres_storage.ts");
  const opened = await openPostgresStorage(checkedUrl(storage).href, study, { patienceSeconds, mended });
  await writeAtomic(join(folder, "storage.txt"), withoutPassword(storage) + "\n");
  return opened;
}

/** The server that a study was begun with; `undefined` where it lies in a journal. */
export async function rememberedStorage(folder: string): Promise<string | undefined> {
  return await Deno.readTextFile(join(folder, "storage.txt")).then((text) => text.trim(), () => undefined);
}

/** The address of a server as it may be shown and kept. */
export function withoutPassword(storage: string): string {
  const url = checkedUrl(storage);
  url.password = "";
  return url.href;
}

/** `host:port` of a server: the one place of the network that a sweep talks to. */
export function storageHost(storage: string): string {
  const { hostname, port } = checkedUrl(storage);
  return `${hostname}:${port || 5432}`;
}

function checkedUrl(storage: string): URL {
  const url = URL.canParse(storage) ? new URL(storage) : undefined;
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== "") return url;
  const expected = "postgres://user@host:5432/database";
  const remedy = "leave it out for a journal in the study's folder";
  throw new UsageError({ expected, found: storage, where: "--storage", remedy });
}
