import { encodersIn, mayPassOn } from "../features/mod.ts";

/** What a reader must know of the encoders that an experiment hears by: which files, and under which licence. */
export function encoderWords(experiment: unknown): string[] {
  const { input } = (experiment ?? {}) as { input?: unknown };
  const said = encodersIn(input).map(({ file, sha256, licence, playbackRate }) =>
    `Heard by the encoder ${file} (SHA-256 ${sha256.slice(0, 12)}…)` +
    `${playbackRate === 1 ? "" : `, ${playbackRate} times as fast`}, licence: ${licence}. ` +
    `Its weights are no part of this run${mayPassOn(licence) ? "" : ", and its licence may forbid passing them on"}.`
  );
  return [...new Set(said)];
}
