/** Layer III bit rates in kbit/s by index (ISO 11172-3 table; 13818-3 for the lower sample rates). */
const BIT_RATES = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const SAMPLE_RATES = [44100, 48000, 32000];

/** What a walk from frame header to frame header finds. */
export interface Mp3Frames {
  /** Complete frames, one after the other, the information frame left out. */
  frames: number;
  /** Number of frames that the information frame (Xing or Info) names, where there is one. */
  promised?: number;
  /** Whether the first frame holds one channel. */
  mono: boolean;
}

/** Counts the frames of an MPEG audio layer III file. Garbage that happens to begin with a header counts 0 or 1. */
export function countMp3Frames(bytes: Uint8Array): Mp3Frames {
  const start = firstFrame(bytes);
  const promised = promisedFrames(bytes, start);
  let at = start;
  let frames = promised === undefined ? 0 : -1;
  for (let length = frameLength(bytes, at); length > 0 && at + length <= bytes.length;) {
    frames++;
    at += length;
    length = frameLength(bytes, at);
  }
  return { frames: Math.max(0, frames), promised, mono: isMono(bytes, start) };
}

/** Offset of the first frame, behind ID3v2 tags (their size: four bytes of seven bits) and padding zeros. */
function firstFrame(bytes: Uint8Array): number {
  let at = 0;
  while (bytes[at] === 0x49 && bytes[at + 1] === 0x44 && bytes[at + 2] === 0x33) {
    const [a, b, c, d] = bytes.subarray(at + 6, at + 10);
    at += 10 + ((a << 21) | (b << 14) | (c << 7) | d);
  }
  while (bytes[at] === 0) at++;
  return at;
}

/** Bytes of the frame that begins at an offset; 0 where no header stands. */
function frameLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xe6) !== 0xe2) return 0;
  const version = (bytes[at + 1] >> 3) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
  const rateIndex = (bytes[at + 2] >> 2) & 3;
  const kbits = BIT_RATES[version === 3 ? 1 : 2][bytes[at + 2] >> 4];
  if (version === 1 || rateIndex === 3 || !kbits) return 0;
  const sampleRate = SAMPLE_RATES[rateIndex] / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const padding = (bytes[at + 2] >> 1) & 1;
  return Math.floor((version === 3 ? 144 : 72) * kbits * 1000 / sampleRate) + padding;
}

function isMono(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 3] >> 6 === 3;
}

function promisedFrames(bytes: Uint8Array, at: number): number | undefined {
  if (frameLength(bytes, at) === 0) return undefined;
  const mpeg1 = ((bytes[at + 1] >> 3) & 3) === 3;
  const mono = isMono(bytes, at);
  const tag = at + 4 + (mpeg1 ? (mono ? 17 : 32) : (mono ? 9 : 17)); // behind the side information
  const name = String.fromCharCode(...bytes.subarray(tag, tag + 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ((name !== "Xing" && name !== "Info") || tag + 12 > bytes.length || (bytes[tag + 7] & 1) === 0) return undefined;
  return view.getUint32(tag + 8);
}
