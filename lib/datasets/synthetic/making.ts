import type { RandomStream } from "../../random/mod.ts";

/** What every made-up sound is made with. */
export interface Making {
  /** Samples a second, Hz. */
  sampleRate: number;
  stream: RandomStream;
}
