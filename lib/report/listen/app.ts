// What the parts of the page know of it, and what they may do. Runs in the page.
import type { TimedEvent } from "../../pictures/spectrogram_svg.ts";
import type { HeardSound } from "./heard_sound.ts";
import type { KeepState } from "./keep.ts";
import type { ListenData, QuestionedSound } from "./listen_data.ts";
import type { PlayerSettings } from "./player.ts";
import type { Judgement, Session } from "./session.ts";

export interface Shown {
  data: ListenData;
  /** Those of the dataset, and what the listener added. */
  classes: readonly string[];
  /** Empty until it is known who listens. */
  rater: string;
  /** Verdicts of that name that were there already. */
  known: number;
  /** Whether another tab has this queue. */
  second: boolean;
  session: Session;
  settings: PlayerSettings;
  /** The event that keys move; -1 for none. */
  selected: number;
  heard: ReadonlyMap<string, HeardSound>;
  keep: KeepState;
  help: boolean;
  /** What was done, for those who don't see it. */
  said: string;
}

/** The page as its parts use it. */
export interface App {
  shown: Shown;
  sound(): QuestionedSound;
  judgement(): Judgement;
  /** Whether the label and the probabilities are to be shown. */
  revealed(): boolean;
  begin(rater: string): void;
  addClass(name: string): void;
  say(said: Partial<Judgement>, words: string, options?: { merge?: boolean }): void;
  undo(): void;
  goTo(at: number): void;
  select(event: number): void;
  set(settings: Partial<PlayerSettings>, words: string): void;
  /** Plays or pauses the sound, or one that it is compared with by its place. */
  toggle(compared?: number): void;
  /** Plays the next of the sounds that it is compared with. */
  compare(): void;
  /** Plays from a time in the sound, seconds. */
  seek(time: number): void;
  /** Goes back or on by seconds, playing or not. */
  seekBy(by: number): void;
  /** Begins an event where the sound is, or ends the one that was begun. */
  mark(): void;
  download(): void;
  showHelp(on: boolean): void;
}

/** Least length of an event, seconds. */
const LEAST = 0.02;

/** An event within its sound, its start before its end. */
export function fitted({ start, end, label }: TimedEvent, seconds: number): TimedEvent {
  const [first, last] = start <= end ? [start, end] : [end, start];
  const from = Math.max(0, Math.min(first, seconds - LEAST));
  return { start: round(from), end: round(Math.min(seconds, Math.max(last, from + LEAST))), label };
}

const round = (time: number) => Math.round(1000 * time) / 1000;
