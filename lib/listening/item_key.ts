import type { ManifestRow } from "../datasets/manifest.ts";

/**
 * The name of an item in queues and verdicts: its recording and its seconds. It stays the same over runs, seeds and tasks, and
 * over what a spreadsheet does to a cell.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(itemKey({ recording: "a/1.wav", start: 0, end: 2.25 })).toBe("a/1.wav 0.000-2.250 s");
 * ```
 */
export function itemKey({ recording, start, end }: Pick<ManifestRow, "recording" | "start" | "end">): string {
  return `${recording.normalize("NFC")} ${start.toFixed(3)}-${end.toFixed(3)} s`;
}
