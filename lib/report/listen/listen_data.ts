import type { ListeningItem, QueuedSound } from "../../listening/mod.ts";
import type { TimedEvent } from "../../pictures/spectrogram_svg.ts";

/** A sound as the page holds it. */
export interface HeldSound extends Pick<ListeningItem, "recording" | "start" | "end" | "label"> {
  /** Where in the recording begins what the page holds, seconds: a short sound stands among what surrounds it. */
  from: number;
  /** How long that is, seconds. */
  seconds: number;
  /** Hz. */
  sampleRate: number;
  /** Text that `unpackSamples` reads. */
  packed: string;
}

/** A sound that a verdict is asked of. */
export interface QuestionedSound extends HeldSound, Pick<QueuedSound, "item" | "subject" | "reason" | "probabilities"> {
  /** As annotated by the dataset, seconds from where the page begins. */
  events: TimedEvent[];
  /** Places in {@linkcode ListenData.compared}. */
  similar: number[];
}

/** All that the page's script reads from the element `data`. */
export interface ListenData {
  title: string;
  /** Name of this queue of these sounds: what was pressed is kept under it. */
  key: string;
  /** Kind of the queue. */
  queue: string;
  classes: string[];
  /** Whether the listener may add classes, where the dataset has none. */
  open: boolean;
  /** Who listens; asked for where it isn't known. */
  rater?: string;
  /** Whether labels and probabilities stay hidden until a verdict is given. */
  blind: boolean;
  /** Highest frequency of the pictures, Hz. */
  fMax: number;
  sounds: QuestionedSound[];
  compared: HeldSound[];
}
