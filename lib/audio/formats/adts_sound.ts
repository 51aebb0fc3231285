import type { SoundSize } from "../sound_limits.ts";
import { aacForm } from "./aac_form.ts";

/**
 * The sound of an AAC file that is a row of frames (ADTS, ISO/IEC 13818-7).
 *
 * @returns nothing where they don't follow one another to the end.
 */
export function adtsSound(bytes: Uint8Array): SoundSize | undefined {
  let units = 0, at = 0;
  while (at + 7 <= bytes.length && bytes[at] === 0xff && (bytes[at + 1] & 0xf6) === 0xf0) {
    units += 1 + (bytes[at + 6] & 3);
    at += Math.max(7, (bytes[at + 3] & 3) << 11 | bytes[at + 4] << 3 | bytes[at + 5] >> 5);
  }
  const form = aacForm(bytes[2] >> 2 & 15, (bytes[2] & 1) << 2 | bytes[3] >> 6);
  return form && at >= bytes.length ? { ...form, frames: units * form.unit } : undefined;
}
