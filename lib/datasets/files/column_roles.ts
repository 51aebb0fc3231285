import { headerKey, timeHeaders } from "./headers.ts";
import { z } from "zod";
import { DataError, UsageError } from "../../errors/mod.ts";
import { isRecordingName } from "../../audio/mod.ts";
import type { Options } from "../../parts/mod.ts";

/** What a column of a table can be. */
export type Role = "recording" | "subject" | "visit" | "label" | "start" | "end" | "duration" | "source" | "part";

/** Columns by what they are, for a table whose headers aren't the usual ones: `{ subject: "Pat-Nr" }`. */
export const columnNames: Options<Record<Role, z.ZodOptional<z.ZodString>>> = z.strictObject({
  recording: z.string().describe("The column with the paths of the recordings."),
  subject: z.string().describe("The column that tells the patients apart."),
  visit: z.string()
    .describe("The column that tells a patient's examinations apart, each of which is judged by itself."),
  label: z.string().describe("The column with the classes."),
  start: z.string().describe("The column with the beginnings of the segments, s."),
  end: z.string().describe("The column with the ends of the segments, s."),
  duration: z.string().describe("The column with the lengths of the segments, where none has their ends, s."),
  source: z.string().describe("The column with the site, device or database."),
  part: z.string().describe("The column with the parts of an official split."),
}).partial();

export type ColumnNames = z.output<typeof columnNames>;

/** The usual headers of each role without case, blanks and marks, the surest first; those of one list are equally sure. */
const HEADERS: Record<Role, string[][]> = {
  recording: [
    ["recording", "path"],
    [
      ...["filepath", "audiopath", "recordingpath", "file", "filename", "audio", "audiofile", "audiofilename"],
      ...["wav", "wavfile"],
    ],
    ["recordingfile", "soundfile", "sound", "fname", "recordingname", "recordingid", "record", "dateipfad", "pfad"],
    ["datei", "dateiname", "aufnahme", "fichier", "archivo"],
    ["item", "itemid"],
  ],
  subject: [
    ["subject", "subjectid"],
    ["patient", "patientid", "participant", "participantid", "patid", "patientno", "patientnr", "patnr", "pid", "mrn"],
    ["patientnumber", "subjectno", "subjectnr", "subjectnumber", "probandid", "proband", "person", "personid"],
    ["id", "recordid", "studyid", "caseid"],
  ],
  visit: [["visit", "visitid", "visitno", "visitnr", "encounter", "encounterid"], ["besuch", "untersuchung"]],
  label: [
    ...[["label"], ["class", "target"]],
    ["diagnosis", "murmur", "labels", "category", "outcome", "diagnose", "klasse", "befund"],
    ["ytrue", "truelabel", "groundtruth", "truth"],
  ],
  start: [[...timeHeaders("start", "onset", "begin", "starts"), "tmin", "xmin", "beginn"]],
  end: [[...timeHeaders("end", "offset", "stop", "ends"), "tmax", "xmax", "ende"]],
  duration: [[...timeHeaders("duration"), "dauer"]],
  source: [
    ...[["source"], ["hospital", "center", "centre", "database", "clinic", "klinik", "krankenhaus"]],
    ...[["device", "stethoscope", "gerat", "geraet", "stethoskop"], ["site", "station"]],
  ],
  part: [["part"], ["split", "set", "subset", "partition"], ["fold"]],
};

export interface ColumnRoles {
  of: Partial<Record<Role, string>>;
  /** How a choice was made, in sentences. */
  notes: string[];
}

/**
 * Finds out what the columns of a table are: by the names that `asked` gives, else by the usual headers, whatever their case,
 * blanks and marks. Of several candidates the surest is taken and that is said; several labels that are equally sure end it.
 *
 * @param where Name of the file, for messages.
 * @throws {UsageError} for a name in `asked` that is no column.
 * @throws {DataError} where no column names the recordings or the labels, or several could be the label.
 */
export function columnRoles(columns: readonly string[], where: string, asked: ColumnNames = {}): ColumnRoles {
  const of: ColumnRoles["of"] = {}, notes: string[] = [];
  for (const [role, name] of Object.entries(asked) as [Role, string][]) {
    of[role] = askedColumn(columns, role, { name, where });
  }
  const taken = new Set(Object.values(of));
  for (const role of Object.keys(HEADERS) as Role[]) {
    if (of[role] !== undefined) continue;
    const found = ranked(columns.filter((column) => !taken.has(column)), role);
    if (found.length === 0) continue;
    const [first, ...others] = found.flat();
    if (role === "label" && found[0].length > 1) throw severalLabels(found[0], where);
    of[role] = first;
    if (others.length > 0 && role !== "source") {
      notes.push(`the ${role} is taken from "${first}", not from ${listed(others)} (--column ${role}=… takes another)`);
    }
  }
  // Without a start it is the length of the recording.
  if (asked.duration === undefined && (of.start === undefined || of.end !== undefined)) delete of.duration;
  requireColumns(of, columns, where);
  return { of, notes };
}

/** The column that is most surely of a role, by the usual headers; none where no header says so. */
export function columnNamed(columns: readonly string[], role: Role): string | undefined {
  return ranked(columns, role).flat()[0];
}

/** The columns that may be of a role, the surest first; those of one list are equally sure. */
function ranked(columns: readonly string[], role: Role): string[][] {
  const called = (name: string) => columns.filter((column) => headerKey(column) === name);
  return HEADERS[role].map((names) => names.flatMap(called)).filter((found) => found.length > 0);
}

function askedColumn(columns: readonly string[], role: Role, { name, where }: { name: string; where: string }): string {
  const key = headerKey(name);
  const found = columns.find((column) => column === name) ?? columns.find((column) => headerKey(column) === key);
  if (found !== undefined) return found;
  const expected = `a column of the table for ${role} (${columns.join(", ")})`;
  throw new UsageError({ expected, found: `"${name}"`, where, remedy: "check dataset.columns or --column" });
}

function severalLabels(names: readonly string[], where: string): DataError {
  const found = `several that could be it: ${listed(names)}`;
  const remedy = `say which: --set dataset.columns.label='${names[0]}' (data check: --column label='${names[0]}')`;
  return new DataError({ expected: "one column with the labels", found, where, remedy });
}

function requireColumns(of: ColumnRoles["of"], columns: readonly string[], where: string) {
  const missing = (["recording", "label"] as const).filter((role) => of[role] === undefined);
  if (missing.length === 0) return;
  const headless = columns.some(isRecordingName);
  throw new DataError({
    expected: "the columns path (or recording), subject, label and, if wanted, start, end, source, part",
    found: headless ? `no header, but the line ${columns.join(", ")}` : `only ${columns.join(", ")}`,
    where,
    remedy: headless
      ? "add a first line that names the columns, such as path,subject,label"
      : `add the column ${missing[0] === "recording" ? "recording or path" : "label"}, or say which it is: ` +
        missing.map((role) => `--set dataset.columns.${role}=NAME`).join(" ") +
        ` (data check, import: ${missing.map((role) => `--column ${role}=NAME`).join(" ")})`,
  });
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
