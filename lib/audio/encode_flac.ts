import { InputError } from "../errors/mod.ts";
import { BitWriter } from "./flac/bit_writer.ts";
import { crc16, crc8 } from "./flac/checksums.ts";
import { type Residual, smallestResidual } from "./flac/residual.ts";
import { checkSamples } from "./check_samples.ts";

/** Samples of a block: a second of sound at 4 kHz. */
const BLOCK = 4096;

/** Highest rate that the header of a frame holds, Hz. */
const FASTEST = 65_535;

/**
 * The bytes of a mono FLAC file of 16-bit samples (RFC 9639): the samples of `encodeWav`, bit by bit, in about half of the
 * bytes where little is heard in the upper half of the band. Each block is predicted by the best of five fixed polynomials;
 * what they miss is written in Rice codes.
 *
 * @throws {InputError} for no samples, NaN or infinite samples, a rate that a FLAC header can't hold.
 *
 * @example What was encoded comes back
 * ```ts
 * import { expect } from "expect";
 * import { decodeAudio, encodeFlac } from "./mod.ts";
 * const tone = Float32Array.from({ length: 4000 }, (_, i) => 0.5 * Math.sin(i / 20));
 * const bytes = encodeFlac(tone, { sampleRate: 4000 });
 * expect((await decodeAudio(bytes, "a.flac")).samples[1000]).toBeCloseTo(tone[1000], 4);
 * expect(bytes.length).toBeLessThan(4000);
 * ```
 */
export function encodeFlac(samples: ArrayLike<number>, { sampleRate }: { sampleRate: number }): Uint8Array {
  checkSamples(samples, { sampleRate, where: "encodeFlac()" });
  if (!Number.isInteger(sampleRate) || sampleRate > FASTEST) {
    throw new InputError({
      expected: `a whole number of Hz up to ${FASTEST}`,
      found: `${sampleRate} Hz`,
      where: "encodeFlac()",
    });
  }
  const values = Int32Array.from(samples, (x) => Math.max(-32768, Math.min(32767, Math.round(32768 * x))));
  const writer = new BitWriter();
  writeStreamInfo(writer, { sampleRate, count: values.length });
  for (let start = 0, frame = 0; start < values.length; start += BLOCK, frame++) {
    writeFrame(writer, values.subarray(start, start + BLOCK), { frame, sampleRate });
  }
  return writer.bytes();
}

function writeStreamInfo(writer: BitWriter, { sampleRate, count }: { sampleRate: number; count: number }): void {
  for (const letter of "fLaC") writer.write(letter.charCodeAt(0), 8);
  writer.write(0x80, 8); // the last block of metadata, of kind stream information
  writer.write(34, 24);
  const block = Math.max(16, Math.min(BLOCK, count));
  writer.write(block, 16);
  writer.write(block, 16);
  writer.write(0, 24); // smallest and largest frame: not told
  writer.write(0, 24);
  writer.write(sampleRate, 20);
  writer.write(0, 3); // channels less one
  writer.write(15, 5); // bits less one
  writer.write(Math.floor(count / 2 ** 32), 4);
  writer.write(count % 2 ** 32, 32);
  for (let i = 0; i < 4; i++) writer.write(0, 32); // checksum of the samples: not told
}

function writeFrame(
  writer: BitWriter,
  block: Int32Array,
  { frame, sampleRate }: { frame: number; sampleRate: number },
): void {
  const start = writer.length;
  writer.write(0xfff8, 16); // sync code, blocks of fixed size
  writer.write(0x7d, 8); // size and rate (Hz) stand behind the number of the frame, in 16 bits each
  writer.write(0x08, 8); // one channel, 16 bits
  writeFrameNumber(writer, frame);
  writer.write(block.length - 1, 16);
  writer.write(sampleRate, 16);
  writer.write(crc8(writer.from(start)), 8);
  writeSubframe(writer, block);
  writer.align();
  writer.write(crc16(writer.from(start)), 16);
}

/** As UTF-8 writes a character. */
function writeFrameNumber(writer: BitWriter, frame: number): void {
  if (frame < 0x80) return writer.write(frame, 8);
  let more = 1;
  while (frame >= 2 ** (5 * more + 6)) more++;
  writer.write((0xff80 >> more) & 0xff | Math.floor(frame / 2 ** (6 * more)), 8);
  for (let i = more - 1; i >= 0; i--) writer.write(0x80 | Math.floor(frame / 2 ** (6 * i)) & 0x3f, 8);
}

function writeSubframe(writer: BitWriter, block: Int32Array): void {
  if (block.every((value) => value === block[0])) {
    writer.write(0, 8); // constant
    return writer.write(block[0], 16);
  }
  const residual = smallestResidual(block);
  if (residual.bits >= 16 * block.length) {
    writer.write(0b10, 8); // verbatim
    for (const value of block) writer.write(value, 16);
    return;
  }
  writer.write(0b0010000 + 2 * residual.order, 8); // fixed predictor
  for (let i = 0; i < residual.order; i++) writer.write(block[i], 16);
  writeResidual(writer, residual);
}

function writeResidual(writer: BitWriter, { values, order, partitions, parameters }: Residual): void {
  writer.write(0, 2); // Rice codes with parameters of 4 bits
  writer.write(partitions, 4);
  const size = (values.length + order) >> partitions;
  for (const [p, parameter] of parameters.entries()) {
    writer.write(parameter, 4);
    const end = (p + 1) * size - order;
    for (let i = Math.max(0, p * size - order); i < end; i++) writer.writeRice(values[i], parameter);
  }
}
