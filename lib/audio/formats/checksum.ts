/** Takes the check on from `register` over `bytes[start, end)`. */
export type Checksum = (bytes: Uint8Array, start: number, end: number, register?: number) => number;

/**
 * A cyclic redundancy check that begins at 0 and takes the highest bit first, as FLAC (RFC 9639, 9.1.8 and 9.3) and Ogg
 * (RFC 3533, 6) have it; four bytes a step (Kounavis and Berry 2008).
 *
 * @param polynomial In the upper bits of 32, without its leading term. The register stands there as well.
 */
export function checksum(polynomial: number): Checksum {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let register = byte << 24;
    for (let k = 0; k < 8; k++) register = register < 0 ? register << 1 ^ polynomial : register << 1;
    return register;
  });
  const behind = (table: Int32Array) => table.map((register) => register << 8 ^ first[register >>> 24]);
  const second = behind(first), third = behind(second), fourth = behind(third);
  return (bytes, start, end, register = 0) => {
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word: number = register ^ (bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]);
      register = fourth[word >>> 24] ^ third[word >>> 16 & 255] ^ second[word >>> 8 & 255] ^ first[word & 255];
    }
    for (; at < end; at++) register = register << 8 ^ first[register >>> 24 ^ bytes[at]];
    return register;
  };
}
