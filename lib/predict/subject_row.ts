import { visibleText } from "../files/visible_text.ts";
import type { SubjectPrediction } from "./join_subjects.ts";

/** Columns of {@linkcode subjectRow} for some classes, in order. */
export function subjectColumns(classes: readonly string[]): string[] {
  return ["subject", "label", ...classes.map((name) => `p_${name}`), "recordings", "left_out"];
}

/** An answer for a patient as a flat row for CSV. */
export function subjectRow(
  { subject, label, probabilities, files, left }: SubjectPrediction,
  classes: readonly string[],
): Record<string, string | number> {
  return {
    subject,
    label: label ?? "",
    ...Object.fromEntries(classes.map((name, c) => [`p_${name}`, probabilities?.[c] ?? ""])),
    recordings: files.length,
    left_out: left.length,
  };
}

/** The same as a line for a reader. */
export function subjectWords(one: SubjectPrediction, classes: readonly string[]): string {
  const { subject, label, probabilities, files, left } = one;
  const percent = (c: number) => `${classes[c]} ${Math.round(100 * probabilities![c])} %`;
  const said = label === null ? "no answer" : `${label} (${classes.map((_, c) => percent(c)).join(", ")})`;
  const without = left.length === 0 ? "" : `, ${left.length} refused or not read`;
  return `${visibleText(subject)}: ${said}, from ${files.length} recording${files.length === 1 ? "" : "s"}${without}`;
}
