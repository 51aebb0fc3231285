import { decodeHeartStates } from "./decode_heart_states.ts";

/** Numbers of a {@linkcode heartReading}. */
export const HEART_READINGS = 3;

/**
 * What tells a heart with a murmur from one without, and from one that can't be judged (McDonald et al. 2024,
 * doi:10.1371/journal.pdig.0000436): how much more confident the best of the murmurs is than the healthy heart, how confident
 * the best of all is; and how much more likely that murmur makes what was heard.
 *
 * @param posteriors `[frames, 5]`: S1, systole, S2, diastole, murmur.
 * @param options `frameRate`: frames a second, Hz.
 * @returns these {@linkcode HEART_READINGS} numbers.
 */
export function heartReading(posteriors: Float32Array, { frameRate }: { frameRate: number }): number[] {
  const { hearings: [healthy, ...murmurs] } = decodeHeartStates(posteriors, { frameRate });
  const most = (by: "confidence" | "logLikelihood") => Math.max(...murmurs.map((murmur) => murmur[by]));
  const confidence = most("confidence");
  return [
    confidence - healthy.confidence,
    Math.max(confidence, healthy.confidence),
    most("logLikelihood") - healthy.logLikelihood,
  ];
}
