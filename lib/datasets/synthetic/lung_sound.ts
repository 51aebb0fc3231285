import type { RandomStream } from "../../random/mod.ts";
import { bandNoise, type Making } from "./making.ts";
import type { SyntheticSubject } from "./synthetic_subject.ts";

/** When one breath is, seconds. */
export interface Breath {
  start: number; // beginning of the inspiration
  turn: number; // end of the inspiration, beginning of the expiration
  stop: number; // end of the expiration; a pause follows until the next breath
  end: number; // beginning of the next breath
}

/**
 * The breathing of a healthy chest, the first breath beginning with the recording, with a root mean square of about 1 at the
 * height of inspiration; and when the breaths are.
 */
export function lungSound(
  length: number,
  { subject, sampleRate, stream }: Making & { subject: Pick<SyntheticSubject, "breathRate"> },
): { samples: Float32Array; breaths: Breath[] } {
  const breaths = breathTimes(length / sampleRate, subject.breathRate, stream);
  // Above a knee the spectrum falls by 13-15 dB an octave (Gavriely et al. 1995, Thorax 50:1292); here by 12 and what
  // the chest wall takes.
  const knee = 130 * 2 ** stream.uniform(0, 1);
  const samples = bandNoise(length, { low: 60, high: knee, sampleRate, stream });
  // Expiration is 2.0 to 2.4 times softer (Gavriely and Cugell 1996, J Appl Physiol 80:5).
  const expiration = 1 / stream.uniform(1.6, 2.8);
  let breath = 0;
  for (let n = 0; n < length; n++) {
    const t = n / sampleRate;
    while (breath < breaths.length - 1 && t >= breaths[breath].end) breath++;
    samples[n] *= 0.03 + loudness(breaths[breath], t, expiration);
  }
  return { samples, breaths };
}

/** Amplitude goes with the 1.66th power of the flow (Gavriely and Cugell 1996); the flow is half a sine. */
function loudness({ start, turn, stop }: Breath, t: number, expiration: number): number {
  if (t < turn) return Math.sin(Math.PI * (t - start) / (turn - start)) ** 1.66;
  if (t < stop) return expiration * Math.sin(Math.PI * ((t - turn) / (stop - turn)) ** 0.6) ** 1.66;
  return 0;
}

function breathTimes(seconds: number, breathRate: number, stream: RandomStream): Breath[] {
  const breaths: Breath[] = [];
  const share = stream.uniform(0.36, 0.46);
  const pause = stream.uniform(0.02, 0.15);
  let start = 0;
  while (start < seconds) {
    const period = 60 / breathRate * (1 + 0.07 * stream.normal());
    const end = start + Math.max(period, 1);
    breaths.push({ start, turn: start + share * (end - start), stop: end - pause * (end - start), end });
    start = end;
  }
  return breaths;
}
