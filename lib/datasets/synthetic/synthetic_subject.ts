import type { RandomStream } from "../../random/mod.ts";

/** `"normal"`, or the valve disease that is heard. */
export type HeartCondition = "normal" | "AS" | "MR" | "MS" | "AR" | "MVP";

/** `"normal"`, or the adventitious sound of the lungs; labels are those of SPRSound in lower case. */
export type LungCondition = "normal" | "rhonchi" | "wheeze" | "stridor" | CrackleCondition;
type CrackleCondition = "coarse crackle" | "fine crackle" | "wheeze+crackle";

/** A made-up person: all that stays the same over the recordings of one subject. */
export interface SyntheticSubject {
  id: string;
  age: number; // years
  sex: "female" | "male";
  heart: HeartCondition;
  lung: LungCondition;
  heartRate: number; // beats a minute
  breathRate: number; // breaths a minute
  chest: { corner: number; resonance: number; gainDb: number }; // chest wall: corner of its low-pass, and one resonance
  loudnessDb: number; // how loud this body is, dB
  device: Device;
}

/** The stethoscopes: their names stand in the manifest as `device`. */
const DEVICES = ["bell", "diaphragm", "contact"] as const;
export type Device = typeof DEVICES[number];

/** What is wrong with a subject; given by the caller, so that the shares of the diseases are exact. */
export type Conditions = Pick<SyntheticSubject, "heart" | "lung">;

/** Draws one subject. Nothing but the sound tells the conditions: age, sex and device are drawn without them. */
export function syntheticSubject(id: string, conditions: Conditions, stream: RandomStream): SyntheticSubject {
  const age = 1 + stream.integer(80);
  return {
    id,
    age,
    sex: stream.choice(["female", "male"]),
    ...conditions,
    // Resting rates fall with age from about 110 to 70 a minute (Fleming et al. 2011, Lancet 377:1011).
    heartRate: (70 + 40 * Math.exp(-age / 8)) * stream.uniform(0.85, 1.15),
    breathRate: (16 + 12 * Math.exp(-age / 8)) * stream.uniform(0.9, 1.2),
    chest: {
      corner: 250 * 2 ** stream.uniform(0, 1.5),
      resonance: 70 * 2 ** stream.uniform(0, 3),
      gainDb: stream.uniform(-9, 9),
    },
    loudnessDb: stream.uniform(-9, 9),
    device: stream.choice(DEVICES),
  };
}
