import type { ManifestRow } from "../../datasets/mod.ts";
import type { RecordingGroups } from "../../runs/mod.ts";

/** Attributes by which a model is compared between patients and recordings. */
const ATTRIBUTES = ["age", "sex", "site", "device"] as const;

/** Upper ends of the bands of age, years. */
const BANDS: [number, string][] = [
  [1, "below 1 year"],
  [3, "1 to 2 years"],
  [6, "3 to 5 years"],
  [12, "6 to 11 years"],
  [18, "12 to 17 years"],
  [40, "18 to 39 years"],
  [65, "40 to 64 years"],
  [Infinity, "65 years and above"],
];

/**
 * The groups that each recording belongs to, as far as its dataset says. Ages become bands, so that the run folder, which
 * is passed on, says no more of a patient than is compared.
 */
export function recordingGroups(rows: readonly ManifestRow[]): RecordingGroups {
  const groups: RecordingGroups = {};
  for (const attribute of ATTRIBUTES) {
    const known = new Map<string, string>();
    for (const { recording, attributes } of rows) {
      const value = attributes[attribute];
      if (value !== undefined && value !== "" && !known.has(recording)) known.set(recording, groupOf(attribute, value));
    }
    if (new Set(known.values()).size > 1) groups[attribute] = known;
  }
  return groups;
}

function groupOf(attribute: string, value: string | number): string {
  if (attribute !== "age" || typeof value === "string") return String(value);
  return BANDS.find(([end]) => value < end)![1];
}
