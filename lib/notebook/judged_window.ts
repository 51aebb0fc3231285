import { join } from "node:path";
import { cutSegment, fitLength, readRecording } from "../audio/mod.ts";
import type { Manifest } from "../datasets/mod.ts";
import type { Prediction } from "../scores/mod.ts";
import { fillOf, inputWindows, openInput } from "../features/mod.ts";
import type { Bundle } from "../runs/mod.ts";
import { standardise } from "../training/mod.ts";
import { eventsWithin, type LabelledSound } from "./labelled_sound.ts";

/** The first window of a prediction's item. */
export interface JudgedWindow extends Omit<LabelledSound, "title"> {
  /** What is heard in it, padded as it was for the network. */
  samples: Float32Array;
  /** All of the recording, and where the item lies in it, s, for `showSpectrogram`. */
  recording: { samples: Float32Array; start: number; end: number };
  /** What the network saw: `[frames, bands, channels]`, standardised. */
  input: Float32Array;
  /** Which of the bundle's networks never heard this subject. */
  member: number;
}

/** A prediction's sound as its network saw it, for pictures of what the network looked at. */
export async function judgedWindow(
  { recording: name, start, end, fold, seed }: Prediction,
  { manifest, bundle }: { manifest: Manifest; bundle: Bundle },
): Promise<JudgedWindow> {
  const { input: options, members } = bundle;
  const { samples, sampleRate } = await readRecording(join(manifest.folder, name));
  const heardBy = openInput(options);
  const whole = heardBy.prepare(samples, { sampleRate });
  const [{ samples: prepared, from }] = inputWindows(whole, { start, end, input: heardBy });
  const member = members.findIndex((one) => (one.outer ?? one.fold) === fold && one.seed === seed);
  const { mean, std } = members[member];
  const input = (await heardBy.compute(prepared, from)).slice();
  standardise(input, { mean: Float32Array.from(mean), std: Float32Array.from(std) });
  const heard = cutSegment(samples, { sampleRate, start, end }).subarray(0, Math.round(options.seconds * sampleRate));
  const length = Math.max(heard.length, Math.round(heardBy.shortest * sampleRate / heardBy.sampleRate));
  const events = eventsWithin({ recording: name, start, end: Math.min(end, start + options.seconds) }, manifest.events);
  const recording = { samples, start, end };
  return { samples: fitLength(heard, length, fillOf(options)), sampleRate, recording, input, member, events };
}
