import { type EncoderOptions, encodersIn, mayPassOn } from "../features/mod.ts";

/** What a reader must know of the encoders that an experiment hears by: which files, and under which licence. */
export function encoderWords(experiment: unknown): string[] {
  const { input, model } = (experiment ?? {}) as { input?: unknown; model?: unknown };
  const named = ({ file, sha256, playbackRate, licence }: EncoderOptions) => {
    const faster = playbackRate === 1 ? "" : `, ${playbackRate} times as fast`;
    return `the encoder ${file} (SHA-256 ${sha256.slice(0, 12)}…)${faster}, licence: ${licence}`;
  };
  const heard = encodersIn(input).filter(({ gives }) => gives !== "frames").map((encoder) => {
    const forbidden = mayPassOn(encoder.licence) ? "" : ", and its licence may forbid passing them on";
    return `Heard by ${named(encoder)}. Its weights are no part of this run${forbidden}.`;
  });
  const tuned = encodersIn(model).map((encoder) =>
    `The network began as ${named(encoder)}, which holds for the weights of this run as well.`
  );
  return [...new Set([...heard, ...tuned])];
}
