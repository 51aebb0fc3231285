import { type HeartSite, heartSound } from "./heart_sound.ts";
import type { Making } from "./making.ts";
import { fromDb, mix } from "./mix.ts";
import { murmur } from "./murmur.ts";
import { frictionNoise, mainsNoise, roomNoise, speechNoise } from "./recording_noise.ts";
import { stethoscope } from "./stethoscope.ts";
import type { SyntheticRecording } from "./synthetic_recording.ts";
import type { SyntheticSubject } from "./synthetic_subject.ts";

export interface HeartRecordingOptions extends Making {
  subject: SyntheticSubject;
  site: HeartSite;
  seconds: number;
}

/** One recording of a heart: its sounds, the murmur of its disease, and the noise of the room and the hand. */
export function heartRecording(options: HeartRecordingOptions): SyntheticRecording {
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
  const sick = condition !== "normal";
  if (sick) {
    const sound = murmur(length, { condition, beats, sampleRate, stream });
    mix(samples, sound.samples, fromDb(stream.uniform(-13, -2)));
    events.push(...sound.intervals.map((interval) => ({ label: condition, ...interval })));
  }
  const extra = sick ? 0 : 6;
  mix(samples, roomNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-40, -24) + extra));
  if (stream.uniform() < 0.4) {
    mix(samples, frictionNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-24, -8)));
  }
  if (stream.uniform() < 0.2) {
    mix(samples, speechNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-32, -16)));
  }
  if (stream.uniform() < 0.3) {
    mix(samples, mainsNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-32, -16)));
  }
  return {
    samples: stethoscope(samples, { subject, sampleRate, stream }),
    segments: [{ label: subject.heart, start: 0, end: seconds }],
    events,
  };
}
