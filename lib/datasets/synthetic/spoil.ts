import { rootMeanSquare } from "./band_noise.ts";
import type { Making } from "./making.ts";
import { fromDb, mix } from "./mix.ts";
import { frictionNoise, mainsNoise } from "./recording_noise.ts";

/** What can make a recording useless; stands in the manifest as `fault`. */
export type Fault = "clipped" | "drowned" | "detached" | "dropouts";

/** The faults, to draw one from. */
export const FAULTS: readonly Fault[] = ["clipped", "drowned", "detached", "dropouts"];

export interface SpoilOptions extends Making {
  fault: Fault;
}

/** The recording with a fault that hides what was in it. */
export function spoil(samples: Float32Array, { fault, sampleRate, stream }: SpoilOptions): Float32Array {
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
