/** A module that hears recordings while they are decoded: it exports a {@linkcode Hear} as `hear`. */
export interface Listener {
  /** URL. */
  module: string;
  /** Plain data: it goes to other threads. */
  settings: unknown;
}

/** A recording whose samples are there. */
export interface SoundingRecording {
  /** SHA-256 of the file. */
  hash: string;
  /** `[n]`. */
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
  /** What is asked of it, seconds. */
  segments: readonly { start: number; end: number }[];
}

/** Takes of the sound what is needed later; it keeps that itself. */
export type Hear = (sound: SoundingRecording, settings: unknown) => void | Promise<void>;
