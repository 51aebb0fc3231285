import { AuscultError, DataError } from "../errors/mod.ts";
import { isOwn } from "../parts/mod.ts";
import type { FoundRow, FoundRows, KnownDataset } from "./define_dataset.ts";
import { type DatasetFiles, eachOf } from "./files/dataset_files.ts";
import type { AnnotatedEvent, Manifest, ManifestRow, PassedOver } from "./manifest.ts";

/** What a dataset's folder holds for a task. */
export interface ReadRows extends Pick<Manifest, "rows" | "events" | "states" | "passedOver"> {
  classes: readonly string[]; // in the order of the probabilities
  warnings: string[];
}

/**
 * What a dataset's loader finds, made whole: rows of whole recordings get their lengths, recordings that no row is about are
 * named, and what can't be is left out. A loader of one's own is told of that as of an error, since its code can be mended.
 *
 * @throws {DataError} naming the dataset, its module and the row.
 */
export async function readDataset(known: KnownDataset, files: DatasetFiles, task: string): Promise<ReadRows> {
  const { definition } = known;
  const found = await definition.read(files, task);
  const classes = found.classes ?? definition.tasks[task].classes;
  const entries = Array.isArray(found.rows) ? found.rows : [];
  const rows = entries.filter((entry): entry is FoundRow => !isPassedOver(entry)).map(withDefaults);
  if (isOwn(known)) await refuseWrongRows(rows, { known, files, classes });
  const passedOver: PassedOver[] = entries.filter(isPassedOver);
  const whole = await wholeRows(files, onceARecording(rows, passedOver), passedOver);
  passedOver.push(...otherRecordings(files, found, [...rows, ...passedOver]));
  const { events = [], states, warnings = [] } = found;
  const heard = { events: [...events], ...states ? { states: [...states] } : {} };
  return plausibleRows({ rows: whole, ...heard, passedOver, classes, warnings });
}

function isPassedOver(entry: FoundRow | PassedOver): entry is PassedOver {
  return typeof entry === "object" && entry !== null && "reason" in entry;
}

type OpenRow = Omit<ManifestRow, "end"> & { end?: number };

function withDefaults({ attributes = {}, ...row }: FoundRow): OpenRow {
  const known = Object.entries(attributes).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]);
  return { start: 0, source: "all", part: "train", ...row, attributes: Object.fromEntries(known) };
}

/** Of rows that mean whole recordings one a recording and part; none of one that has two labels. */
function onceARecording(rows: readonly OpenRow[], passedOver: PassedOver[]): OpenRow[] {
  const isWhole = ({ start, end }: OpenRow) => start === 0 && end === undefined;
  const whole = Map.groupBy(rows.filter(isWhole), ({ recording, part }) => JSON.stringify([recording, part]));
  const taken = new Set<OpenRow>();
  for (const [first, ...again] of whole.values()) {
    const labels = [...new Set([first, ...again].map(({ label }) => label))];
    const said = labels.map((label) => `"${label}"`).join(" and "), times = `${again.length + 1} times`;
    const reason = labels.length > 1 ? `it is labelled ${said}` : `its label ${said} stands there ${times}`;
    if (again.length > 0) passedOver.push({ path: first.recording, reason, mislabelled: true });
    if (labels.length === 1) taken.add(first);
  }
  return rows.filter((row) => taken.has(row) || !isWhole(row));
}

/** The rows with their ends; a recording whose length can't be read is passed over. */
async function wholeRows(files: DatasetFiles, rows: readonly OpenRow[], passedOver: PassedOver[]) {
  const whole = await eachOf(rows, async ({ end, ...row }): Promise<ManifestRow[]> => {
    try {
      return [{ ...row, end: end ?? await files.duration(row.recording) }];
    } catch (error) {
      if (!(error instanceof AuscultError)) throw error;
      passedOver.push({ path: row.recording, reason: `can't be read: ${error.message}` });
      return [];
    }
  });
  return whole.flat();
}

function otherRecordings(
  { recordings }: DatasetFiles,
  { others = "no row is about it" }: FoundRows,
  told: readonly (OpenRow | PassedOver)[],
): PassedOver[] {
  if (others === false) return [];
  const named = new Set(told.map((entry) => "path" in entry ? entry.path : entry.recording));
  const reasonOf = (path: string) => typeof others === "string" ? others : others(path);
  return recordings.filter((path) => !named.has(path)).map((path) => ({ path, reason: reasonOf(path) }));
}

const SLACK = 0.1; // seconds that a segment may end after its recording: annotations are rounded

/** What is wrong with a row that only its loader's code can be blamed for. */
async function refuseWrongRows(
  rows: readonly OpenRow[],
  { known, files, classes }: { known: KnownDataset; files: DatasetFiles; classes: readonly string[] },
): Promise<void> {
  const there = new Set(files.recordings), segments = new Map<string, number>();
  const problems = await eachOf(rows, async (row, index): Promise<[string, string] | undefined> => {
    const { recording, subject, visit, label, start, end, part, source } = row;
    const segment = JSON.stringify([recording, start, end, part]);
    const before = segments.get(segment);
    segments.set(segment, index);
    const isName = (value: unknown) => typeof value === "string" && value !== "";
    if (!there.has(recording)) return ["a recording of the folder, as files.recordings has it", shown(recording)];
    if (!isName(subject)) return ["a subject (where nobody is known, the recording's own path)", shown(subject)];
    if (visit !== undefined && !isName(visit)) {
      return ["a visit as text, or none where a subject was examined once", shown(visit)];
    }
    if (!classes.includes(label)) return [`a label of the task (${classes.join(", ")})`, shown(label)];
    if (![part, source].every((text) => typeof text === "string")) {
      return ["a part and a source as texts", shown({ part, source })];
    }
    if (before !== undefined) return ["each segment once", `it in row ${before + 1}, too`];
    if (end === undefined && start === 0) return undefined;
    const length = await files.duration(recording).catch(() => Infinity);
    const last = end ?? length;
    if (start >= 0 && last > start && last <= length + SLACK) return undefined;
    return [`a span of time within the recording's ${length.toFixed(3)} s`, `${start} to ${end} s`];
  });
  const first = problems.findIndex((problem) => problem !== undefined);
  if (first < 0) return;
  const [expected, found] = problems[first]!;
  throw new DataError({
    expected,
    found,
    where: `row ${first + 1} (${rows[first].recording}) of the dataset "${known.definition.name}" ` +
      `by ${known.module ?? "a notebook's cell"}`,
    remedy: "mend what its read() returns; what is no row of the task has a path and a reason instead",
  });
}

function shown(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}

const OLDEST = 130; // years; the oldest person whose age is documented died at 122

/**
 * What a loader found without what can't be: rows whose label is none of the classes, segments and events that aren't a
 * stretch of time, numbers that aren't finite, ages that nobody has. Whatever a file says, and whichever loader read it,
 * nothing else reaches a manifest.
 */
export function plausibleRows(found: ReadRows): ReadRows {
  const passedOver: PassedOver[] = [...found.passedOver];
  const known = new Set(found.classes);
  const rows = found.rows.filter((row) => {
    const isKnown = known.has(row.label);
    if (isKnown && isStretch(row)) return true;
    const reason = isKnown
      ? `from ${row.start} to ${row.end} s is no stretch of time`
      : `the label "${String(row.label)}" is none of the task's`;
    passedOver.push({ path: row.recording, reason, mislabelled: true });
    return false;
  });
  const isPlausible = (event: AnnotatedEvent) => {
    if (isStretch(event)) return true;
    const reason = `the event "${event.label}" from ${event.start} to ${event.end} s is no stretch of time`;
    passedOver.push({ path: event.recording, reason, mislabelled: true });
    return false;
  };
  const events = found.events.filter(isPlausible), states = found.states?.filter(isPlausible);
  const odd: string[] = [];
  const described = rows.map((row) => ({ ...row, attributes: plausibleAttributes(row, odd) }));
  const warnings = odd.length === 0 ? [] : [
    `${odd.length} values that can't be were left out: ${odd.slice(0, 3).join("; ")}${odd.length > 3 ? "; …" : ""}`,
  ];
  const heard = { events, ...states ? { states } : {} };
  return { ...found, rows: described, ...heard, passedOver, warnings: [...found.warnings, ...warnings] };
}

function isStretch({ start, end }: Pick<AnnotatedEvent, "start" | "end">): boolean {
  return Number.isFinite(start) && Number.isFinite(end) && start >= 0 && end > start;
}

function plausibleAttributes({ recording, attributes }: ManifestRow, odd: string[]): ManifestRow["attributes"] {
  const plausible = Object.entries(attributes).filter(([name, value]) => {
    if (typeof value !== "number") return true;
    if (Number.isFinite(value) && (name !== "age" || (value >= 0 && value <= OLDEST))) return true;
    odd.push(`the ${name} ${value} of ${recording}`);
    return false;
  });
  return Object.fromEntries(plausible);
}
