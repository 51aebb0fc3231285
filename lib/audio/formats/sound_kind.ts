// deno-lint-ignore-file no-control-regex -- the bytes of magic numbers
import { damage, letters, UnsupportedSound } from "./damage.ts";
import { soundOfFrames } from "./decode_mp3.ts";

/** The containers that are read. */
export type SoundKind = "wave" | "w64" | "aiff" | "caf" | "au" | "flac" | "ogg" | "mp3" | "webm";

const KINDS: [RegExp, SoundKind][] = [
  [/^(RIFF|RIFX|RF64|BW64).{4}WAVE/s, "wave"],
  [/^riff\x2e\x91\xcf\x11/, "w64"],
  [/^FORM.{4}AIF[FC]/s, "aiff"],
  [/^caff/, "caf"],
  [/^(\.snd|dns\.)/, "au"],
  [/^fLaC/, "flac"],
  [/^OggS/, "ogg"],
  [/^\x1aE\xdf\xa3/, "webm"],
];

/** Sounds that others read, by how they begin. */
const UNSUPPORTED: [RegExp, string][] = [
  [/^.{4}ftyp(M4A|M4B)/s, "an M4A file (AAC or Apple Lossless)"],
  [/^.{4}ftyp3g/s, "a 3GP file"],
  [/^.{4}ftypqt/s, "a QuickTime file"],
  [/^.{4}ftyp/s, "an MP4 file (M4A, AAC)"],
  [/^(\xff[\xf0\xf1\xf8\xf9]|ADIF)/, "an AAC file"],
  [/^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, "a WMA file (Windows Media)"],
  [/^#!AMR/, "an AMR file"],
  [/^\xff[\xe4-\xe7\xf4-\xf7\xfc-\xff]/, "an MPEG sound that is no MP3 (layer I or II)"],
  [/^RIFF.{4}AVI /s, "an AVI file"],
  [/^MAC /, "a Monkey's Audio file (APE)"],
  [/^wvpk/, "a WavPack file"],
  [/^DSD /, "a DSF file"],
  [/^\x0bw/, "an AC-3 file"],
  [/^Creative Voice File/, "a VOC file"],
  [/^NIST_1A/, "a SPHERE file"],
  [/^TTA[12]/, "a True Audio file"],
  [/^MP(CK|\+)/, "a Musepack file"],
  [/^FLV/, "a Flash video"],
];

/** What lies where a recording should, by how it begins. */
const NO_SOUND: [RegExp, string][] = [
  [/^version https:\/\/git-lfs/, "a Git LFS pointer, not the file itself (git lfs pull fetches it)"],
  [/^PK\x03\x04/, "a ZIP archive"],
  [/^\x1f\x8b/, "a gzip archive"],
  [/^Rar!/, "a RAR archive"],
  [/^%PDF/, "a PDF"],
  [/^7z\xbc\xaf/, "a 7-Zip archive"],
  [/^(MATLAB 5|\x89HDF)/, "a file of MATLAB or HDF5 (write its samples as WAV)"],
  [/^\x93NUMPY/, "an array of NumPy (write its samples as WAV)"],
  [/^(0 {7}|\xffBIOSEMI)/, "an EDF or BDF file (write its channel of sound as WAV)"],
  [/^(\x89PNG|\xff\xd8\xff)/, "a picture"],
  [/^MThd/, "a MIDI file, which holds notes and no sound"],
  [/^\0{32}/, "nothing but zeros at its beginning (a copy that failed)"],
  [/^\s*<(!doctype|html)/i, "a web page"],
  [/^[\t\n\r\x20-\x7e]{16}/, "a text"],
];

/**
 * Finds the sound in a file by its bytes, behind and before tags (ID3v1, ID3v2, APE, Lyrics3).
 *
 * @returns What it is, its first byte, and where it ends.
 * @throws {DataError} for bytes that are no sound, and for a sound that isn't read, with its name.
 */
export function soundKind(bytes: Uint8Array, name: string): { kind: SoundKind; start: number; end: number } {
  const { start, head, kind } = beginning(bytes), end = beforeTags(bytes, start);
  if (kind) return { kind, start, end };
  const frames = soundOfFrames(bytes, start, end);
  if (frames !== undefined) return { kind: "mp3", start: frames, end };
  const other = find(UNSUPPORTED, head);
  if (other) throw new UnsupportedSound(other, name);
  if (/^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/.test(head)) throw damage("an MP3 file", "bytes that only begin like one", name);
  const found = find(NO_SOUND, head) ?? "other bytes";
  throw damage("a WAV, FLAC, MP3, OGG, WebM, AIFF, CAF or AU file", found, name);
}

/** The kind by the first bytes alone, where it has a header that states the length; nothing for others. */
export function headedKind(bytes: Uint8Array): { kind: SoundKind; start: number } | undefined {
  const { start, kind } = beginning(bytes);
  return kind && kind !== "ogg" && kind !== "webm" ? { kind, start } : undefined;
}

function beginning(bytes: Uint8Array) {
  const start = behindTags(bytes), head = letters(bytes, start, 32);
  return { start, head, kind: find(KINDS, head) };
}

const find = <Found>(kinds: [RegExp, Found][], head: string) => kinds.find(([pattern]) => pattern.test(head))?.[1];

/** Four bytes of seven bits each, as ID3v2 counts. */
function sevenBits(bytes: Uint8Array, at: number): number {
  return bytes.subarray(at, at + 4).reduce((size, byte) => size << 7 | byte & 127, 0);
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return bytes.subarray(at, at + 4).reduceRight((size, byte) => size * 256 + byte, 0);
}

function behindTags(bytes: Uint8Array): number {
  let at = 0;
  for (let tags = 0; tags < 8; tags++) {
    if (letters(bytes, at, 3) === "ID3") at += 10 + sevenBits(bytes, at + 6) + (bytes[at + 5] & 16 ? 10 : 0);
    else if (letters(bytes, at, 8) === "APETAGEX") at += 32 + littleEndian(bytes, at + 12);
    else break;
    while (bytes[at] === 0 && letters(bytes, at + 4) !== "ftyp") at++; // padding
  }
  return Math.min(at, bytes.length);
}

function beforeTags(bytes: Uint8Array, start: number): number {
  let end = bytes.length;
  for (let tags = 0; tags < 8; tags++) {
    let size = 0;
    if (letters(bytes, end - 128, 3) === "TAG") size = 128;
    else if (letters(bytes, end - 32, 8) === "APETAGEX") {
      size = littleEndian(bytes, end - 20) + (bytes[end - 9] & 128 ? 32 : 0);
    } else if (letters(bytes, end - 9, 9) === "LYRICS200") size = 15 + Number(letters(bytes, end - 15, 6));
    else if (letters(bytes, end - 10, 3) === "3DI") size = 20 + sevenBits(bytes, end - 4);
    if (!(size > 0 && end - size > start)) return end;
    end -= size;
  }
  return end;
}
