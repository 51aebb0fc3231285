import type { DatasetFinding } from "../check_dataset.ts";
import type { ManifestRow } from "../manifest.ts";
import type { CheckedSounds } from "./check_sounds.ts";

const SLACK = 0.1; // seconds that a segment may end after its recording: annotations are rounded

/** A source is told to give the label away from this share of the way between chance and certainty on. */
const GIVEN_AWAY = 0.3;

/** Rows that can't be right, subjects on both sides of an official split, and what gives the label away without a sound. */
export function checkRows(rows: readonly ManifestRow[], options: CheckedSounds & { task: string }): DatasetFinding[] {
  const { task, seconds, rates } = options;
  const known = rows.flatMap(({ recording }) => rates.get(recording) ?? []);
  return [
    ...beyondTheEnd(rows, seconds),
    ...onTwoSides(rows),
    ...givenAway(rows, "source", rows.map(({ source }) => source), task),
    ...givenAway(rows, "sampling rate", known.map((rate) => `${rate} Hz`), task),
    ...givenAway(rows, "duration", tenths(rows.map(({ start, end }) => end - start)), task),
  ];
}

function beyondTheEnd(rows: readonly ManifestRow[], seconds: ReadonlyMap<string, number>): DatasetFinding[] {
  return rows.flatMap(({ recording, start, end }): DatasetFinding[] => {
    const length = seconds.get(recording);
    if (length === undefined || end <= length + SLACK) return [];
    const message = `a segment from ${start} to ${end} s ends after the recording (${length.toFixed(3)} s)`;
    return [{ kind: "mislabelled", path: recording, message }];
  });
}

function onTwoSides(rows: readonly ManifestRow[]): DatasetFinding[] {
  const parts = Map.groupBy(rows, ({ subject }) => subject);
  return [...parts].flatMap(([subject, own]): DatasetFinding[] => {
    const sides = [...new Set(own.map(({ part }) => part))];
    if (sides.length < 2) return [];
    return [{ kind: "leak", path: "", message: `subject ${subject} is in the official parts ${sides.join(" and ")}` }];
  });
}

/**
 * The balanced accuracy of a rule that sees one thing alone: each value of it is given the class that it is likeliest under,
 * which is the mean over classes of the sum over values of max P(value | class).
 */
function givenAway(rows: readonly ManifestRow[], what: string, values: string[], task: string): DatasetFinding[] {
  const classes = [...Map.groupBy(rows.keys(), (row) => rows[row].label).values()];
  const distinct = [...new Set(values)].sort();
  if (classes.length < 2 || distinct.length < 2 || values.length < rows.length || rows.length < 20 * distinct.length) {
    return [];
  }
  const shares = classes.map((own) => {
    const counts = Map.groupBy(own, (row) => values[row]);
    return (value: string) => (counts.get(value)?.length ?? 0) / own.length;
  });
  const likeliest = (value: string) => Math.max(...shares.map((share) => share(value)));
  const reached = distinct.reduce((sum, value) => sum + likeliest(value), 0) / classes.length;
  const chance = 1 / classes.length;
  if ((reached - chance) / (1 - chance) < GIVEN_AWAY) return [];
  const message = `the ${what} alone (${distinct.join(", ")}) tells the label of ${task} with a balanced accuracy of ` +
    `${reached.toFixed(3)} where chance is ${chance.toFixed(3)}` +
    (what === "source" ? ": look at the mean over sources, too" : "");
  return [{ kind: "leak", path: "", message }];
}

/** Each number by the tenth that it is in, or itself where there are few. */
function tenths(numbers: readonly number[]): string[] {
  const rounded = numbers.map((number) => number.toFixed(1));
  if (new Set(rounded).size <= 10) return rounded.map((number) => `${number} s`);
  const sorted = numbers.toSorted((a, b) => a - b);
  const bounds = Array.from({ length: 9 }, (_, i) => sorted[Math.floor((i + 1) * numbers.length / 10)]);
  return numbers.map((number) => {
    const at = bounds.findIndex((bound) => number < bound);
    return at < 0 ? `${bounds[8].toFixed(1)} s and more` : `below ${bounds[at].toFixed(1)} s`;
  });
}
