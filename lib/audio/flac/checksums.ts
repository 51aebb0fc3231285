/** Checksum of a frame's header: x⁸ + x² + x + 1. */
export function crc8(bytes: Uint8Array): number {
  return remainder(bytes, { polynomial: 0x07, width: 8 });
}

/** Checksum of a frame: x¹⁶ + x¹⁵ + x² + 1. */
export function crc16(bytes: Uint8Array): number {
  return remainder(bytes, { polynomial: 0x8005, width: 16 });
}

/** Of the bytes as a polynomial over two elements, from a register of zeros. */
function remainder(bytes: Uint8Array, { polynomial, width }: { polynomial: number; width: number }): number {
  const top = 1 << (width - 1), mask = 2 * top - 1;
  let register = 0;
  for (let i = 0; i < bytes.length; i++) {
    register ^= bytes[i] << (width - 8);
    for (let bit = 0; bit < 8; bit++) register = (register & top ? register << 1 ^ polynomial : register << 1) & mask;
  }
  return register;
}
