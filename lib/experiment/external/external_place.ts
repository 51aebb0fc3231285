import { type Run } from "../../runs/mod.ts";

/** Where a set that a run is judged on is kept: `evaluations/<name>/` of the run. */
export interface ExternalPlace {
  out: Run;
  /** Says that another name was taken, where it was. */
  renamed?: string;
}

/**
 * The folder of a set in `evaluations/`. A name that other data have there already gets a number, so that nothing is
 * overwritten; the same data have the same folder again.
 */
export async function externalPlace(
  run: Run,
  { name, fingerprint }: { name: string; fingerprint: string },
): Promise<ExternalPlace> {
  const first = folderName(name);
  for (let number = 1;; number++) {
    const folder = number === 1 ? first : `${first}-${number}`;
    const out = run.inside("evaluations", folder);
    if (await out.has("metrics.json") && await fingerprintOf(out) !== fingerprint) continue;
    return number === 1 ? { out } : {
      out,
      renamed: `evaluations/${first} holds other data: this set is kept as ${folder}. --name gives it another name.`,
    };
  }
}

/** Letters and digits of any language, dots and dashes; the rest becomes a dash. */
export function folderName(name: string): string {
  return name.normalize("NFC").replaceAll(/[^\p{L}\p{N}._+-]+/gu, "-").slice(0, 80).replace(/^[.-]+|-+$/g, "") || "set";
}

async function fingerprintOf(out: Run): Promise<string | undefined> {
  return await out.data().then(({ fingerprint }) => fingerprint, () => undefined);
}
