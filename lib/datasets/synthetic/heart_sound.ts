import { bandNoise, type HeartCondition, type Making, type SyntheticSubject } from "./making.ts";

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
export function heartSound(length: number, options: HeartSoundOptions): { samples: Float32Array; beats: Beat[] } {
  const { subject, site, sampleRate, stream } = options;
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
function beatTimes(seconds: number, options: Pick<HeartSoundOptions, "subject" | "stream">): Beat[] {
  const { subject: { heartRate, breathRate }, stream } = options;
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

type Gabor = Record<"at" | "frequency" | "width" | "amplitude" | "sampleRate", number>;

/** A Gaussian-windowed cosine: the shape of each valve's sound (Almasi et al. 2011, IEEE EMBC, 5973). */
function addGabor(samples: Float32Array, { at, frequency, width, amplitude, sampleRate }: Gabor) {
  const from = Math.max(0, Math.ceil((at - 4 * width) * sampleRate));
  const to = Math.min(samples.length, Math.floor((at + 4 * width) * sampleRate));
  for (let n = from; n < to; n++) {
    const t = n / sampleRate - at;
    samples[n] += amplitude * Math.exp(-t * t / (2 * width * width)) * Math.cos(2 * Math.PI * frequency * t);
  }
}

/** A murmur by its place in the cycle, its envelope and its band. */
interface MurmurShape {
  phase: "systole" | "diastole";
  from: number; // start and end as shares of the phase
  to: number;
  low: number; // Hz
  high: number;
  envelope: (u: number) => number; // envelope over the share u in [0, 1] of the murmur, at most 1
  click?: number; // Hz of a short sound at the beginning: the click of a prolapse, the opening snap of a stenosis
}

const ramp = (u: number, share: number) => Math.min(1, u / share, (1 - u) / share);

// Shapes and phases: Chizner 2008, Curr Probl Cardiol 33:326. Bands: Noponen et al. 2007, BMC Pediatr 7:23, and Pelech
// 2004, Pediatr Clin N Am 51:1515 (regurgitation blows high, a mitral stenosis rumbles low).
const SHAPES: Record<Disease, MurmurShape> = {
  AS: { phase: "systole", from: 0.15, to: 0.9, low: 100, high: 400, envelope: (u) => 1 - Math.abs(2 * u - 1) },
  MR: { phase: "systole", from: 0.05, to: 1, low: 150, high: 450, envelope: (u) => ramp(u, 0.08) },
  MVP: {
    ...{ phase: "systole", from: 0.5, to: 1, low: 150, high: 450, click: 180 },
    envelope: (u) => ramp(u, 0.05) * (0.4 + 0.6 * u),
  },
  AR: {
    ...{ phase: "diastole", from: 0.05, to: 0.75, low: 150, high: 450 },
    envelope: (u) => ramp(u, 0.05) * Math.exp(-3 * u),
  },
  MS: {
    ...{ phase: "diastole", from: 0.17, to: 1, low: 40, high: 160, click: 120 },
    // A rumble that fades, then grows again when the atrium contracts.
    envelope: (u) => ramp(u, 0.05) * Math.max(0.25, 1 - 1.6 * u, 2.5 * u - 1.5),
  },
};

type MurmurOptions = Making & { condition: Disease; beats: readonly Beat[] };
type Disease = Exclude<HeartCondition, "normal">;

/**
 * The murmur of a valve disease, placed between the first and second sound of each beat: its loudest moments at a root mean
 * square of 1, and where it sounds (seconds).
 */
export function murmur(
  length: number,
  { condition, beats, sampleRate, stream }: MurmurOptions,
): { samples: Float32Array; intervals: { start: number; end: number }[] } {
  const { phase, from, to, envelope, low, high, click } = SHAPES[condition];
  const pitch = 2 ** stream.uniform(-0.3, 0.3);
  const noise = bandNoise(length, { low: low * pitch, high: high * pitch, sampleRate, stream });
  const samples = new Float32Array(length), intervals = [];
  for (const beat of beats) {
    const [begin, finish] = phase === "systole" ? [beat.s1, beat.s2] : [beat.s2, beat.next];
    const start = begin + from * (finish - begin), end = begin + to * (finish - begin);
    const strength = stream.uniform(0.8, 1.2);
    const first = Math.max(0, Math.ceil(start * sampleRate)), last = Math.min(length, Math.floor(end * sampleRate));
    for (let n = first; n < last; n++) {
      samples[n] += strength * envelope((n / sampleRate - start) / (end - start)) * noise[n];
    }
    if (click !== undefined) addClick(samples, { at: start, frequency: click * pitch, sampleRate });
    if (last > first) intervals.push({ start: first / sampleRate, end: last / sampleRate });
  }
  return { samples, intervals };
}

/** A damped sinusoid of 20 ms. */
function addClick(samples: Float32Array, options: Record<"at" | "frequency" | "sampleRate", number>) {
  const { at, frequency, sampleRate } = options;
  const first = Math.round(at * sampleRate);
  for (let n = Math.max(0, first); n < Math.min(samples.length, first + 0.03 * sampleRate); n++) {
    const t = (n - first) / sampleRate;
    samples[n] += 3 * Math.exp(-t / 0.008) * Math.sin(2 * Math.PI * frequency * t);
  }
}
