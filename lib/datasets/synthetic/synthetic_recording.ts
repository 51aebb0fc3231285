import type { AnnotatedEvent } from "../manifest.ts";

/** A label and where it holds, seconds. */
export type LabelledInterval = Omit<AnnotatedEvent, "recording">;

/** A made-up recording with all that is known of it. */
export interface SyntheticRecording {
  /** In [-1, 1]. */
  samples: Float32Array;
  /** What is trained on: the whole recording of a heart, each breath of a lung. */
  segments: LabelledInterval[];
  /** What is heard where: first and second sounds, murmurs, adventitious sounds. */
  events: LabelledInterval[];
}
