import { arch, cpus, totalmem } from "node:os";
import { join } from "node:path";
import config from "../../../deno.json" with { type: "json" };
import type { Manifest } from "../../datasets/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import type { RunEnvironment } from "../../runs/mod.ts";

/** The clone that this is part of; a package has none, and then neither commit nor lock file are known. */
const PROJECT = new URL("../../../", import.meta.url);

/** `environment.json`: the versions, the machine and the data that a result came from. */
export async function describeEnvironment(manifest: Manifest): Promise<RunEnvironment> {
  return {
    version: 1,
    auscult: config.version,
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    packages: packageVersions(config.imports),
    gitCommit: await gitCommit(),
    lockHash: await Deno.readFile(new URL("deno.lock", PROJECT)).then(
      (bytes) => hashBytes(bytes).slice(0, 16),
      () => null,
    ),
    machine: {
      os: Deno.build.os,
      arch: arch(),
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cores: navigator.hardwareConcurrency,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    dataset: {
      name: manifest.dataset,
      fingerprint: await datasetFingerprint(manifest),
      recordings: new Set(manifest.rows.map((row) => row.recording)).size,
    },
  };
}

/** SHA-256 over the rows and the size of each recording. */
export async function datasetFingerprint({ folder, task, classes, rows }: Manifest): Promise<string> {
  const recordings = [...new Set(rows.map((row) => row.recording))].toSorted();
  const sizeOf = (name: string) => Deno.stat(join(folder, name)).then(({ size }) => size, () => -1);
  const sizes = await Promise.all(recordings.map(sizeOf));
  return hashBytes(JSON.stringify([task, classes, rows, recordings, sizes]));
}

/** `npm:name@version` and `npm:/name@version/` to versions by name. */
function packageVersions(imports: Record<string, string>): Record<string, string> {
  const pairs = Object.values(imports).map((address) => address.match(/^npm:\/?(@?[^@]+)@([^/]+)/));
  return Object.fromEntries(pairs.filter((match) => match !== null).map(([, name, version]) => [name, version]));
}

/** The commit that is checked out, read from `.git` since a task may start no program; `null` outside of a clone. */
async function gitCommit(): Promise<string | null> {
  try {
    const head = (await Deno.readTextFile(new URL(".git/HEAD", PROJECT))).trim();
    if (!head.startsWith("ref: ")) return head;
    const branch = head.slice("ref: ".length);
    const own = await Deno.readTextFile(new URL(`.git/${branch}`, PROJECT)).catch(() => undefined);
    return own?.trim() ?? await packed(branch);
  } catch {
    return null;
  }
}

async function packed(branch: string): Promise<string | null> {
  const lines = (await Deno.readTextFile(new URL(".git/packed-refs", PROJECT))).split("\n");
  return lines.find((line) => line.endsWith(` ${branch}`))?.split(" ")[0] ?? null;
}
