import { expect } from "expect";
import { createHash } from "node:crypto";
import { exactDuplicates } from "./exact_duplicates.ts";

/** A 16-bit WAV file; `extra` is a chunk of notes that the samples don't care about. */
function wav(samples: number[], extra = ""): Uint8Array {
  const data = new Uint8Array(new Int16Array(samples).buffer);
  const bytes = new Uint8Array(44 + extra.length + (extra ? 8 : 0) + data.length);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  put(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  put(8, "WAVEfmt ");
  [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, 4000, 4], [28, 8000, 4], [32, 2, 2], [34, 16, 2]].forEach((
    [at, value, size],
  ) => size === 4 ? view.setUint32(at, value, true) : view.setUint16(at, value, true));
  let at = 36;
  if (extra) {
    put(at, "LIST");
    view.setUint32(at + 4, extra.length, true);
    put(at + 8, extra);
    at += 8 + extra.length;
  }
  put(at, "data");
  view.setUint32(at + 4, data.length, true);
  bytes.set(data, at + 8);
  return bytes;
}

/** The head of a FLAC file that states the MD5 of these 16-bit samples, and no frames. */
function flacHead(samples: number[]): Uint8Array {
  const bytes = new Uint8Array(42);
  bytes.set(new TextEncoder().encode("fLaC"));
  bytes.set([0x80, 0, 0, 34], 4);
  bytes.set(createHash("md5").update(new Uint8Array(new Int16Array(samples).buffer)).digest(), 26);
  return bytes;
}

Deno.test("exactDuplicates() finds the same samples under other names, notes and containers", async () => {
  const folder = await Deno.makeTempDir();
  const files: Record<string, Uint8Array> = {
    "ann.wav": wav([1, 2, 3, 4]),
    "bob.wav": wav([1, 2, 3, 4], "a note"),
    "cyd.flac": flacHead([1, 2, 3, 4]),
    "dan.wav": wav([1, 2, 3, 5]),
    "eve.mp3": new Uint8Array([7, 7]),
    "fay.mp3": new Uint8Array([7, 7]),
  };
  for (const [name, bytes] of Object.entries(files)) await Deno.writeFile(`${folder}/${name}`, bytes);
  const found = await exactDuplicates(folder, [...Object.keys(files), "absent.wav"]);
  expect(found).toEqual([["ann.wav", "bob.wav", "cyd.flac"], ["eve.mp3", "fay.mp3"]]);
  await Deno.remove(folder, { recursive: true });
});
