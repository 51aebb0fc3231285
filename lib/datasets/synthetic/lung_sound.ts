import type { RandomStream } from "../../random/mod.ts";
import { bandNoise, type LungCondition, type Making, type SyntheticSubject } from "./making.ts";
import type { AnnotatedEvent } from "../manifest.ts";

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
  const share = stream.uniform(0.36, 0.46), pause = stream.uniform(0.02, 0.15);
  let start = 0;
  while (start < seconds) {
    const period = 60 / breathRate * (1 + 0.07 * stream.normal());
    const end = start + Math.max(period, 1);
    breaths.push({ start, turn: start + share * (end - start), stop: end - pause * (end - start), end });
    start = end;
  }
  return breaths;
}

/** `level` is the peak amplitude. */
type AdventitiousOptions = Making & { condition: Exclude<LungCondition, "normal">; breath: Breath; level: number };

/** What was put where, seconds. */
type AdventitiousEvent = Omit<AnnotatedEvent, "recording">;

/** A continuous sound: a tone with overtones. */
interface Tone {
  low: number; // range of the fundamental, Hz
  high: number;
  overtone: number; // amplitude of each overtone over that of the one before it
  overtones: number;
  shortest: number; // range of the share of the phase that it fills
  longest: number;
  phase: Phase;
}

type Phase = "inspiration" | "expiration";

function spanOf({ start, turn, stop }: Breath, phase: Phase): [from: number, to: number] {
  return phase === "inspiration" ? [start, turn] : [turn, stop];
}

/** A train of damped sinusoids. */
interface Crackles {
  frequency: number;
  duration: number; // seconds until the amplitude has fallen to a tenth
  fewest: number; // range of the number in one phase
  most: number;
  places: { phase: Phase; from: number; to: number }[]; // where they are, as shares of the phase
}

// Frequencies and durations: Bohadana, Izbicki and Kraman 2014, N Engl J Med 370:744 (wheeze above 100 Hz and 80 ms,
// rhonchus about 150 Hz, stridor above 500 Hz and mostly inspiratory). With its glide and flutter, up to 18 % either
// way, a rhonchus stays below 200 Hz, a wheeze below 1000 Hz, a stridor above 500 Hz.
const TONES: Record<string, Tone> = {
  rhonchi: { low: 80, high: 165, overtone: 0.6, overtones: 4, shortest: 0.3, longest: 0.8, phase: "expiration" },
  wheeze: { low: 200, high: 840, overtone: 0.25, overtones: 2, shortest: 0.3, longest: 0.8, phase: "expiration" },
  stridor: { low: 620, high: 1000, overtone: 0.5, overtones: 2, shortest: 0.6, longest: 0.95, phase: "inspiration" },
};

// Fine crackles: 650 Hz, 5 ms, late in inspiration; coarse: 350 Hz, 15 ms, early in inspiration and throughout
// expiration (Bohadana et al. 2014).
const CRACKLES: Record<string, Crackles> = {
  "fine crackle": {
    ...{ frequency: 650, duration: 0.005, fewest: 8, most: 20 },
    places: [{ phase: "inspiration", from: 0.45, to: 0.98 }],
  },
  "coarse crackle": {
    ...{ frequency: 350, duration: 0.015, fewest: 4, most: 10 },
    places: [{ phase: "inspiration", from: 0.05, to: 0.5 }, { phase: "expiration", from: 0.05, to: 0.8 }],
  },
};

/** Adds the sounds of a condition to one breath. */
export function addAdventitious(samples: Float32Array, options: AdventitiousOptions): AdventitiousEvent[] {
  const { condition, stream } = options;
  if (condition !== "wheeze+crackle") {
    return (condition in CRACKLES ? addCrackles : addTone)(samples, condition, options);
  }
  const kind = stream.choice(["coarse crackle", "fine crackle"]);
  return [...addTone(samples, "wheeze", options), ...addCrackles(samples, kind, options)];
}

function addTone(samples: Float32Array, label: string, options: AdventitiousOptions): AdventitiousEvent[] {
  const { breath, level, sampleRate, stream } = options;
  const { low, high, overtone, overtones, shortest, longest, phase } = TONES[label];
  const [from, to] = spanOf(breath, phase);
  const duration = Math.max(0.1, stream.uniform(shortest, longest) * (to - from));
  const start = from + stream.uniform() * Math.max(0, to - from - duration);
  const pitch = low * (high / low) ** stream.uniform();
  const glide = stream.uniform(-0.15, 0.15);
  const flutter = { hz: stream.uniform(4, 9), depth: stream.uniform(0, 0.03) };
  const first = Math.max(0, Math.ceil(start * sampleRate));
  const last = Math.min(samples.length, Math.floor((start + duration) * sampleRate));
  let angle = 2 * Math.PI * stream.uniform();
  for (let n = first; n < last; n++) {
    const t = n / sampleRate - start;
    const hz = pitch * (1 + glide * t / duration + flutter.depth * Math.sin(2 * Math.PI * flutter.hz * t));
    angle += 2 * Math.PI * hz / sampleRate;
    let amplitude = level * Math.min(1, t / 0.04, (duration - t) / 0.04); // it swells and fades
    for (let harmonic = 1; harmonic <= overtones + 1; harmonic++) {
      samples[n] += amplitude * Math.sin(harmonic * angle);
      amplitude *= overtone;
    }
  }
  return last > first ? [{ label, start: first / sampleRate, end: last / sampleRate }] : [];
}

function addCrackles(samples: Float32Array, label: string, options: AdventitiousOptions): AdventitiousEvent[] {
  const { breath, level, sampleRate, stream } = options;
  const { frequency, duration, fewest, most, places } = CRACKLES[label];
  const decay = duration / Math.log(10);
  const pitch = frequency * stream.uniform(0.85, 1.15);
  return places.flatMap(({ phase, from, to }) => {
    const [begin, finish] = spanOf(breath, phase);
    const count = fewest + stream.integer(most - fewest + 1);
    const onsets = Array.from({ length: count }, () => begin + stream.uniform(from, to) * (finish - begin))
      .filter((onset) => onset + duration < samples.length / sampleRate);
    for (const onset of onsets) {
      const amplitude = level * stream.uniform(0.5, 1.5), first = Math.ceil(onset * sampleRate);
      const last = Math.min(samples.length, Math.floor((onset + 2 * duration) * sampleRate));
      for (let n = first; n < last; n++) {
        const t = n / sampleRate - onset;
        samples[n] += amplitude * Math.exp(-t / decay) * Math.sin(2 * Math.PI * pitch * t);
      }
    }
    return onsets.length > 0 ? [{ label, start: Math.min(...onsets), end: Math.max(...onsets) + duration }] : [];
  });
}
