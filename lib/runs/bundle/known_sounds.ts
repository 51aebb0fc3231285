/** Hexadecimal digits of a sound's hash that a bundle keeps: 48 bits, by which two of a million recordings differ. */
export const KNOWN_DIGITS = 12;

/**
 * `known` of a bundle from the SHA-256 of the samples of recordings, so that one is known again and no other is told.
 *
 * @param before That of the bundle whose weights it began with.
 */
export function knownSoundHashes(hashes: readonly string[], before = ""): string {
  const earlier = before.match(new RegExp(`.{${KNOWN_DIGITS}}`, "g")) ?? [];
  return [...new Set([...earlier, ...hashes.map((hash) => hash.slice(0, KNOWN_DIGITS))])].toSorted().join("");
}

/** Whether a recording is one of the {@linkcode knownSoundHashes}, under whatever name; also in a page, which has no Node. */
export async function isKnownSound(samples: Float32Array, known: string | undefined): Promise<boolean> {
  if (!known) return false;
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength) as Uint8Array<ArrayBuffer>;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const digits = Array.from(hash.subarray(0, KNOWN_DIGITS / 2), (byte) => byte.toString(16).padStart(2, "0")).join("");
  for (let at = known.indexOf(digits); at >= 0; at = known.indexOf(digits, at + 1)) {
    if (at % KNOWN_DIGITS === 0) return true;
  }
  return false;
}
