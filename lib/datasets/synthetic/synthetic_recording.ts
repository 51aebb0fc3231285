/** A label and where it holds, seconds. */
export interface LabelledInterval {
  label: string;
  start: number;
  end: number;
}

/** A made-up recording with all that is known of it. */
export interface SyntheticRecording {
  /** In [-1, 1]. */
  samples: Float32Array;
  /** What is trained on: the whole recording of a heart, each breath of a lung. */
  segments: LabelledInterval[];
  /** What is heard where: first and second sounds, murmurs, adventitious sounds. */
  events: LabelledInterval[];
}
