import { DataError } from "../../errors/mod.ts";
import { type CsvRow, parseCsv } from "../../files/mod.ts";
import { type DatasetFiles, lonelySubject } from "./dataset_files.ts";
import { eachOf } from "./each_of.ts";
import type { AnnotatedEvent, ManifestRow, PassedOver } from "../manifest.ts";
import { recordingDuration } from "../recording_duration.ts";

/** Columns with a meaning; every other one becomes an attribute. */
const OWN = new Set(["recording", "path", "subject", "start", "end", "label", "source", "part"]);

/** A row of a manifest file and the whole line that it came from. */
export interface ManifestLine {
  row: ManifestRow;
  line: CsvRow;
}

/**
 * The rows of a manifest file: `recording` (or `path`), `label`, and where known `subject,start,end,source,part` and
 * attributes. Without a subject each recording is one of its own; without `end` the whole recording is meant.
 *
 * @param path Of the manifest, below the dataset's folder; recordings are named relative to it.
 * @throws {DataError} for a missing column.
 */
export async function readManifestCsv(
  files: DatasetFiles,
  path: string,
): Promise<{ lines: ManifestLine[]; passedOver: PassedOver[] }> {
  const rows = parseCsv(await files.text(path), path);
  requireColumns(rows, path);
  const below = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const durations = new Map<string, Promise<number>>();
  const passedOver: PassedOver[] = [];
  const lines = await eachOf(rows, async (line, index): Promise<ManifestLine[]> => {
    const named = line.recording ?? line.path;
    const skip = (reason: string): [] => {
      passedOver.push({ path: named, reason: `${reason} (line ${index + 2} of ${path})` });
      return [];
    };
    const recording = locate(files, below + named);
    if (!recording) return skip("there is no such recording");
    if (!line.label) return skip("has no label");
    const start = Number(line.start || 0);
    let end = Number(line.end || NaN);
    if (!line.end) {
      const wanted = `${files.folder}/${recording}`;
      if (!durations.has(wanted)) durations.set(wanted, recordingDuration(wanted));
      try {
        end = await durations.get(wanted)!;
      } catch (error) {
        return skip(`can't be read: ${(error as Error).message}`);
      }
    }
    if (!(start >= 0 && end > start)) return skip(`"${line.start}" to "${line.end}" is no span of time in seconds`);
    const row: ManifestRow = {
      ...{ recording, start, end, label: line.label, subject: line.subject || lonelySubject(recording) },
      ...{ source: line.source || "all", part: line.part || "train", attributes: attributesOf(line) },
    };
    return [{ row, line }];
  });
  return { lines: lines.flat(), passedOver };
}

/** The annotated events of a file with the columns `recording,start,end,label`; none where it isn't there. */
export async function readEventsCsv(files: DatasetFiles, path: string): Promise<AnnotatedEvent[]> {
  if (!files.paths.includes(path)) return [];
  const rows = parseCsv(await files.text(path), path, { columns: ["recording", "label"], numbers: ["start", "end"] });
  return rows.flatMap(({ recording, start, end, label }) => {
    const found = locate(files, recording);
    return found ? [{ recording: found, start: Number(start), end: Number(end), label }] : [];
  });
}

/** The recording of this path; where only another extension is there (`.flac` for `.wav`), that. */
function locate(files: DatasetFiles, path: string): string | undefined {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : undefined;
  const found = files.recording(path, folder);
  return files.recordings.includes(path) ? path : found;
}

function attributesOf(line: CsvRow): ManifestRow["attributes"] {
  return Object.fromEntries(
    Object.entries(line).filter(([name, value]) => !OWN.has(name) && value !== "")
      .map(([name, value]) => [name, Number.isFinite(Number(value)) ? Number(value) : value]),
  );
}

function requireColumns(rows: readonly CsvRow[], path: string) {
  if (rows.length === 0) {
    throw new DataError({
      expected: "a manifest with rows",
      found: "none",
      where: path,
      remedy: "name some recordings",
    });
  }
  const columns = Object.keys(rows[0]);
  const missing = [["recording", "path"], ["label"]].filter((names) => !names.some((name) => columns.includes(name)));
  if (missing.length > 0) {
    throw new DataError({
      expected: "the columns path (or recording), subject, label and, if wanted, start, end, source, part",
      found: `only ${columns.join(", ")}`,
      where: path,
      remedy: `add the column ${missing[0].join(" or ")}`,
    });
  }
}
