import { crc32, deflateRawSync } from "node:zlib";

/** For tests: a file to put into an archive. */
export interface ZipFile {
  name: string;
  content: Uint8Array<ArrayBuffer>;
  /** Mode on Unix: 0o120777 is a link. */
  mode?: number;
  sum?: number;
}

/** A ZIP archive by the format's own description (PKWARE APPNOTE 4.3), so that bad ones can be made too. */
export function zip(files: ZipFile[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, sum = crc32(content) } of files) {
    const data = deflateRawSync(content);

    const text = new TextEncoder().encode(name);
    const common = [0x0800_0014, 8, 0, sum, data.length, content.length, text.length];
    const local = record([
      [4, 0x04034b50],
      [4, common[0]],
      [2, 8],
      [4, 0],
      [4, sum],
      [4, data.length],
      [4, content.length],
      [2, text.length],
      [2, 0],
    ]);
    central.push(
      record([
        ...[[4, 0x02014b50], [2, 0x0314], [4, common[0]], [2, 8], [4, 0], [4, sum], [4, data.length], [
          4,
          content.length,
        ]],
        ...[[2, text.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, mode * 65536], [4, offset]],
      ]),
      text,
    );
    parts.push(local, text, data);
    offset += local.length + text.length + data.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = record([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [
    2,
    0,
  ]]);
  return joined([...parts, ...central, end]);
}

/** A RAR 4 archive with one stored file (RAR technote: marker, archive and file header; CRC-16 is half a CRC-32). */
export function rar(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = (fields: number[][], tail = new Uint8Array()) => {
    const body = joined([record(fields), tail]);
    return joined([record([[2, crc32(body) & 0xffff]]), body]);
  };
  const text = new TextEncoder().encode(name);
  return joined([
    Uint8Array.of(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00),
    header([[1, 0x73], [2, 0], [2, 13], [2, 0], [4, 0]]),
    header([
      ...[[1, 0x74], [2, 0x8000], [2, 32 + text.length], [4, content.length], [4, content.length], [1, 3]],
      ...[[4, crc32(content)], [4, 0], [1, 20], [1, 0x30], [2, text.length], [4, 0o100644]],
    ], text),
    content,
    header([[1, 0x7b], [2, 0x4000], [2, 7]]),
  ]);
}

function record(fields: number[][]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    fields.flatMap(([width, value]) => Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) & 255)),
  );
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
