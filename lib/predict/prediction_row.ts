import type { FilePrediction } from "./predict_file.ts";

/** Columns of {@linkcode predictionRow} for some classes, in order. */
export function predictionColumns(classes: readonly string[]): string[] {
  const heart = ["heart_rate", "systolic_interval", "murmur_timing"];
  const sound = ["seconds", "novelty", "known"];
  return ["file", "verdict", "label", ...classes.map((name) => `p_${name}`), ...sound, ...heart, "reasons"];
}

/** A prediction as a flat row for CSV: one probability column a class, `verdict` `error` for a file that wasn't read. */
export function predictionRow(
  prediction: FilePrediction,
  classes: readonly string[],
): Record<string, string | number> {
  if (prediction.error !== undefined) {
    const empty = Object.fromEntries(predictionColumns(classes).map((column) => [column, ""]));
    return { ...empty, file: prediction.file, verdict: "error", reasons: prediction.error };
  }
  const { file, verdict, label, probabilities, duration, novelty, known, heart, reasons } = prediction;
  return {
    file,
    verdict,
    label: label ?? "",
    ...Object.fromEntries(classes.map((name, c) => [`p_${name}`, probabilities?.[c] ?? ""])),
    seconds: duration,
    novelty: novelty ?? "",
    known: known ? "yes" : "",
    heart_rate: heart?.heartRate ?? "",
    systolic_interval: heart?.systolicInterval ?? "",
    murmur_timing: heart?.murmur ?? "",
    reasons: reasons.join("; "),
  };
}
