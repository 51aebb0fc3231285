import { InputError } from "../../errors/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode addNoise}. */
export interface AddNoiseOptions {
  stream: RandomStream;
  /** Signal-to-noise ratio of the result, dB. */
  snr: number;
  /** White or pink (1/f) noise, or a recording of noise that is at least one sample long. @default {"white"} */
  noise?: "white" | "pink" | Float32Array;
}

/**
 * Signal domain: on samples, before features are made of them. Adds noise at a given ratio of the powers. Of a recording
 * of noise, a random place is taken, round its end where it is too short. Silence stays silence: no ratio to it exists.
 *
 * @param samples `[samples]`
 * @returns `[samples]`
 * @throws {InputError} where the noise itself is silent or empty.
 */
export function addNoise(samples: Float32Array, { stream, snr, noise = "white" }: AddNoiseOptions): Float32Array {
  const added = noise === "white"
    ? samples.map(() => stream.normal())
    : noise === "pink"
    ? pink(samples.length, stream)
    : place(noise, samples.length, stream);
  const [signal, disturbance] = [power(samples), power(added)];
  if (signal === 0) return samples.slice();
  if (!(disturbance > 0)) {
    throw new InputError({ expected: "noise that can be heard", found: "silence", where: "addNoise" });
  }
  const scale = Math.sqrt(signal / disturbance / 10 ** (snr / 10));
  return samples.map((value, i) => value + scale * added[i]);
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length);
}

/** Paul Kellet's filter of white noise, -3 dB an octave within 0.5 dB over most of the band. */
function pink(length: number, stream: RandomStream): Float32Array {
  let [a, b, c] = [0, 0, 0];
  return Float32Array.from({ length }, () => {
    const white = stream.normal();
    a = 0.99765 * a + white * 0.0990460;
    b = 0.96300 * b + white * 0.2965164;
    c = 0.57000 * c + white * 1.0526913;
    return a + b + c + white * 0.1848;
  });
}

function place(noise: Float32Array, length: number, stream: RandomStream): Float32Array {
  if (noise.length === 0) throw new InputError({ expected: "a recording of noise", found: "0 samples" });
  const start = stream.integer(noise.length);
  return Float32Array.from({ length }, (_, i) => noise[(start + i) % noise.length]);
}
