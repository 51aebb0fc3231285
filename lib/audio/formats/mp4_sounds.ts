import type { SoundSize } from "../sound_limits.ts";
import { letters } from "./damage.ts";

/** A box: its name and where its content lies. */
type Box = { name: string; start: number; end: number };

/** Boxes that hold others. */
const PARENTS = /^(moov|trak|mdia|minf|stbl|moof|traf|wave)$/;

/** They lie no deeper in each other. */
const DEEPEST = 8;

/** Opus: the longest packet (RFC 6716), at the one rate that it is decoded to. */
const OPUS = { unit: 5760, sampleRate: 48_000 };

/**
 * How long the sounds in an MP4, M4A, 3GP or QuickTime file can become, by its boxes (ISO/IEC 14496-12): for each track the
 * stated length, or what its coded units hold where that is more.
 *
 * @returns nothing where it can't be known: the boxes are damaged, or a codec is none of AAC, Apple Lossless and Opus.
 */
export function mp4Sounds(bytes: Uint8Array): SoundSize[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tracks: { seconds: number; units: number; coded?: CodedForm }[] = [];
  let fragmented = 0; // units of all tracks
  try {
    for (const { name, start, end } of boxes(view, { name: "", start: 0, end: bytes.length })) {
      const track = tracks.at(-1)!;
      if (name === "trak") tracks.push({ seconds: 0, units: 0 });
      else if (name === "mdhd") track.seconds = statedSeconds(view, start);
      else if (name === "stsd") track.coded = [...boxes(view, { name, start: start + 8, end })].map(codedIn(view))[0];
      else if (name === "stsz" || name === "stz2") track.units = view.getUint32(start + 8);
      else if (name === "trun") fragmented += view.getUint32(start + 4);
    }
  } catch {
    return undefined; // beyond the end, or outside of a track
  }
  const sounds = tracks.flatMap(({ coded, seconds, units }): SoundSize[] => {
    if (!coded) return [];
    const { sampleRate, channels, unit } = coded;
    return [{ sampleRate, channels, frames: Math.max(seconds * sampleRate, (units + fragmented) * unit) }];
  });
  return sounds.length > 0 && sounds.length === tracks.length ? sounds : undefined;
}

function* boxes(view: DataView, { start, end }: Box, depth = 0): Generator<Box> {
  for (let at = start; at + 8 <= end;) {
    const stated = view.getUint32(at);
    const head = stated === 1 ? 16 : 8;
    const size = stated === 1 ? Number(view.getBigUint64(at + 8)) : stated === 0 ? end - at : stated;
    if (size < head || at + size > end) throw new RangeError("a box that ends before its head or behind its parent");
    const box = { name: letters(view, at + 4), start: at + head, end: at + size };
    yield box;
    if (PARENTS.test(box.name) && depth < DEEPEST) yield* boxes(view, box, depth + 1);
    at += size;
  }
}

function statedSeconds(view: DataView, start: number): number {
  const long = view.getUint8(start) === 1;
  const duration = long ? Number(view.getBigUint64(start + 24)) : view.getUint32(start + 16);
  return duration / view.getUint32(start + (long ? 20 : 12));
}

/** What a description of samples says of how they are coded. */
const codedIn = (view: DataView) => ({ name, start, end }: Box): CodedForm | undefined => {
  const version = view.getUint16(start + 8); // QuickTime's first has four numbers more
  const inner = [...boxes(view, { name, start: start + (version === 1 ? 44 : 28), end })];
  const find = (wanted: string) => inner.find((box) => box.name === wanted)?.start;
  if (name === "mp4a") return aacIn(view, find("esds")! + 4);
  if (name === "Opus") return { ...OPUS, channels: view.getUint16(start + 16) };
  const lossless = find("alac");
  if (name !== "alac" || lossless === undefined) return undefined;
  const [unit, sampleRate] = [4, 24].map((at) => view.getUint32(lossless + at));
  return { unit, sampleRate, channels: view.getUint8(lossless + 13) };
};

/** AAC by its description, which lies in descriptors in each other (ISO/IEC 14496-1). */
function aacIn(view: DataView, at: number): CodedForm | undefined {
  const descriptor = (at: number, tag: number) => {
    if (view.getUint8(at) !== tag) throw new RangeError("no such descriptor");
    do at++; while (view.getUint8(at) > 127);
    return at + 1;
  };
  const stream = descriptor(at, 3);
  if (view.getUint8(stream + 2) > 31) return undefined; // it names other streams
  const decoder = descriptor(stream + 3, 4);
  const description = view.getUint16(descriptor(decoder + 13, 5));
  const isAac = [0x40, 0x66, 0x67, 0x68].includes(view.getUint8(decoder)) && description >> 11 !== 31;
  return isAac ? aacForm(description >> 7 & 15, description >> 3 & 15) : undefined;
}

/** How a sound is coded; `unit`: samples of each channel that a coded unit holds at most. */
type CodedForm = { sampleRate: number; channels: number; unit: number };

/** Hz, by their number (ISO/IEC 14496-3, table 1.18). */
const RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** Channels, by their number (table 1.19); none where a stream says so itself. */
const CHANNELS = [undefined, 1, 2, 3, 4, 5, 6, 8];

/** How AAC is coded by the numbers of its rate and its channels; nothing for others than the standard's. */
function aacForm(rate: number, channels: number): CodedForm | undefined {
  const form = { sampleRate: RATES[rate], channels: CHANNELS[channels], unit: 1024 };
  return form.sampleRate && form.channels ? form as CodedForm : undefined;
}

/** The sound of an AAC file of frames (ADTS, ISO/IEC 13818-7); nothing where they don't follow one another to the end. */
export function adtsSound(bytes: Uint8Array): SoundSize | undefined {
  let units = 0, at = 0;
  while (at + 7 <= bytes.length && bytes[at] === 0xff && (bytes[at + 1] & 0xf6) === 0xf0) {
    units += 1 + (bytes[at + 6] & 3);
    at += Math.max(7, (bytes[at + 3] & 3) << 11 | bytes[at + 4] << 3 | bytes[at + 5] >> 5);
  }
  const form = aacForm(bytes[2] >> 2 & 15, (bytes[2] & 1) << 2 | bytes[3] >> 6);
  return form && at >= bytes.length ? { ...form, frames: units * form.unit } : undefined;
}
