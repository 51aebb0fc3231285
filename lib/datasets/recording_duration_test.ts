import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { recordingDuration } from "./mod.ts";

async function withFile(name: string, bytes: Uint8Array, check: (path: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/${name}`, bytes);
    await check(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const second = encodeWav(new Float32Array(8000).fill(0.1), { sampleRate: 8000 });

Deno.test("recordingDuration() takes a WAV's frame size from channels x bits, not from its block alignment", async () => {
  const odd = second.slice();
  new DataView(odd.buffer).setUint16(32, 4, true);
  await withFile("a.wav", odd, async (path) => expect(await recordingDuration(path)).toBe(1));
});

Deno.test("recordingDuration() refuses a truncated WAV as decoding does, and skips a chunk before the data", async () => {
  const half = second.slice(0, 44 + 8000);
  await withFile("a.wav", half, (path) => expect(recordingDuration(path)).rejects.toThrow(/1.00 s .* found 0.50 s/));
  const list = new TextEncoder().encode("LIST\x03\0\0\0abc\0");
  const bytes = new Uint8Array([...second.subarray(0, 36), ...list, ...second.subarray(36)]);
  await withFile("b.wav", bytes, async (path) => expect(await recordingDuration(path)).toBe(1));
});

Deno.test("recordingDuration() reads the samples and the rate of a FLAC header", async () => {
  // RFC 9639, 8.2: 20 bits of rate (44100), 3 of channels - 1, 5 of bits - 1, 36 of samples (66150).
  const bytes = new Uint8Array(42);
  bytes.set(new TextEncoder().encode("fLaC"));
  bytes.set([0x80, 0, 0, 34], 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(18, 44100 * 4096 + (0 << 9) + (15 << 4));
  view.setUint32(22, 66150);
  await withFile("a.flac", bytes, async (path) => {
    expect(await recordingDuration(path)).toBe(1.5);
  });
});

Deno.test("recordingDuration() refuses a file without sound, and one that isn't there", async () => {
  const none = encodeWav(new Float32Array(1), { sampleRate: 8000 }).slice(0, 44);
  await withFile("a.wav", none, (path) => expect(recordingDuration(path)).rejects.toThrow(/samples but found none/));
  await withFile(
    "a.wav",
    new TextEncoder().encode("hello"),
    (path) => expect(recordingDuration(path)).rejects.toThrow(),
  );
  await expect(recordingDuration("/nowhere/a.wav")).rejects.toThrow(/a recording but found no such file/);
});
