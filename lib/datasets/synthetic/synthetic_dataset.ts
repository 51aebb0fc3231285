import { type RandomStream, randomStream } from "../../random/mod.ts";
import { heartRecording, lungRecording, type SyntheticRecording } from "./synthetic_recording.ts";
import type { Conditions, Making, SyntheticSubject } from "./making.ts";
import { frictionNoise, fromDb, mainsNoise, mix, rootMeanSquare, syntheticSubject } from "./making.ts";

/** Which made-up dataset it is: the same values give the same samples. */
export interface SyntheticSettings {
  seed: number;
  /** Number of made-up people; half of the hearts are healthy, and nearly half of the lungs. */
  subjects: number;
  kind: "heart" | "lung" | "both";
  /** Recordings of each subject and kind, 1 to 4: one a site. */
  recordings: number;
  /** Length of a heart recording, seconds. */
  heartSeconds: number;
  /** Length of a lung recording, seconds. */
  lungSeconds: number;
  /** Share of the recordings that nothing can be heard in. */
  unusable: number;
}

/** A recording and who, where and how. */
export interface DescribedRecording extends SyntheticRecording {
  kind: "heart" | "lung";
  subject: SyntheticSubject;
  /** AV PV TV MV as in CirCor, p1 to p4 as in SPRSound. */
  site: string;
  /** What hides the sound, where something does. */
  fault: Fault | undefined;
}

/** Hz: a stethoscope's sounds end below 2 kHz. */
export const SYNTHETIC_SAMPLE_RATE = 4000;

const HEART_SITES = ["AV", "PV", "TV", "MV"] as const;
const LUNG_SITES = ["p1", "p2", "p3", "p4"] as const;

const HEARTS = ["normal", "AS", "normal", "MR", "normal", "MS", "normal", "AR", "normal", "MVP"] as const;
const LUNGS = [
  ...["normal", "wheeze", "normal", "fine crackle", "normal", "rhonchi", "normal", "wheeze+crackle"] as const,
  ...["normal", "coarse crackle", "stridor", "wheeze+crackle"] as const,
];

/** The recordings of a made-up dataset, one after the other, subject by subject. */
export function* syntheticDataset(settings: SyntheticSettings): Generator<DescribedRecording> {
  const { seed, subjects, kind, recordings } = settings;
  const stream = randomStream(seed, "synthetic");
  for (const [index, conditions] of shareConditions(subjects, stream).entries()) {
    const name = `S${String(index + 1).padStart(3, "0")}`;
    // Sets of two seeds hold other people: S001 of the set of seed 7 is S001-7.
    const id = seed === 0 ? name : `${name}-${seed}`;
    const subject = syntheticSubject(id, conditions, stream.fork(`subject/${index}`));
    for (const part of ["heart", "lung"] as const) {
      if (kind !== part && kind !== "both") continue;
      for (let session = 0; session < recordings; session++) {
        const own = stream.fork(`${name}/${part}/${session}`);
        yield describedRecording(subject, { ...settings, part, session, stream: own });
      }
    }
  }
}

/** The diseases in their shares, heart and lung each in an order of their own. */
function shareConditions(subjects: number, stream: RandomStream): Conditions[] {
  const share = <T>(conditions: readonly T[], name: string) =>
    stream.fork(name).shuffle(Array.from({ length: subjects }, (_, i) => conditions[i % conditions.length]));
  const hearts = share(HEARTS, "hearts"), lungs = share(LUNGS, "lungs");
  return hearts.map((heart, i) => ({ heart, lung: lungs[i] }));
}

type Session = SyntheticSettings & { part: "heart" | "lung"; session: number; stream: RandomStream };

function describedRecording(subject: SyntheticSubject, options: Session): DescribedRecording {
  const { part, session, stream, unusable, heartSeconds, lungSeconds } = options;
  const making = { sampleRate: SYNTHETIC_SAMPLE_RATE, stream };
  const fault = stream.uniform() < unusable ? stream.choice(FAULTS) : undefined;
  const [site, recording] = part === "heart"
    ? [HEART_SITES[session], heartRecording({ subject, site: HEART_SITES[session], seconds: heartSeconds, ...making })]
    : [LUNG_SITES[session], lungRecording({ subject, seconds: lungSeconds, ...making })];
  const spoilt = fault && { samples: spoil(recording.samples, { fault, ...making }), events: [] };
  return { ...recording, ...spoilt, kind: part, subject, site, fault };
}

/** What can make a recording useless; stands in the manifest as `fault`. */
export const FAULTS = ["clipped", "drowned", "detached", "dropouts"] as const;
type Fault = typeof FAULTS[number];

/** The recording with a fault that hides what was in it. */
export function spoil(samples: Float32Array, { fault, sampleRate, stream }: Making & { fault: Fault }): Float32Array {
  const spoilt = samples.slice();
  const level = Math.max(rootMeanSquare(samples), 1e-4);
  switch (fault) {
    case "clipped":
      // 32 dB above what the converter can hold for the average sample.
      return spoilt.map((value) => Math.max(-1, Math.min(1, value * fromDb(32) * 0.3 / level)));
    case "drowned":
      mix(spoilt, frictionNoise(samples.length, { sampleRate, stream }), 20 * level);
      return spoilt.map((value) => Math.max(-1, Math.min(1, value * 0.05 / level / 2)));
    case "detached":
      mix(spoilt.fill(0), mainsNoise(samples.length, { sampleRate, stream }), fromDb(-52));
      return spoilt.map((value) => value + stream.uniform(-1, 1) * fromDb(-70));
    case "dropouts":
      for (let start = 0; start < spoilt.length;) {
        const silent = Math.round(stream.uniform(0.2, 0.9) * sampleRate);
        spoilt.fill(0, start, start + silent);
        start += silent + Math.round(stream.uniform(0.05, 0.4) * sampleRate);
      }
      return spoilt;
  }
}
