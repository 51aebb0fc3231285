import { createHmac, timingSafeEqual } from "node:crypto";
import { DELIMITER, type Frames, isDelimiter } from "./zmtp_frame.ts";

/** Which message it is, and whose. (https://jupyter-client.readthedocs.io/en/stable/messaging.html) */
export type MessageHeader = Record<"msg_id" | "msg_type" | "session" | "username" | "date" | "version", string>;

/** The content of a message: JSON, its fields given by the type of the message. */
export type MessageContent = Record<string, unknown>;

/** A Jupyter message. Content and metadata stay bytes until {@linkcode readContent}: outputs of many megabytes pass by. */
export interface JupyterMessage {
  /** The frames by which a ROUTER finds the client. */
  addresses: Frames;
  header: MessageHeader;
  /** The header of the request that this answers; empty where nobody asked. */
  parentHeader: Partial<MessageHeader>;
  /** JSON text. */
  metadata: Uint8Array;
  /** JSON text. */
  content: Uint8Array;
  /** Binary data of widgets. */
  buffers: Frames;
}

/** What {@linkcode newMessage} needs. */
export interface NewMessage extends Partial<Pick<JupyterMessage, "addresses" | "metadata" | "buffers">> {
  type: string;
  /** An object, or the JSON text of one. */
  content: MessageContent | Uint8Array;
  /** The request that this answers. */
  parent?: Partial<MessageHeader>;
  session: string;
}

const PROTOCOL_VERSION = "5.3";
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** A message with a new id. */
export function newMessage(
  { type, content, parent = {}, session, addresses = [], metadata = encoder.encode("{}"), buffers = [] }: NewMessage,
): JupyterMessage {
  return {
    addresses,
    header: {
      ...{ msg_id: crypto.randomUUID(), msg_type: type, session, username: "kernel" },
      ...{ date: new Date().toISOString(), version: PROTOCOL_VERSION },
    },
    parentHeader: parent,
    metadata,
    content: content instanceof Uint8Array ? content : encoder.encode(JSON.stringify(content)),
    buffers,
  };
}

/** The frames of a message, signed with `key` (HMAC-SHA256; no signature where the key is empty). */
export function formatMessage(message: JupyterMessage, key: string): Frames {
  const headers = [message.header, message.parentHeader].map((header) => encoder.encode(JSON.stringify(header)));
  const parts = [...headers, message.metadata, message.content];
  return [...message.addresses, DELIMITER, encoder.encode(signature(parts, key)), ...parts, ...message.buffers];
}

/**
 * The message in frames.
 *
 * @throws {Error} saying what is wrong: a part missing, a wrong signature, a header without id or type.
 */
export function parseMessage(frames: Frames, key: string): JupyterMessage & { signature: string } {
  const at = frames.findIndex(isDelimiter);
  if (at < 0 || frames.length < at + 6) {
    throw new Error(`Expected <IDS|MSG> and five frames behind it but found ${frames.length} frames.`);
  }
  const [given, ...rest] = frames.slice(at + 1);
  const [header, parentHeader, metadata, content, ...buffers] = rest;
  const expected = encoder.encode(signature([header, parentHeader, metadata, content], key));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error("Expected a message signed with the key of the connection file but found another signature.");
  }
  return {
    addresses: frames.slice(0, at),
    header: readHeader(header),
    parentHeader: readObject(parentHeader) as Partial<MessageHeader>,
    metadata,
    content,
    buffers,
    signature: decoder.decode(given),
  };
}

/** The content of a message. @throws {Error} if it is no JSON object. */
export function readContent(message: Pick<JupyterMessage, "content">): MessageContent {
  return readObject(message.content);
}

function readHeader(bytes: Uint8Array): MessageHeader {
  const header = readObject(bytes);
  for (const field of ["msg_id", "msg_type", "session"]) {
    if (typeof header[field] !== "string") {
      throw new Error(`Expected ${field} to be text but found ${JSON.stringify(header[field])} in the header.`);
    }
  }
  return header as unknown as MessageHeader;
}

function readObject(bytes: Uint8Array): MessageContent {
  const value: unknown = JSON.parse(decoder.decode(bytes));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`Expected a JSON object but found ${JSON.stringify(value)?.slice(0, 40)}.`);
  }
  return value as MessageContent;
}

function signature(parts: Uint8Array[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
