import { formatCsv, parseCsv } from "../files/mod.ts";

const COLUMNS = ["recording", "subject", "sound"];

/** A recording that a run learned from or was judged on, and what it is known by under another name. */
export interface KnownSound {
  recording: string;
  /** As in `predictions.csv`. */
  subject: string;
  /** Hash of its decoded samples. */
  sound: string;
}

/**
 * `sounds.csv`: one row a recording. A hash tells a copy under another name and says nothing else of what is heard.
 *
 * @param hashes By recording; those without sound have none and are left out.
 */
export function formatSounds(
  rows: readonly { recording: string; subject: string }[],
  hashes: ReadonlyMap<string, string>,
): string {
  const subjects = new Map(rows.map(({ recording, subject }) => [recording, subject]));
  const known = [...subjects].flatMap(([recording, subject]): KnownSound[] => {
    const sound = hashes.get(recording);
    return sound === undefined ? [] : [{ recording, subject, sound }];
  });
  return formatCsv(known as unknown as Record<string, unknown>[], COLUMNS);
}

/** What {@linkcode formatSounds} wrote. */
export function parseSounds(text: string, where: string): KnownSound[] {
  return parseCsv(text, where, { marked: true, columns: COLUMNS }).map(({ recording, subject, sound }) => ({
    recording,
    subject,
    sound,
  }));
}
