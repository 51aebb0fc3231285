/** A message of ZeroMQ: one frame or more, each some bytes. */
export type Frames = Uint8Array[];

const MORE = 1, LONG = 2, COMMAND = 4;

/**
 * The bytes of a message on the wire (ZMTP 3.0, section "Framing": flags, size in 1 or 8 bytes, body). Headers and bodies
 * stay separate, so that a picture of many megabytes is not copied.
 */
export function encodeMessage(frames: Frames): Frames {
  return frames.flatMap((body, i) => [frameHeader(body.length, i < frames.length - 1 ? MORE : 0), body]);
}

/** The bytes of a command (ZMTP 3.0: its name behind its length, then its data). */
export function encodeCommand(name: string, data: Uint8Array): Uint8Array {
  const body = concatBytes([Uint8Array.of(name.length), ascii(name), data]);
  return concatBytes([frameHeader(body.length, COMMAND), body]);
}

/**
 * Whether more frames follow, the size takes 8 bytes, and it is a command.
 *
 * @throws {Error} where the byte can't begin a frame: the other side speaks another protocol.
 */
export function decodeFlags(byte: number) {
  if (byte > (MORE | LONG | COMMAND)) throw new Error(`Expected the flags of a ZMTP frame but found the byte ${byte}.`);
  return { more: (byte & MORE) > 0, long: (byte & LONG) > 0, command: (byte & COMMAND) > 0 };
}

/** The parts one after the other. */
export function concatBytes(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The bytes of text that holds ASCII letters only. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function frameHeader(size: number, flags: number): Uint8Array {
  if (size < 256) return Uint8Array.of(flags, size);
  const header = new Uint8Array(9);
  header[0] = flags | LONG;
  new DataView(header.buffer).setBigUint64(1, BigInt(size));
  return header;
}

/** The frame between the addresses and the content of a Jupyter message. */
export const DELIMITER = Uint8Array.from("<IDS|MSG>", (letter) => letter.charCodeAt(0));

/** Whether a frame is `<IDS|MSG>`. */
export function isDelimiter(frame: Uint8Array): boolean {
  return frame.length === DELIMITER.length && frame.every((byte, i) => byte === DELIMITER[i]);
}
