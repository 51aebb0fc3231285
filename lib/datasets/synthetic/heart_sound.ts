import type { Making } from "./making.ts";
import type { SyntheticSubject } from "./synthetic_subject.ts";

/** When one heart beat sounds, seconds. */
export interface Beat {
  s1: number; // onset of the first sound
  s2: number; // onset of the second sound
  next: number; // onset of the next first sound
}

/** The valve areas of a heart recording, as CirCor names them. */
export type HeartSite = "AV" | "PV" | "TV" | "MV";

export interface HeartSoundOptions extends Making {
  subject: Pick<SyntheticSubject, "heartRate" | "breathRate">;
  site: HeartSite;
}

// The first sound is the louder at the apex, the second at the base (Chizner 2008, Curr Probl Cardiol 33:326).
const SECOND_OVER_FIRST: Record<HeartSite, number> = { AV: 1.3, PV: 1.2, TV: 0.8, MV: 0.7 };

/** First and second heart sounds of a subject at a site, with a peak of about 1, from some point in the cycle on. */
export function heartSound(
  length: number,
  { subject, site, sampleRate, stream }: HeartSoundOptions,
): { samples: Float32Array; beats: Beat[] } {
  const samples = new Float32Array(length);
  const beats = beatTimes(length / sampleRate, { subject, stream });
  const first = [38, 62].map((hz) => hz * stream.uniform(0.85, 1.25));
  const second = [55, 80].map((hz) => hz * stream.uniform(0.85, 1.25));
  const ratio = SECOND_OVER_FIRST[site] * stream.uniform(0.75, 1.3);
  for (const { s1, s2 } of beats) {
    const strength = stream.uniform(0.85, 1.1);
    // Mitral before tricuspid closure by 20-30 ms; aortic before pulmonary by 15 ms, up to 60 ms when breathing in
    // (Chizner 2008).
    const breath = 0.5 + 0.5 * Math.sin(2 * Math.PI * subject.breathRate / 60 * s1);
    addGabor(samples, { at: s1 + 0.03, frequency: first[0], width: 0.019, amplitude: strength, sampleRate });
    addGabor(samples, { at: s1 + 0.055, frequency: first[1], width: 0.014, amplitude: 0.6 * strength, sampleRate });
    const split = 0.015 + 0.035 * breath;
    addGabor(samples, { at: s2 + 0.02, frequency: second[0], width: 0.013, amplitude: ratio * strength, sampleRate });
    const late = 0.6 * ratio * strength;
    addGabor(samples, { at: s2 + 0.02 + split, frequency: second[1], width: 0.011, amplitude: late, sampleRate });
  }
  return { samples, beats };
}

/** Onsets over `seconds`, from one beat before the start on, with the heart's variability. */
function beatTimes(
  seconds: number,
  { subject: { heartRate, breathRate }, stream }: Pick<HeartSoundOptions, "subject" | "stream">,
): Beat[] {
  const beats: Beat[] = [];
  // Ejection time 413 - 1.7 HR ms, plus about 40 ms of isovolumic contraction (Weissler et al. 1968, Circulation 37:149).
  const systole = (0.413 - 0.0017 * heartRate + 0.04) * stream.uniform(0.93, 1.07);
  let s1 = -stream.uniform() * 60 / heartRate;
  while (s1 < seconds) {
    // Respiratory sinus arrhythmia (McSharry et al. 2003, IEEE Trans Biomed Eng 50:289).
    const arrhythmia = 0.03 * Math.sin(2 * Math.PI * breathRate / 60 * s1) + 0.02 * stream.normal();
    const next = s1 + 60 / heartRate * (1 + arrhythmia);
    beats.push({ s1, s2: s1 + Math.min(systole, 0.6 * (next - s1)), next });
    s1 = next;
  }
  return beats;
}

/** A Gaussian-windowed cosine: the shape of each valve's sound (Almasi et al. 2011, IEEE EMBC, 5973). */
function addGabor(
  samples: Float32Array,
  { at, frequency, width, amplitude, sampleRate }: Record<
    "at" | "frequency" | "width" | "amplitude" | "sampleRate",
    number
  >,
) {
  const from = Math.max(0, Math.ceil((at - 4 * width) * sampleRate));
  const to = Math.min(samples.length, Math.floor((at + 4 * width) * sampleRate));
  for (let n = from; n < to; n++) {
    const t = n / sampleRate - at;
    samples[n] += amplitude * Math.exp(-t * t / (2 * width * width)) * Math.cos(2 * Math.PI * frequency * t);
  }
}
