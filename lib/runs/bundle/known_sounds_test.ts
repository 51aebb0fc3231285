import { expect } from "expect";
import { hashBytes } from "../../files/mod.ts";
import { isKnownSound, knownSoundHashes } from "../mod.ts";

const sound = (first: number) => Float32Array.from({ length: 100 }, (_, i) => Math.sin(first + i));
const hash = (samples: Float32Array) => hashBytes(new Uint8Array(samples.buffer));

Deno.test("isKnownSound() knows the sounds that it was given, by node's SHA-256, and no other", async () => {
  const known = knownSoundHashes([1, 2, 3, 3].map((first) => hash(sound(first))));
  expect(known).toMatch(/^([0-9a-f]{12}){3}$/);
  for (const first of [1, 2, 3]) expect(await isKnownSound(sound(first), known)).toBe(true);
  expect(await isKnownSound(sound(4), known)).toBe(false);
  expect(await isKnownSound(sound(1).subarray(1), known)).toBe(false);
  expect(await isKnownSound(sound(1), undefined)).toBe(false);
});

Deno.test("isKnownSound() looks for a whole hash and not for one across two", async () => {
  const digits = hash(sound(1)).slice(0, 12);
  expect(await isKnownSound(sound(1), `000000${digits}000000`)).toBe(false);
  expect(await isKnownSound(sound(1), `000000${digits}000000${digits}`)).toBe(true);
});
