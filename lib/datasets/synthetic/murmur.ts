import type { Beat } from "./heart_sound.ts";
import { bandNoise, type Making } from "./making.ts";
import type { HeartCondition } from "./synthetic_subject.ts";

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
const SHAPES: Record<Exclude<HeartCondition, "normal">, MurmurShape> = {
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

export interface MurmurOptions extends Making {
  condition: Exclude<HeartCondition, "normal">;
  beats: readonly Beat[];
}

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
  const samples = new Float32Array(length);
  const intervals = [];
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
function addClick(
  samples: Float32Array,
  { at, frequency, sampleRate }: { at: number; frequency: number; sampleRate: number },
) {
  const first = Math.round(at * sampleRate);
  for (let n = Math.max(0, first); n < Math.min(samples.length, first + 0.03 * sampleRate); n++) {
    const t = (n - first) / sampleRate;
    samples[n] += 3 * Math.exp(-t / 0.008) * Math.sin(2 * Math.PI * frequency * t);
  }
}
