import type { SoundSize } from "../sound_limits.ts";

/** Samples that stand in a file one after the other, uncompressed or in the logarithmic 8 bits of telephones. */
export interface PcmSound extends SoundSize {
  frames: number;
  encoding: "integer" | "unsigned" | "float" | "mulaw" | "alaw";
  littleEndian: boolean;
  /** Bits of a sample. */
  bits: number;
  /** Bytes that a sample stands in. */
  width: number;
  /** Byte of the first sample. */
  start: number;
  /** What is odd about the header. */
  notes: string[];
}

/** What a header says of samples, before it's known how many there are. */
export type PcmFormat = Omit<PcmSound, "frames" | "start">;

/** How much more than there is a header may state before the file counts as cut off, bytes. */
const SLACK = 64;

/** From here on sizes are what programs write to a pipe and can't fill in (0xFFFFFFFF, or 0x7FFFFFFF less a header). */
const STREAMED = 0x7fff_0000;

/** Where samples begin, their bytes as stated, the end in the file of what can be sound, whether the size was never filled in. */
export type StatedData = Record<"start" | "size" | "end", number> & { open: boolean };

/** Whether a size of 32 bits is one that was never filled in. */
export function isOpenSize(size: number): boolean {
  return size === 0 || size >= STREAMED;
}

/** Frames in the data: a size that is a few bytes, or the header, too large is taken for what is there. Nothing where more is missing. */
export function framesThere({ start, size, end, open }: StatedData, frameBytes: number): number | undefined {
  const there = Math.max(0, end - start), missing = size - there;
  if (open) return Math.floor(there / frameBytes);
  const whole = missing <= SLACK || missing === start || missing === start - 8;
  const lost = Math.floor(size / frameBytes) - Math.floor(there / frameBytes);
  return whole || lost <= 0 ? Math.floor(Math.min(size, there) / frameBytes) : undefined;
}
