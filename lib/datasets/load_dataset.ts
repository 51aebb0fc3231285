import { DataError, UsageError } from "../errors/mod.ts";
import { datasetDefinition } from "./catalogue.ts";
import { datasetFiles } from "./dataset_files.ts";
import type { Manifest, ManifestRow } from "./manifest.ts";

/** Options of {@linkcode loadDataset}. */
export interface LoadDatasetOptions {
  /** The dataset's folder, laid out as its makers deliver it, however few of its recordings are there. */
  folder: string;
  /** One of the dataset's tasks, e.g. `"events-7"`. */
  task: string;
  /** Official parts, e.g. `["inter"]`. @default The training part; where it isn't there, all that are. */
  parts?: readonly string[];
}

/**
 * Reads a dataset's folder as a manifest. Recordings are found by their stems, `.wav` or `.flac`; only headers are
 * read. What was not taken is in `passedOver`, with the reason.
 *
 * @throws {UsageError} for an unknown dataset, task or part.
 * @throws {DataError} for a missing folder, a part that isn't there, or a folder that holds nothing of the dataset.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { generateSynthetic, loadDataset } from "./mod.ts";
 * const folder = await Deno.makeTempDir();
 * await generateSynthetic(folder, { subjects: 1, kind: "heart", recordings: 1, unusable: 0 });
 * const manifest = await loadDataset("synthetic", { folder, task: "murmur-2" });
 * expect(manifest.classes).toEqual(["healthy", "murmur"]);
 * expect(manifest.rows[0]).toMatchObject({ recording: "recordings/S001_heart_AV.wav", subject: "S001", start: 0, end: 5 });
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function loadDataset(name: string, { folder, task, parts }: LoadDatasetOptions): Promise<Manifest> {
  const { info, read } = datasetDefinition(name);
  checkNames(name, { task, parts });
  const files = await datasetFiles(folder);
  const found = await read(files, task);
  const passedOver = found.passedOver.toSorted((a, b) => compare(a.path, b.path));
  if (found.rows.length === 0) {
    const why = passedOver[0] ? `; the first was passed over because it ${passedOver[0].reason}` : "";
    throw new DataError({
      expected: `recordings of ${name} in the layout of ${info.home}`,
      found: `none among ${files.paths.length} files${why}`,
      where: folder,
      remedy: "check the path given by --data",
    });
  }
  const present = info.parts.filter((part) => found.rows.some((row) => row.part === part));
  const wanted = parts ?? (present.includes(info.parts[0]) ? [info.parts[0]] : present);
  const absent = wanted.filter((part) => !present.includes(part));
  if (absent.length > 0) {
    throw new DataError({
      expected: `the part ${absent.join(" and ")} of ${name}`,
      found: `only ${present.join(", ")}`,
      where: folder,
      remedy: `get it from ${info.home}`,
    });
  }
  const rows = found.rows.filter(({ part }) => wanted.includes(part)).toSorted(inOrder);
  const recordings = new Set(rows.map(({ recording }) => recording));
  return {
    ...{ dataset: name, task, folder, classes: info.tasks[task].classes, rows, passedOver },
    events: found.events.filter(({ recording }) => recordings.has(recording))
      .toSorted((a, b) => compare(a.recording, b.recording) || a.start - b.start),
    absentParts: info.parts.filter((part) => !present.includes(part)),
  };
}

function checkNames(name: string, { task, parts = [] }: { task: string; parts?: readonly string[] }) {
  const { info } = datasetDefinition(name);
  if (!(task in info.tasks)) {
    const expected = `a task of ${name} (${Object.keys(info.tasks).join(", ")})`;
    throw new UsageError({ expected, found: `"${task}"` });
  }
  const unknown = parts.find((part) => !info.parts.includes(part));
  if (unknown !== undefined) {
    throw new UsageError({ expected: `a part of ${name} (${info.parts.join(", ")})`, found: `"${unknown}"` });
  }
}

function inOrder(a: ManifestRow, b: ManifestRow): number {
  return compare(a.recording, b.recording) || a.start - b.start || a.end - b.end;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
