import { createHash } from "node:crypto";
import type { DatasetFinding } from "./check_dataset.ts";
import { type DatasetFiles, lonelySubject } from "./dataset_files.ts";

/** Compares the files with the lists of SHA-256 sums that lie beside them (PhysioNet's `SHA256SUMS.txt`). */
export async function checkChecksums(files: DatasetFiles): Promise<DatasetFinding[]> {
  const findings: DatasetFinding[] = [];
  const stems = new Set(files.recordings.map(lonelySubject));
  for (const list of files.paths.filter((path) => /(^|\/)SHA256SUMS(\.txt)?$/.test(path))) {
    const below = list.slice(0, list.lastIndexOf("/") + 1);
    for (const [name, sum] of parseChecksums(await files.text(list))) {
      const path = below + name;
      if (!files.paths.includes(path)) {
        // A recording that was converted without loss has no sum of its own.
        if (!stems.has(lonelySubject(path))) findings.push({ kind: "missing", path, message: `is named in ${list}` });
      } else if (await sha256(`${files.folder}/${path}`) !== sum) {
        findings.push({ kind: "damaged", path, message: `has another checksum than ${list} says` });
      }
    }
  }
  return findings;
}

/** Names and sums of a list as `sha256sum` writes it. */
export function parseChecksums(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^([0-9a-f]{64})[ \t]+\*?(.+?)\r?$/gim)].map(([, sum, name]) => [
      name.replace(/^\.\//, ""),
      sum.toLowerCase(),
    ]),
  );
}

/** SHA-256 of a file of any size, 64 hexadecimal digits. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}
