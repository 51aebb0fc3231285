import { encodeWav } from "../audio/mod.ts";
import { writeAtomic } from "../files/mod.ts";

/** What to write: text, bytes, or a recording of so many seconds at 2 kHz. */
export type TestFile = string | Uint8Array | { seconds: number; seed?: number };

/** For tests: runs with a folder of the files and takes it away. */
export async function withFolder(files: Record<string, TestFile>, check: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [path, content] of Object.entries(files)) {
      await writeAtomic(
        `${folder}/${path}`,
        typeof content === "object" && "seconds" in content ? testWav(content) : content,
      );
    }
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A noise of its own for each seed. */
export function testWav({ seconds, seed = 1 }: { seconds: number; seed?: number }): Uint8Array<ArrayBuffer> {
  let state = seed;
  const samples = Float32Array.from({ length: Math.round(seconds * 2000) }, () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return (state / 2 ** 31 - 1) / 4;
  });
  return encodeWav(samples, { sampleRate: 2000 }).slice();
}
