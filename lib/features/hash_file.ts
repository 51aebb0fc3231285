import { createHash } from "node:crypto";

/** Bytes that are read at a time. */
const PIECE = 2 ** 20;

/** SHA-256 of a file from byte `start` on, 64 hexadecimal digits; the file is never whole in memory. */
export async function hashFile(path: string, { start = 0 }: { start?: number } = {}): Promise<string> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const hash = createHash("sha256");
  const piece = new Uint8Array(Math.max(1, Math.min(PIECE, size - start)));
  if (start > 0) await file.seek(start, Deno.SeekMode.Start);
  for (let length; (length = await file.read(piece)) !== null;) hash.update(piece.subarray(0, length));
  return hash.digest("hex");
}
