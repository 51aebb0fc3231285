import { formatCsv, parseCsv } from "../files/mod.ts";

const COLUMNS = ["recording", "subject", "sound"] as const;

/** A recording that a run learned from or was judged on, and what it is known by under another name. */
export interface SoundHash {
  recording: string;
  /** As in `predictions.csv`. */
  subject: string;
  /** Hash of its decoded samples: it tells a copy and says nothing else of what is heard. */
  sound: string;
}

/** `sounds.csv`: one row a recording. */
export function formatSounds(sounds: readonly SoundHash[]): string {
  return formatCsv(sounds, [...COLUMNS]);
}

/** What {@linkcode formatSounds} wrote. */
export function parseSounds(text: string, where: string): SoundHash[] {
  return parseCsv(text, where, { marked: true, columns: COLUMNS }) as unknown as SoundHash[];
}
