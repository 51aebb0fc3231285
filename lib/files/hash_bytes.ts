import { createHash } from "node:crypto";

/** SHA-256 of the parts one after the other, 64 hexadecimal digits. */
export function hashBytes(...parts: (string | Uint8Array | Float32Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
