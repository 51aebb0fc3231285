import { concatBytes, decodeFlags, DELIMITER, type Frames, isDelimiter } from "./zmtp_frame.ts";

export interface ZmtpReaderOptions extends ParseZmtpOptions {
  /** A message that says that it is longer is refused, bytes. @default {Infinity} */
  lengthAtMost?: number;
}

const ENOUGH = 1 << 16;

/** Reads messages from a stream of bytes. @param read As `Deno.Conn.read`. */
export function zmtpReader(
  read: (into: Uint8Array) => Promise<number | null>,
  { lengthAtMost = Infinity, ...options }: ZmtpReaderOptions = {},
) {
  let buffer = new Uint8Array(ENOUGH), start = 0, end = 0;
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
    /** The next `count` bytes, as they are. @throws {Error} where the stream ends before. */
    async bytes(count: number): Promise<Uint8Array> {
      const found = await fill(count);
      if (!found) throw new Error(`Expected ${count} more bytes but found the end of the connection.`);
      start += count;
      return buffer.slice(start - count, start);
    },
    /** The next message, or `undefined` at the end of the stream. */
    async next(): Promise<Frames | undefined> {
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

interface ParseZmtpOptions {
  /**
   * Cut out messages that landed inside the frame of another. Deno's kernel writes to one socket from several functions
   * without a lock: while a large output is half written, a `status` can come between. Its first bytes, `01 09
   * <IDS|MSG>`, can't occur inside the JSON text of an output, where byte 1 must be escaped.
   */
  repair?: boolean;
}

/** How every message begins: a header (flags "more", 9 bytes) and the delimiter. */
const INTRUDER = concatBytes([Uint8Array.of(1, 9), DELIMITER]);

const FRAMES_AT_MOST = 10_000; // more than any widget sends; each further frame has the message read from its beginning

/**
 * The first message or command in `bytes` (ZMTP 3.0, section "Framing"), and those that had to be cut out of it; or the
 * number of bytes that it takes at least, where there are too few.
 *
 * @throws {Error} where the bytes are no ZMTP.
 */
export function parseZmtp(
  bytes: Uint8Array,
  { repair = false }: ParseZmtpOptions = {},
): { messages: Frames[]; commands: Uint8Array[]; length: number } | number {
  const messages: Frames[] = [], commands: Uint8Array[] = [];
  let at = 0, needed = 0;

  /** The next `count` bytes without the messages that landed among them; `undefined` where there are too few. */
  function take(count: number, inside: boolean): Uint8Array | undefined {
    const parts: Uint8Array[] = [];
    let left = count;
    while (true) {
      if (bytes.length < at + left) {
        needed = at + left;
        return undefined;
      }
      const other = repair && inside ? findIntruder(bytes, at, at + left) : -1;
      const end = other < 0 ? at + left : other;
      parts.push(bytes.slice(at, end));
      left -= end - at;
      at = end;
      if (other < 0) return parts.length === 1 ? parts[0] : concatBytes(parts);
      if (bytes.length < at + INTRUDER.length) {
        needed = at + INTRUDER.length; // the bytes end with what may be the beginning of another
        return undefined;
      }
      if (!message()) return undefined;
    }
  }

  function message(): boolean {
    const frames: Frames = [];
    let inside = false; // behind the delimiter, where no other may follow
    while (true) {
      const head = take(2, inside);
      if (!head) return false;
      const flags = decodeFlags(head[0]);
      const rest = flags.long ? take(7, inside) : undefined;
      if (flags.long && !rest) return false;
      const size = rest ? Number(new DataView(concatBytes([head.subarray(1), rest]).buffer).getBigUint64(0)) : head[1];
      const body = take(size, inside);
      if (!body) return false;
      if (flags.command) {
        commands.push(body);
        return true;
      }
      frames.push(body);
      if (frames.length > FRAMES_AT_MOST) throw new Error(`Expected at most ${FRAMES_AT_MOST} frames in a message.`);
      if (!flags.more) {
        messages.push(frames);
        return true;
      }
      inside ||= repair && isDelimiter(body);
    }
  }

  return message() ? { messages, commands, length: at } : needed;
}

/** Where another message begins, or may begin as far as one can see. */
function findIntruder(bytes: Uint8Array, from: number, to: number): number {
  for (let start = from; (start = bytes.indexOf(INTRUDER[0], start)) >= 0 && start < to; start++) {
    const seen = bytes.subarray(start, start + INTRUDER.length);
    if (seen.every((byte, i) => byte === INTRUDER[i])) return start;
  }
  return -1;
}
