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
