/**
 * The endings of files that hold sound, without the dot, in the order in which one is taken where a stem names several: first
 * those that {@linkcode decodeAudio} reads, then those that it names and refuses with the command that converts them. The one
 * list for datasets, class folders, `predict` and the live page.
 */
export const recordingEndings: readonly string[] = [
  ...["wav", "flac", "mp3", "ogg", "wave", "bwf", "rf64", "w64", "aif", "aiff", "aifc", "caf", "au", "snd"],
  ...["oga", "opus", "webm", "weba"],
  ...["m4a", "mp4", "aac", "3gp", "amr", "wma", "mka", "mp2", "ape", "wv"],
];

const ENDING = new RegExp(`\\.(${recordingEndings.join("|")})$`, "i");

export function isRecordingName(path: string): boolean {
  return ENDING.test(path);
}

/** The path without a recording's ending; a path without one stays as it is, dots included. */
export function withoutEnding(path: string): string {
  return path.replace(ENDING, "");
}

/** Smaller for the ending that is taken first; see {@linkcode recordingEndings}. */
export function endingRank(path: string): number {
  return recordingEndings.indexOf(ENDING.exec(path)?.[1].toLowerCase() ?? "");
}
