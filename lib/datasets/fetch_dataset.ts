import { basename, dirname } from "node:path";
import { z } from "zod";
import { DataError, UsageError } from "../errors/mod.ts";
import { writeAtomic } from "../files/mod.ts";
import { knownDataset } from "./catalogue.ts";
import { type DatasetInfo, datasets, type DatasetSource, type SourceFile } from "./define_dataset.ts";
import { parseChecksums, sha256 } from "./check/check_checksums.ts";
import { downloadFile, type DownloadFileOptions } from "./fetch/download_file.ts";
import { isArchive, unpackArchive, type UnpackArchiveOptions } from "./fetch/unpack_archive.ts";

export interface FetchDatasetOptions extends Pick<DownloadFileOptions, "retries" | "retryDelay" | "signal"> {
  /** Where it goes: `data/sprsound`. */
  folder: string;
  /** Given the licence and the citation before the first byte; what it throws stops the download. */
  onNotice?: (info: DatasetInfo) => void | Promise<void>;
  /** Told of the bytes of each file. */
  onProgress?: (file: string, bytes: number, total: number | undefined) => void;
  /** Another server with the same files: `https://mirror.example/physionet.org/files/…` for `https://physionet.org/files/…`. */
  mirror?: string;
  /** Downloads what is here already once more; its sum must be that of the first time. @default {false} */
  again?: boolean;
  /** Takes a file that differs from the one fetched before (its sum is in `SOURCE.json`). @default {false} */
  acceptChanged?: boolean;
}

const text = z.string(); // `SOURCE.json`: where the files in a folder are from
const sourceRecord = z.object({
  files: z.array(z.object({ url: text, path: text, sha256: text, time: text, unpacked: z.number() })),
});

export interface FetchedDataset {
  folder: string;
  /** Files loaded now; an earlier download that was complete is left as it is. */
  loaded: string[];
  /** Files that were here before. */
  kept: string[];
  /** Why a file that can be done without isn't here. */
  missing: string[];
  /** Number of files unpacked now. */
  unpacked: number;
}

/**
 * Downloads a dataset from its official home: resumed where it broke off, checked against the sums that its makers give
 * (else against those of the first download, kept in `SOURCE.json`), unpacked, with licence and citation beside it.
 *
 * @throws {UsageError} for a dataset without a download.
 * @throws {DataError} saying what went wrong and how to get the file by hand.
 */
export async function fetchDataset(name: string, options: FetchDatasetOptions): Promise<FetchedDataset> {
  const { folder, onNotice } = options;
  const { source, ...info } = knownDataset(name).definition;
  if (source === undefined) {
    const sources = datasets.all().filter(({ definition }) => definition.source !== undefined);
    const expected = `a dataset to download (${sources.map(({ definition }) => definition.name).join(", ")})`;
    const remedy = `get it from ${info.home}, and lay it into ${folder}`;
    throw new UsageError({ expected, found: `"${name}"`, remedy });
  }
  await onNotice?.(info);
  const record = await readRecord(info, folder);
  const notice = `${info.title}\n\nLicence: ${info.licence}\n\nCite: ${info.citation}\n\nFrom: ${info.home}\n`;
  await writeAtomic(`${folder}/LICENCE_AND_CITATION.txt`, notice);
  const sums = await officialSums(source, options);
  const budget = { bytes: MOST };
  const result: FetchedDataset = { folder, loaded: [], kept: [], missing: [], unpacked: 0 };
  for (const file of source.files) {
    const before = record.files.find(({ path }) => path === file.path);
    // An archive is deleted once it is unpacked: its entry in the record tells that it was.
    const isThere = isArchive(file.path) || await Deno.stat(`${folder}/${file.path}`).then(() => true, () => false);
    if (before !== undefined && !options.again && isThere) {
      result.kept.push(file.path);
      continue;
    }
    const first = options.acceptChanged ? undefined : before?.sha256;
    const known = file.sha256 ?? sums.get(addressBelow(file, source)) ?? first;
    const sum = await obtain(file, { ...options, sha256: known, info }).catch((error: Error) => {
      if (!file.optional || !(error instanceof DataError)) throw error;
      result.missing.push(error.message);
    });
    if (sum === undefined) continue;
    const unpacked = isArchive(file.path)
      ? await unpack(file.path, { ...options, ...file, budget, inner: source.inner ?? {}, depth: 0 })
      : 0;
    const entry = { url: file.url, path: file.path, sha256: sum, time: new Date().toISOString(), unpacked };
    record.files = [...record.files.filter(({ path }) => path !== file.path), entry];
    await writeAtomic(`${folder}/SOURCE.json`, `${JSON.stringify(record, null, 2)}\n`);
    result.loaded.push(file.path);
    result.unpacked += unpacked;
  }
  return result;
}

const MOST = 20e9; // bytes that a dataset's archives may have when unpacked

/** The name of a file in the list of sums, which is relative to the list. */
function addressBelow({ url }: SourceFile, { checksums = "" }: DatasetSource): string {
  const base = checksums.slice(0, checksums.lastIndexOf("/") + 1);
  return base !== "" && url.startsWith(base) ? url.slice(base.length) : "";
}

/** Downloads a file, or takes the one that the user has put there. */
async function obtain(file: SourceFile, options: Obtaining): Promise<string> {
  const { folder, mirror, onProgress, sha256: known, info, again } = options;
  const path = `${folder}/${file.path}`;
  if (!again && await Deno.stat(path).catch(() => undefined)) {
    const sum = await sha256(path);
    if (known === undefined || sum === known) return sum;
    await Deno.remove(path);
  }
  try {
    return await downloadFile(mirrored(file.url, mirror), path, {
      ...options,
      onProgress: (bytes, total) => onProgress?.(file.path, bytes, total),
    });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const byHand = `get it in a browser from ${info.home}, put it there as ${path}, and run the same command again`;
    throw new DataError({ ...error.problem, remedy: byHand });
  }
}

type Obtaining = FetchDatasetOptions & { sha256?: string; info: DatasetInfo };
type Unpacking = UnpackArchiveOptions & { inner: Record<string, string>; depth: number };

const DEEPEST = 3; // the deepest of the catalogue's archives lie in one other

/** Unpacks an archive and the archives in it; deletes each when that is done. */
async function unpack(path: string, options: Unpacking): Promise<number> {
  const { folder, budget, inner, strip, depth } = options;
  const where = `${folder}/${path}`;
  if (depth > DEEPEST) {
    const expected = `at most ${DEEPEST} archives inside each other`;
    throw new DataError({ expected, found: "one more", where, remedy: "unpack it by hand" });
  }
  const sum = inner[basename(path)];
  if (sum !== undefined && await sha256(where) !== sum) {
    throw new DataError({ expected: `the SHA-256 sum ${sum}`, found: "another", where, remedy: "fetch it again" });
  }
  const below = dirname(path);
  const written = await unpackArchive(where, { folder: `${folder}/${below}`, budget, strip });
  const archives = written.filter(isArchive).map((name) => below === "." ? name : `${below}/${name}`);
  let count = written.length - archives.length;
  for (const archive of archives) count += await unpack(archive, { ...options, strip: 0, depth: depth + 1 });
  await Deno.remove(where);
  return count;
}

/** The makers' list of sums, kept beside the files so that a check can use it. */
async function officialSums(source: DatasetSource, options: FetchDatasetOptions): Promise<Map<string, string>> {
  if (source.checksums === undefined) return new Map();
  const path = `${options.folder}/SHA256SUMS.txt`;
  await Deno.remove(path).catch(() => {});
  const { onProgress: _, ...rest } = options;
  await downloadFile(mirrored(source.checksums, options.mirror), path, rest);
  return parseChecksums(await Deno.readTextFile(path));
}

function mirrored(url: string, mirror: string | undefined): string {
  return mirror === undefined ? url : `${mirror.replace(/\/$/, "")}/${url.replace(/^https?:\/\//, "")}`;
}

/** Whose the files are, and those of an earlier download. */
async function readRecord({ name, title, licence, citation, home }: DatasetInfo, folder: string) {
  const where = `${folder}/SOURCE.json`;
  const text = await Deno.readTextFile(where).catch(() => undefined);
  try {
    const { files } = text === undefined ? { files: [] } : sourceRecord.parse(JSON.parse(text));
    return { name, title, licence, citation, home, files };
  } catch (cause) {
    const remedy = "delete it to download everything again";
    const expected = "the record of an earlier download";
    throw new DataError({ expected, found: "something else", where, remedy, cause });
  }
}
