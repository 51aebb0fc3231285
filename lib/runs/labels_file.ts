import { formatCsv, parseCsv } from "../files/mod.ts";
import type { ManifestRow } from "../datasets/manifest.ts";

/** A sound whose label listeners decided on. */
export interface HeardLabel extends Pick<ManifestRow, "recording" | "start" | "end"> {
  /** The dataset's. */
  given: string;
  /** What was trained on and judged by. */
  used: string;
}

const NUMBERS = ["start", "end"];
const NAMES = ["recording", "given", "used"];

/** `labels.csv`: one row a sound that listeners decided on, so that no given label is lost. */
export function formatLabels(labels: readonly HeardLabel[]): string {
  return formatCsv(labels, ["recording", ...NUMBERS, "given", "used"]);
}

/** What {@linkcode formatLabels} wrote. */
export function parseLabels(text: string, where: string): HeardLabel[] {
  return parseCsv(text, where, { marked: true, columns: NAMES, numbers: NUMBERS })
    .map(({ recording, start, end, given, used }) => ({
      recording,
      start: Number(start),
      end: Number(end),
      given,
      used,
    }));
}
