import { type RandomStream, randomStream } from "../../random/mod.ts";
import { heartRecording } from "./heart_recording.ts";
import { lungRecording } from "./lung_recording.ts";
import { type Fault, FAULTS, spoil } from "./spoil.ts";
import type { SyntheticRecording } from "./synthetic_recording.ts";
import {
  type Conditions,
  type HeartCondition,
  type LungCondition,
  type SyntheticSubject,
  syntheticSubject,
} from "./synthetic_subject.ts";

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

const HEARTS: readonly HeartCondition[] = [
  ...["normal", "AS", "normal", "MR", "normal", "MS", "normal", "AR", "normal", "MVP"] as const,
];
const LUNGS: readonly LungCondition[] = [
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
        yield describedRecording(subject, {
          ...settings,
          part,
          session,
          stream: stream.fork(`${name}/${part}/${session}`),
        });
      }
    }
  }
}

/** The diseases in their shares, heart and lung each in an order of their own. */
function shareConditions(subjects: number, stream: RandomStream): Conditions[] {
  const share = <T>(conditions: readonly T[], name: string) =>
    stream.fork(name).shuffle(Array.from({ length: subjects }, (_, i) => conditions[i % conditions.length]));
  const hearts = share(HEARTS, "hearts");
  const lungs = share(LUNGS, "lungs");
  return hearts.map((heart, i) => ({ heart, lung: lungs[i] }));
}

interface SessionOptions extends SyntheticSettings {
  part: "heart" | "lung";
  session: number;
  stream: RandomStream;
}

function describedRecording(subject: SyntheticSubject, options: SessionOptions): DescribedRecording {
  const { part, session, stream, unusable } = options;
  const sampleRate = SYNTHETIC_SAMPLE_RATE;
  const fault = stream.uniform() < unusable ? stream.choice(FAULTS) : undefined;
  const heartSite = HEART_SITES[session];
  const recording = part === "heart"
    ? heartRecording({ subject, site: heartSite, seconds: options.heartSeconds, sampleRate, stream })
    : lungRecording({ subject, seconds: options.lungSeconds, sampleRate, stream });
  return {
    ...recording,
    samples: fault ? spoil(recording.samples, { fault, sampleRate, stream }) : recording.samples,
    events: fault ? [] : recording.events,
    kind: part,
    subject,
    site: part === "heart" ? heartSite : LUNG_SITES[session],
    fault,
  };
}
