import { addAdventitious } from "./adventitious.ts";
import { heartSound } from "./heart_sound.ts";
import { lungSound } from "./lung_sound.ts";
import type { Making } from "./making.ts";
import { fromDb, mix } from "./mix.ts";
import { frictionNoise, mainsNoise, roomNoise, speechNoise } from "./recording_noise.ts";
import { stethoscope } from "./stethoscope.ts";
import type { SyntheticRecording } from "./synthetic_recording.ts";
import type { SyntheticSubject } from "./synthetic_subject.ts";

export interface LungRecordingOptions extends Making {
  subject: SyntheticSubject;
  seconds: number;
}

/** Share of a sick subject's breaths in which the sound is heard. */
const HEARD = 0.7;

/** One recording of a chest: its breaths, each labelled with what is heard in it, and the noise around. */
export function lungRecording({ subject, seconds, sampleRate, stream }: LungRecordingOptions): SyntheticRecording {
  const length = Math.round(seconds * sampleRate);
  const { samples, breaths } = lungSound(length, { subject, sampleRate, stream });
  const whole = breaths.filter(({ end }) => end <= seconds);
  const condition = subject.lung;
  const sounds = whole.map((breath) => {
    if (condition === "normal" || stream.uniform() >= HEARD) return [];
    const level = fromDb(condition.includes("crackle") ? stream.uniform(9, 18) : stream.uniform(-3, 8));
    return addAdventitious(samples, { condition, breath, level, sampleRate, stream });
  });
  const segments = whole.map(({ start, end }, i) => ({
    label: sounds[i].length > 0 ? condition : "normal",
    start,
    end,
  }));

  mix(samples, heartSound(length, { subject, site: "PV", sampleRate, stream }).samples, fromDb(stream.uniform(-20, 2)));
  mix(samples, roomNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-30, -10)));
  if (stream.uniform() < 0.4) {
    mix(samples, frictionNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-18, -2)));
  }
  if (stream.uniform() < 0.3) {
    mix(samples, speechNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-22, -8)));
  }
  if (stream.uniform() < 0.3) {
    mix(samples, mainsNoise(length, { sampleRate, stream }), fromDb(stream.uniform(-20, -5)));
  }
  return { samples: stethoscope(samples, { subject, sampleRate, stream }), segments, events: sounds.flat() };
}
