import { createHash } from "node:crypto";
import { isRecordingName } from "../../audio/mod.ts";
import type { DatasetFinding } from "../check_dataset.ts";
import { type DatasetFiles, eachOf } from "../files/dataset_files.ts";

/**
 * Compares the files with the lists of SHA-256 sums that lie beside them (PhysioNet's `SHA256SUMS.txt`). Of what a list
 * names and isn't here only recordings count as missing: documents and archives aren't needed.
 */
export async function checkChecksums(files: DatasetFiles): Promise<DatasetFinding[]> {
  const findings: DatasetFinding[] = [], there = new Set(files.paths);
  for (const list of files.paths.filter((path) => /(^|\/)SHA256SUMS(\.txt)?$/.test(path))) {
    const below = list.slice(0, list.lastIndexOf("/") + 1);
    const sums = parseChecksums(await files.text(list));
    const named = await eachOf([...sums], async ([name, sum]): Promise<DatasetFinding[]> => {
      const path = there.has(below + name) ? below + name : files.paths.find((path) => path.endsWith(`/${name}`));
      if (path === undefined) {
        // A recording that was converted without loss has no sum of its own.
        const missing = isRecordingName(name) && files.recording(name) === undefined;
        return missing ? [{ kind: "missing", path: below + name, message: `is named in ${list}` }] : [];
      }
      const same = await sha256(`${files.folder}/${path}`) === sum;
      return same ? [] : [{ kind: "damaged", path, message: `has another checksum than ${list} says` }];
    });
    findings.push(...named.flat());
  }
  return findings;
}

/** Names and sums of a list as `sha256sum` writes it. */
export function parseChecksums(text: string): Map<string, string> {
  const lines = [...text.matchAll(/^([0-9a-f]{64})[ \t]+\*?(?:\.\/)?(.+?)\r?$/gim)];
  return new Map(lines.map(([, sum, name]) => [name, sum.toLowerCase()]));
}

/** SHA-256 of a file of any size, 64 hexadecimal digits. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}
