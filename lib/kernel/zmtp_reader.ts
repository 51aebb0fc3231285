import { parseZmtp, type ParseZmtpOptions } from "./parse_zmtp.ts";
import type { Frames } from "./zmtp_frame.ts";

/** Reads messages from a stream of bytes. */
export interface ZmtpReader {
  /** The next `count` bytes, as they are. @throws {Error} where the stream ends before. */
  bytes(count: number): Promise<Uint8Array>;
  /** The next message, or `undefined` at the end of the stream. */
  next(): Promise<Frames | undefined>;
}

export interface ZmtpReaderOptions extends ParseZmtpOptions {
  /** A message that says that it is longer is refused, bytes. @default {Infinity} */
  lengthAtMost?: number;
}

const ENOUGH = 1 << 16;

/** @param read As `Deno.Conn.read`. */
export function zmtpReader(
  read: (into: Uint8Array) => Promise<number | null>,
  { lengthAtMost = Infinity, ...options }: ZmtpReaderOptions = {},
): ZmtpReader {
  let buffer = new Uint8Array(ENOUGH);
  let start = 0, end = 0;
  const parsed: Frames[] = [];

  /** Waits until `count` bytes lie in the buffer, which grows with what arrives; false at the end of the stream. */
  async function fill(count: number): Promise<boolean> {
    if (count > lengthAtMost) {
      throw new Error(`Expected at most ${lengthAtMost} bytes but found a message of ${count}.`);
    }
    if (start === end) start = end = 0;
    while (end - start < count) {
      if (end === buffer.length) {
        const room = Math.min(count + ENOUGH, 2 * buffer.length);
        const larger = buffer.length < room ? new Uint8Array(room) : buffer;
        larger.set(buffer.subarray(start, end));
        [buffer, start, end] = [larger, 0, end - start];
      }
      const got = await read(buffer.subarray(end));
      if (got === null) return false;
      end += got;
    }
    return true;
  }

  return {
    async bytes(count) {
      const found = await fill(count);
      if (!found) throw new Error(`Expected ${count} more bytes but found the end of the connection.`);
      start += count;
      return buffer.slice(start - count, start);
    },
    async next() {
      while (parsed.length === 0) {
        const found = parseZmtp(buffer.subarray(start, end), options);
        if (typeof found === "number") {
          const more = await fill(found);
          if (!more) return undefined;
        } else {
          start += found.length;
          parsed.push(...found.messages); // commands after the handshake (ZMTP 3.1) ask for nothing here
        }
      }
      return parsed.shift();
    },
  };
}
