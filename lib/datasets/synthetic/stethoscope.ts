import { bandNoise } from "./band_noise.ts";
import { biquad, type BiquadOptions } from "./biquad.ts";
import type { Making } from "./making.ts";
import { fromDb, mix } from "./mix.ts";
import type { Device, SyntheticSubject } from "./synthetic_subject.ts";

export interface StethoscopeOptions extends Making {
  subject: Pick<SyntheticSubject, "chest" | "device" | "loudnessDb">;
}

// A bell keeps low pitches, a diaphragm damps them (Nowak and Nowak 2018, Comput Biol Med 98:29); a contact
// microphone resonates.
const RESPONSES: Record<Device, Omit<BiquadOptions, "sampleRate">[]> = {
  bell: [{ kind: "lowpass", frequency: 700 }, { kind: "peak", frequency: 80, gainDb: 4, q: 0.8 }],
  diaphragm: [{ kind: "highpass", frequency: 70 }, { kind: "peak", frequency: 300, gainDb: 4, q: 0.8 }],
  contact: [{ kind: "highpass", frequency: 20 }, { kind: "peak", frequency: 550, gainDb: 8, q: 1.5 }],
};

/** What a body and its stethoscope make of a sound: filtered, with the sensor's own noise, at a level in [-1, 1]. */
export function stethoscope(sound: Float32Array, { subject, sampleRate, stream }: StethoscopeOptions): Float32Array {
  const { corner, resonance, gainDb } = subject.chest;
  const filters: Omit<BiquadOptions, "sampleRate">[] = [
    { kind: "lowpass", frequency: corner, q: 0.6 },
    { kind: "peak", frequency: resonance, gainDb, q: 1 },
    ...RESPONSES[subject.device],
  ];
  const heard = filters.reduce((samples, filter) => biquad(samples, { ...filter, sampleRate }), sound);
  const loudest = heard.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1e-9);
  const level = fromDb(subject.loudnessDb - 13 + stream.uniform(-3, 3)) / loudest;
  const samples = heard.map((value) => value * level);
  mix(
    samples,
    bandNoise(samples.length, { low: 10, high: 1900, sampleRate, stream }),
    fromDb(stream.uniform(-75, -60)),
  );
  return samples;
}
