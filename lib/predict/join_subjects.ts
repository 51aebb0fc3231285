import { visibleText } from "../files/visible_text.ts";
import { applyDecision, decisionRule } from "../decision/mod.ts";
import type { Bundle } from "../runs/mod.ts";
import type { FilePrediction } from "./predict_file.ts";

/** What a model says of a patient, by all recordings of it. */
export interface SubjectPrediction {
  subject: string;
  /** `null` where no recording was answered. */
  label: string | null;
  /** Calibrated, one a class, they sum to 1; `null` where no recording was answered. */
  probabilities: number[] | null;
  /** The recordings that it is read from. */
  files: string[];
  /** Those that were refused or not read. */
  left: string[];
}

/**
 * One answer a patient from the answers for recordings, by the rule that the run's scores by subject were judged with; the mean
 * where it has none.
 *
 * @param options `subjectOf`: the patient of a file.
 */
export function joinSubjects(
  predictions: readonly FilePrediction[],
  { bundle, subjectOf }: { bundle: Bundle; subjectOf: (file: string) => string },
): SubjectPrediction[] {
  const { classes } = bundle, size = classes.length;
  const rule = decisionRule.parse(bundle.subjectDecision ?? {});
  return [...Map.groupBy(predictions, ({ file }) => subjectOf(file))].map(([subject, own]) => {
    const answered = own.flatMap((one) => one.error === undefined && one.probabilities ? [one.probabilities] : []);
    const isLeft = (one: FilePrediction) => one.error !== undefined || one.probabilities === null;
    const sides = {
      files: own.filter((one) => !isLeft(one)).map(({ file }) => file),
      left: own.filter(isLeft).map(({ file }) => file),
    };
    if (answered.length === 0) return { subject, label: null, probabilities: null, ...sides };
    const said = Float64Array.from(answered.flat());
    const { predicted, probabilities } = applyDecision(rule, said, { size, unitOf: new Int32Array(answered.length) });
    return { subject, label: classes[predicted[0]], probabilities: [...probabilities], ...sides };
  });
}

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
