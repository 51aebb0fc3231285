import type { AnnotatedEvent } from "../manifest.ts";
import { addAdventitious, lungSound } from "./lung_sound.ts";
import { type HeartSite, heartSound, murmur } from "./heart_sound.ts";
import type { BiquadOptions, Device, Making, SyntheticSubject } from "./making.ts";
import { bandNoise, biquad, frictionNoise, fromDb, mainsNoise, mix, roomNoise, speechNoise } from "./making.ts";

/** A made-up recording with all that is known of it. */
export interface SyntheticRecording {
  samples: Float32Array; // in [-1, 1]
  segments: LabelledInterval[]; // what is trained on: the whole recording of a heart, each breath of a lung
  events: LabelledInterval[]; // what is heard where: first and second sounds, murmurs, adventitious sounds
}

type LabelledInterval = Omit<AnnotatedEvent, "recording">;

interface RecordingOptions extends Making {
  subject: SyntheticSubject;
  seconds: number;
}

/** One recording of a heart: its sounds, the murmur of its disease, and the noise of the room and the hand. */
export function heartRecording(options: RecordingOptions & { site: HeartSite }): SyntheticRecording {
  const { subject, site, seconds, sampleRate, stream } = options;
  const length = Math.round(seconds * sampleRate);
  const { samples, beats } = heartSound(length, { subject, site, sampleRate, stream });
  const events = beats.flatMap(({ s1, s2 }) => [
    { label: "S1", start: s1, end: s1 + 0.11 },
    { label: "S2", start: s2, end: s2 + 0.09 },
  ]).filter(({ start, end }) => start >= 0 && end <= seconds);

  // A healthy heart's recording gets about as much steady noise as a sick one's has murmur and noise together: what tells
  // them apart is when it sounds, not how much of it there is. Whatever else is heard is as likely in both.
  const condition = subject.heart;
  if (condition !== "normal") {
    const sound = murmur(length, { condition, beats, sampleRate, stream });
    mix(samples, sound.samples, fromDb(stream.uniform(-13, -2)));
    events.push(...sound.intervals.map((interval) => ({ label: condition, ...interval })));
  }
  const extra = condition === "normal" ? 6 : 0;
  mix(samples, roomNoise(length, options), fromDb(stream.uniform(-40, -24) + extra));
  const passing: Passing[] = [[frictionNoise, 0.4, -24, -8], [speechNoise, 0.2, -32, -16], [mainsNoise, 0.3, -32, -16]];
  addPassing(samples, passing, options);
  return { samples: stethoscope(samples, options), segments: [{ label: condition, start: 0, end: seconds }], events };
}

const HEARD = 0.7; // share of a sick subject's breaths in which the sound is heard

/** One recording of a chest: its breaths, each labelled with what is heard in it, and the noise around. */
export function lungRecording(options: RecordingOptions): SyntheticRecording {
  const { subject, seconds, sampleRate, stream } = options;
  const length = Math.round(seconds * sampleRate);
  const { samples, breaths } = lungSound(length, options);
  const whole = breaths.filter(({ end }) => end <= seconds);
  const condition = subject.lung;
  const sounds = whole.map((breath) => {
    if (condition === "normal" || stream.uniform() >= HEARD) return [];
    const level = fromDb(condition.includes("crackle") ? stream.uniform(9, 18) : stream.uniform(-3, 8));
    return addAdventitious(samples, { condition, breath, level, sampleRate, stream });
  });
  const labelOf = (i: number) => sounds[i].length > 0 ? condition : "normal";
  const segments = whole.map(({ start, end }, i) => ({ label: labelOf(i), start, end }));
  mix(samples, heartSound(length, { ...options, site: "PV" }).samples, fromDb(stream.uniform(-20, 2)));
  mix(samples, roomNoise(length, options), fromDb(stream.uniform(-30, -10)));
  const passing: Passing[] = [[frictionNoise, 0.4, -18, -2], [speechNoise, 0.3, -22, -8], [mainsNoise, 0.3, -20, -5]];
  addPassing(samples, passing, options);
  return { samples: stethoscope(samples, options), segments, events: sounds.flat() };
}

/** A noise, the share of the recordings that have it, and how loud it may be, dB. */
type Passing = [noise: typeof roomNoise, share: number, softest: number, loudest: number];

function addPassing(samples: Float32Array, noises: Passing[], { sampleRate, stream }: Making) {
  for (const [noise, share, softest, loudest] of noises) {
    if (stream.uniform() >= share) continue;
    mix(samples, noise(samples.length, { sampleRate, stream }), fromDb(stream.uniform(softest, loudest)));
  }
}

// A bell keeps low pitches, a diaphragm damps them (Nowak and Nowak 2018, Comput Biol Med 98:29); a contact
// microphone resonates.
const RESPONSES: Record<Device, Omit<BiquadOptions, "sampleRate">[]> = {
  bell: [{ kind: "lowpass", frequency: 700 }, { kind: "peak", frequency: 80, gainDb: 4, q: 0.8 }],
  diaphragm: [{ kind: "highpass", frequency: 70 }, { kind: "peak", frequency: 300, gainDb: 4, q: 0.8 }],
  contact: [{ kind: "highpass", frequency: 20 }, { kind: "peak", frequency: 550, gainDb: 8, q: 1.5 }],
};

/** What a body and its stethoscope make of a sound: filtered, with the sensor's own noise, at a level in [-1, 1]. */
function stethoscope(sound: Float32Array, { subject, sampleRate, stream }: RecordingOptions): Float32Array {
  const { chest: { corner, resonance, gainDb }, device, loudnessDb } = subject;
  const filters: Omit<BiquadOptions, "sampleRate">[] = [
    { kind: "lowpass", frequency: corner, q: 0.6 },
    { kind: "peak", frequency: resonance, gainDb, q: 1 },
    ...RESPONSES[device],
  ];
  const heard = filters.reduce((samples, filter) => biquad(samples, { ...filter, sampleRate }), sound);
  const loudest = heard.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1e-9);
  const level = fromDb(loudnessDb - 13 + stream.uniform(-3, 3)) / loudest;
  const samples = heard.map((value) => value * level);
  const own = bandNoise(samples.length, { low: 10, high: 1900, sampleRate, stream });
  mix(samples, own, fromDb(stream.uniform(-75, -60)));
  return samples;
}
