import { ascii, concatBytes, encodeCommand, encodeMessage, type Frames } from "./zmtp_frame.ts";
import { zmtpReader, type ZmtpReaderOptions } from "./zmtp_reader.ts";

/** The kinds of sockets that Jupyter uses. */
export type SocketType = "ROUTER" | "DEALER" | "PUB" | "SUB" | "REP" | "REQ";

/** A ZeroMQ connection to one peer. */
export interface ZmtpConnection {
  /** The name that the peer gave itself; empty where it gave none. */
  peerIdentity: string;
  /** Writes a message behind those that wait already; resolves when the system has taken it. */
  send(frames: Frames): Promise<void>;
  /** The next message, or `undefined` once the connection has ended. */
  receive(): Promise<Frames | undefined>;
  /** Resolves when all that was sent has been written. */
  flush(): Promise<void>;
  close(): void;
}

export interface ZmtpOptions extends ZmtpReaderOptions {
  socketType: SocketType;
  /** The name under which a ROUTER knows this side, one byte a letter. */
  identity?: string;
  /**
   * A peer that leaves more bytes unread is let go, as one that has stopped for good: else it would fill the memory.
   *
   * @default {1e9}
   */
  unreadAtMost?: number;
}

/**
 * A ZMTP 3.0 connection without authentication (https://rfc.zeromq.org/spec/23, mechanism NULL) over an open socket:
 * both sides greet, name their socket types, and send messages from there on.
 *
 * @throws {Error} if the other side speaks another protocol or an older one.
 */
export async function openZmtp(
  socket: Deno.TcpConn,
  { socketType, identity = "", unreadAtMost = 1e9, ...readerOptions }: ZmtpOptions,
): Promise<ZmtpConnection> {
  const reader = zmtpReader((into) => socket.read(into), readerOptions);
  try {
    socket.setNoDelay(); // small messages are answers that somebody waits for
    await writeAll(socket, concatBytes([greeting(), readyCommand(socketType, identity)]));
    checkGreeting(await reader.bytes(64));
    const peer = parseReady(await readCommand(reader));
    return { peerIdentity: peer.get("identity") ?? "", ...messagesOf(socket, reader, { unreadAtMost }) };
  } catch (error) {
    closeSocket(socket);
    throw error;
  }
}

/** Closes a socket that may be closed already. */
export function closeSocket(socket: Deno.Conn): void {
  try {
    socket.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

function messagesOf(
  socket: Deno.Conn,
  reader: ReturnType<typeof zmtpReader>,
  { unreadAtMost }: Required<Pick<ZmtpOptions, "unreadAtMost">>,
) {
  let written = Promise.resolve(), unwritten = 0, open = true;
  function close() {
    if (open) closeSocket(socket);
    open = false;
  }
  async function write(parts: Uint8Array[], length: number) {
    if (!open) return;
    try {
      // One system call for a message of small frames.
      for (const part of length < 1 << 16 ? [concatBytes(parts)] : parts) await writeAll(socket, part);
      unwritten -= length;
    } catch {
      close(); // the peer has gone
    }
  }
  return {
    flush: () => written,
    send(frames: Frames) {
      const parts = encodeMessage(frames);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      unwritten += length;
      if (unwritten > unreadAtMost) close();
      return written = written.then(() => write(parts, length));
    },
    async receive() {
      try {
        return await reader.next();
      } catch (error) {
        if (open && !isGone(error)) throw error;
        return undefined;
      }
    },
    close,
  };
}

function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe ||
    (error instanceof Error && error.message.endsWith("the end of the connection."));
}

async function writeAll(socket: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await socket.write(bytes.subarray(at));
}

/** Signature, version 3.0, mechanism NULL, filler: 64 bytes. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(ascii("NULL"), 12);
  return bytes;
}

function checkGreeting(bytes: Uint8Array): void {
  if (bytes[0] !== 0xff || bytes[9] !== 0x7f || bytes[10] < 3) {
    throw new Error("Expected a greeting of ZMTP 3 but found other bytes: another program uses this port.");
  }
  const mechanism = String.fromCharCode(...bytes.subarray(12, 32)).replaceAll("\0", "");
  if (mechanism !== "NULL") throw new Error(`Expected the ZMTP mechanism NULL but found ${mechanism}.`);
}

function readyCommand(socketType: SocketType, identity: string): Uint8Array {
  const property = (name: string, value: Uint8Array) => {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, value.length);
    return concatBytes([Uint8Array.of(name.length), ascii(name), size, value]);
  };
  return encodeCommand(
    "READY",
    concatBytes([property("Socket-Type", ascii(socketType)), property("Identity", ascii(identity))]),
  );
}

async function readCommand(reader: ReturnType<typeof zmtpReader>): Promise<Uint8Array> {
  const [flags, short] = await reader.bytes(2);
  if ((flags & 4) === 0) throw new Error("Expected the command READY but found a message.");
  if ((flags & 2) === 0) return reader.bytes(short);
  const rest = await reader.bytes(7);
  return reader.bytes(rest.reduce((size, byte) => size * 256 + byte, short));
}

/** The properties of a READY command, their names in small letters. */
function parseReady(body: Uint8Array): Map<string, string> {
  const text = (from: number, to: number) => String.fromCharCode(...body.subarray(from, to));
  const name = text(1, 1 + body[0]);
  if (name !== "READY") throw new Error(`Expected the command READY but found ${name}.`);
  const properties = new Map<string, string>();
  for (let at = 1 + body[0]; at < body.length;) {
    const valueAt = at + 1 + body[at] + 4;
    const size = new DataView(body.buffer, body.byteOffset + valueAt - 4, 4).getUint32(0);
    properties.set(text(at + 1, valueAt - 4).toLowerCase(), text(valueAt, valueAt + size));
    at = valueAt + size;
  }
  return properties;
}
