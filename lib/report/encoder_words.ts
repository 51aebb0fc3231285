import { type EncoderOptions, encodersIn, mayPassOn } from "../features/mod.ts";

/** What a reader must know of the encoders that an experiment hears by: which files, and under which licence. */
export function encoderWords(experiment: unknown): string[] {
  const { input, model } = (experiment ?? {}) as { input?: unknown; model?: unknown };
  const name = ({ file, sha256 }: EncoderOptions) => `${file} (SHA-256 ${sha256.slice(0, 12)}…)`;
  const heard = encodersIn(input).filter(({ gives }) => gives !== "frames").map((encoder) =>
    `Heard by the encoder ${name(encoder)}${
      faster(encoder)
    }, licence: ${encoder.licence}. Its weights are no part of ` +
    `this run${mayPassOn(encoder.licence) ? "" : ", and its licence may forbid passing them on"}.`
  );
  const tuned = encodersIn(model).map((encoder) =>
    `The network began as the encoder ${name(encoder)}${
      faster(encoder)
    }, licence: ${encoder.licence}, which holds for ` +
    "the weights of this run as well."
  );
  return [...new Set([...heard, ...tuned])];
}

const faster = ({ playbackRate }: EncoderOptions) => playbackRate === 1 ? "" : `, ${playbackRate} times as fast`;
