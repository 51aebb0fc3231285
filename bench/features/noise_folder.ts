import { encodeWav } from "../../lib/audio/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";

/** A folder with recordings of noise, `0.wav` and so on, ten minutes each, at 4 kHz. */
export async function noiseFolder(recordings: number): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "bench-features-" });
  for (let i = 0; i < recordings; i++) {
    const stream = randomStream(i, "bench/recording");
    const samples = Float32Array.from({ length: 600 * 4000 }, () => stream.uniform(-0.5, 0.5));
    await Deno.writeFile(`${folder}/${i}.wav`, encodeWav(samples, { sampleRate: 4000 }));
  }
  return folder;
}
