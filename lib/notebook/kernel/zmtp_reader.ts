import { concatBytes, decodeFlags, type Frames } from "./zmtp_frame.ts";
import { DELIMITER, isDelimiter } from "./jupyter_frames.ts";

/** Reads messages from a stream of bytes. */
export interface ZmtpReader {
  /** The next `count` bytes, as they are. @throws {Error} where the stream ends before. */
  bytes(count: number): Promise<Uint8Array>;
  /** The next message or command, or `undefined` at the end of the stream. */
  next(): Promise<Frames | undefined>;
}

/** Options of {@linkcode zmtpReader}. */
export interface ZmtpReaderOptions {
  /** Called for a command after the handshake, e.g. SUBSCRIBE, with its whole body. */
  onCommand?: (body: Uint8Array) => void;
  /**
   * Cut out messages that landed inside the frame of another. Deno's kernel writes to one socket from two threads without
   * a lock: while a large output is half written, a `status` can come between. Its first two frames, `01 09 <IDS|MSG>`,
   * can't occur inside the JSON text of an output, where byte 1 must be escaped.
   */
  repair?: boolean;
}

/** How every message begins: a header (flags "more", 9 bytes) and the delimiter. */
const INTRUDER = concatBytes([Uint8Array.of(1, 9), DELIMITER]);
const ENOUGH = 1 << 16;

/** @param read As `Deno.Conn.read`. */
export function zmtpReader(
  read: (into: Uint8Array) => Promise<number | null>,
  { onCommand, repair = false }: ZmtpReaderOptions = {},
): ZmtpReader {
  let buffer = new Uint8Array(ENOUGH);
  let start = 0, end = 0;
  const whole: Frames[] = []; // messages that were cut out of another

  /** Waits until `count` bytes lie in the buffer; false at the end of the stream. */
  async function fill(count: number): Promise<boolean> {
    if (end - start >= count) return true;
    if (buffer.length - start < count) {
      const larger = buffer.length < count ? new Uint8Array(count + ENOUGH) : buffer;
      larger.set(buffer.subarray(start, end));
      [buffer, start, end] = [larger, 0, end - start];
    }
    while (end - start < count) {
      const got = await read(buffer.subarray(end));
      if (got === null) return false;
      end += got;
    }
    return true;
  }

  async function need(count: number): Promise<void> {
    const found = await fill(count);
    if (!found) throw new Error(`Expected ${count} more bytes but found the end of the connection.`);
  }

  /** The next `count` bytes without the messages that landed among them; `inside` is false where a message may begin. */
  async function take(count: number, inside: boolean): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let left = count;
    while (left > 0) {
      await need(left);
      const at = repair && inside ? await intruder(left) : -1;
      const length = at < 0 ? left : at;
      parts.push(buffer.slice(start, start + length));
      start += length;
      left -= length;
      if (at >= 0) whole.push(await message());
    }
    return parts.length === 1 ? parts[0] : concatBytes(parts);
  }

  /** Where in the next `count` bytes another message begins, or -1. */
  async function intruder(count: number): Promise<number> {
    for (let at = start; (at = buffer.indexOf(INTRUDER[0], at)) >= 0 && at < start + count; at++) {
      const offset = at - start;
      // Near the end of what has been read, look one byte further only as long as it could still be the delimiter.
      let same = 1;
      while (
        same < INTRUDER.length && await fill(offset + same + 1) && buffer[start + offset + same] === INTRUDER[same]
      ) {
        same++;
      }
      if (same === INTRUDER.length) return offset;
      at = start + offset;
    }
    return -1;
  }

  async function message(): Promise<Frames> {
    const frames: Frames = [];
    let inside = false; // behind the delimiter, where no other may follow
    while (true) {
      const [byte, short] = await take(2, inside);
      const flags = decodeFlags(byte);
      const rest = flags.long ? await take(7, inside) : undefined;
      const size = rest
        ? Number(new DataView(concatBytes([Uint8Array.of(short), rest]).buffer).getBigUint64(0))
        : short;
      const body = await take(size, inside);
      if (flags.command) {
        onCommand?.(body);
        return [];
      }
      frames.push(body);
      if (!flags.more) return frames;
      inside ||= isDelimiter(body);
    }
  }

  return {
    async bytes(count) {
      await need(count);
      start += count;
      return buffer.slice(start - count, start);
    },
    async next() {
      while (whole.length === 0) {
        const more = await fill(1);
        if (!more) return undefined;
        const frames = await message();
        if (frames.length > 0) whole.push(frames);
      }
      return whole.shift();
    },
  };
}
