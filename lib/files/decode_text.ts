import { DataError } from "../errors/mod.ts";

/** Text, and how its bytes were read. */
export interface DecodedText {
  text: string;
  encoding: "UTF-8" | "UTF-16" | "Windows-1252";
}

/**
 * The text of a file as spreadsheets and databases write it: UTF-8 and UTF-16 with or without their mark, else Windows-1252.
 * Line breaks become `\n`.
 *
 * @param where Name of the file, for the message.
 * @throws {DataError} for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array, where: string): DecodedText {
  const encoding = encodingOf(bytes);
  const bigEndian = bytes[0] === 0xfe && bytes[1] === 0xff || zeros(bytes, 0);
  const label = encoding === "UTF-16" ? (bigEndian ? "utf-16be" : "utf-16le") : encoding;
  const text = new TextDecoder(label).decode(bytes);
  if (text.includes("\0")) {
    throw new DataError({ expected: "text", found: "bytes that are none", where, remedy: "save it as CSV in UTF-8" });
  }
  return { text: text.replaceAll(/\r\n?/g, "\n"), encoding };
}

function encodingOf(bytes: Uint8Array): DecodedText["encoding"] {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe || bytes[0] === 0xfe && bytes[1] === 0xff;
  if (marked || zeros(bytes, 0) !== zeros(bytes, 1)) return "UTF-16";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "UTF-8";
  } catch {
    return "Windows-1252";
  }
}

/** Whether the high bytes of most letters are zero: those at even places in UTF-16BE, at odd ones in UTF-16LE. */
function zeros(bytes: Uint8Array, from: 0 | 1): boolean {
  const first = bytes.subarray(0, 200).filter((_, i) => i % 2 === from);
  return first.length > 1 && first.filter((byte) => byte === 0).length > 0.7 * first.length;
}
