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
    