import { expect } from "expect";
import { DataError } from "../errors/mod.ts";
import { big, bytes } from "./fixtures/bytes.ts";
import { caf, chunk, formatChunk, pcm16, riff } from "./fixtures/containers.ts";
import { flac, flacFrameBytes, streamInfo } from "./fixtures/flac_bytes.ts";
import { oggFlac } from "./fixtures/ogg_bytes.ts";
import { fromBase64, seedSound } from "./fixtures/recording_seeds.ts";
import compressed from "./goldens/compressed.json" with { type: "json" };
import recorded from "./goldens/recorded.json" with { type: "json" };
import { decodeAudio, UnsupportedSound } from "./mod.ts";

const sound = seedSound(), data = pcm16(sound.steps);
const mp3 = fromBase64(compressed.mp3), opus = fromBase64(recorded.opus);
const zeros = (n: number) => new Array(n).fill(0);
const sized = (size: number) => riff(formatChunk({}), chunk("data", data, { size }));

const NAMED: [string, Uint8Array, RegExp][] = [
  ["M4A", bytes(big(32, 4), "ftypM4A ", zeros(16)), /an M4A file/],
  ["MP4", bytes(big(32, 4), "ftypisom", zeros(16)), /an MP4 file/],
  ["3GP", bytes(big(32, 4), "ftyp3gp5", zeros(16)), /a 3GP file/],
  ["AAC", bytes([0xff, 0xf1, 0x50, 0x80], zeros(30)), /an AAC file/],
  ["WMA", bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], zeros(30)), /a WMA file/],
  ["AMR", bytes("#!AMR\n", zeros(30)), /an AMR file/],
  ["VOC", bytes("Creative Voice File", zeros(30)), /a VOC file/],
  ["SPHERE", bytes("NIST_1A\n   1024\n", zeros(30)), /a SPHERE file/],
  ["MPEG layer II", bytes([0xff, 0xfd, 0x80, 0x04], zeros(30)), /layer I or II/],
  ["ADPCM in WAV", riff(formatChunk({ tag: 2, bits: 4 }), chunk("data", data)), /Microsoft ADPCM in a WAV/],
  ["Speex in OGG", fromBase64(recorded.speex), /Speex in an OGG/],
  [
    "Vorbis in WebM",
    bytes([0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x16, 0x54, 0xae, 0x6b, 0x8c, 0xae, 0x8a, 0x86, 0x88], "A_VORBIS"),
    /WebM or Matroska file with Vorbis/,
  ],
  [
    "Apple Lossless in CAF",
    bytes(caf(sound)).map((x, i) => i >= 28 && i < 32 ? bytes("alac")[i - 28] : x),
    /Apple Lossless in a CAF/,
  ],
];

for (const [name, file, kind] of NAMED) {
  Deno.test(`decodeAudio() names ${name} and how to convert it`, async () => {
    const error = await decodeAudio(file, "ward 3/my sound.bin").catch((error) => error);
    expect(error).toBeInstanceOf(UnsupportedSound);
    expect(error.message).toMatch(kind);
    expect(error.message).toContain('ffmpeg -i "my sound.bin" converted.wav');
  });
}

const frames = flacFrameBytes(sound), head = bytes("fLaC", streamInfo(sound));
const swapped = bytes(head, frames[1], frames[0], ...frames.slice(2));
const flipped = (file: Uint8Array, at: number) => file.slice().fill(file[at] ^ 4, at, at + 1);
const rated = bytes("fLaC", streamInfo({ ...sound, sampleRate: 4000 }), ...frames);
const REFUSED: [string, Uint8Array, RegExp][] = [
  ["half a WAV", sized(2 * data.length), /0\.50 s of samples but found 0\.25 s, a truncated file/],
  [
    "a WAV without samples before another chunk",
    riff(formatChunk({}), chunk("data", []), chunk("LIST", data)),
    /one sample but found none/,
  ],
  [
    "a rate of 2^32 - 1 Hz",
    riff(formatChunk({ sampleRate: 0xffffffff, align: 0 }), chunk("data", data)),
    /50 Hz to 768 kHz/,
  ],
  ["a rate of 7 Hz", riff(formatChunk({ sampleRate: 7 }), chunk("data", data)), /50 Hz to 768 kHz but found 7 Hz/],
  ["too many channels", riff(formatChunk({ channels: 1000 }), chunk("data", data)), /1 to 64 channels but found 1000/],
  ["nothing but zeros behind RIFF", bytes("RIFF", zeros(4), "WAVE", zeros(100_000)), /data chunk but found/],
  ["a FLAC file with a changed sample", flipped(flac(sound), 700), /wrong checksum after 0\.0\d s/],
  ["a FLAC file with two frames exchanged", swapped, /frame 0 out of turn/],
  ["a FLAC file that says another rate than its frames", rated, /a frame of 1 channels, 16 bits and 8000 Hz/],
  ["a FLAC file without its last frame", bytes(head, ...frames.slice(0, -1)), /2000 samples a channel but found/],
  ["a FLAC file with another MD5", flipped(flac(sound), 30), /the MD5 that the file states/],
  [
    "hours of FLAC in a few bytes",
    bytes("fLaC", streamInfo({ ...sound }).with(17, 15)),
    /at most .* min of sound .* but found/,
  ],
  ["an OGG page with a changed byte", flipped(oggFlac(sound), 300), /wrong checksum at byte/],
  ["an OGG file without a page", bytes(oggFlac(sound).subarray(0, 130), oggFlac(sound).subarray(1184)), /OGG/],
  ["an OGG file cut amid a page", opus.subarray(0, 300), /last page .* a truncated file/],
  [
    "MP3 frames with other bytes between them",
    bytes(mp3.subarray(288, 1008), zeros(40).fill(3), mp3.subarray(1008)),
    /MP3 frames to the end but found other bytes/,
  ],
  ["a WebM file that was cut off", fromBase64(recorded.webm).subarray(0, 600), /a truncated file/],
  ["a Git LFS pointer", bytes("version https://git-lfs.github.com/spec/v1\n"), /a Git LFS pointer/],
  ["a copy that failed", bytes(zeros(1000)), /nothing but zeros/],
  ["a MATLAB file", bytes("MATLAB 5.0 MAT-file, Platform: GLNXA64", zeros(90)), /MATLAB/],
  ["a header of WFDB", bytes("a0001 1 2000 71332\n"), /a text/],
  ["a web page", bytes("\n<!DOCTYPE html><html>"), /a web page/],
];

for (const [name, file, message] of REFUSED) {
  Deno.test(`decodeAudio() refuses ${name}`, async () => {
    const error = await decodeAudio(file, "a.bin").catch((error) => error);
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toMatch(message);
  });
}
