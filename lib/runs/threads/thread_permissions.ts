import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { packageUrl } from "../../files/mod.ts";
import { modulesFrom } from "../../parts/own_code.ts";

/** What a thread that opens what strangers made may do beside reading that. */
export interface ThreadPermissions {
  /** URLs of modules that a person named: their folders, what they import, and all of Auscult can be read too. @default {none} */
  modules?: readonly string[];
  /** Modules of packages that read files of their own. */
  packages: string[];
  /** Whether it runs onnxruntime, which is native code. @default {false} */
  runtime?: boolean;
  /** Folders that it writes into. @default {none} */
  write?: readonly string[];
}

/** Permissions of a thread that opens what strangers made: their files and folders, the packages that it needs, and nothing else. */
export async function threadPermissions(
  places: readonly string[],
  { modules = [], packages, runtime = false, write = [] }: ThreadPermissions,
): Promise<Deno.PermissionOptionsObject> {
  const native = runtime ? [await packageFolder("onnxruntime-node")] : [];
  const ours = modules.length > 0 ? [new URL("../../mod.ts", import.meta.url).href] : [];
  const code = await Promise.all([...ours, ...modules].filter((url) => url.startsWith("file:")).map(codeOf));
  const parts = await Promise.all(packages.map(packageFolder));
  return {
    read: [...places.flatMap(namesOf), ...native, ...parts, ...code.flat()],
    write: write.flatMap(namesOf).filter(mayWrite),
    ffi: runtime ? native : false,
    ...{ env: false, sys: false, net: false, run: false, import: HOST === "" ? false : [HOST] },
  };
}

/** Where this itself comes from: a registry, where it isn't a file. */
const HOST = new URL(import.meta.url).host;

export async function packageFolder(name: string): Promise<string> {
  return dirname(dirname(fileURLToPath(await packageUrl(name))));
}

export function mayWrite(path: string): boolean {
  return Deno.permissions.querySync({ name: "write", path }).state === "granted";
}

/** The folder of a module, what it imports from elsewhere, and the settings by which that is found. */
async function codeOf(module: string): Promise<string[]> {
  const folder = dirname(fileURLToPath(module));
  const imported = await modulesFrom(module).catch(() => ({})); // whoever imports it says what it lacks
  return [folder, ...Object.keys(imported).map((path) => join(folder, path)), ...configsAbove(folder)];
}

/** Where the settings of a module may stand by which its imports are found. */
function configsAbove(folder: string): string[] {
  const above = dirname(folder);
  return [join(folder, "deno.json"), ...above === folder ? [] : configsAbove(above)];
}

/** A path and, where a link leads elsewhere, where it leads. */
function namesOf(place: string): string[] {
  const path = resolve(place);
  try {
    return [...new Set([path, Deno.realPathSync(path)])];
  } catch {
    return [path]; // whoever reads it says that it isn't there
  }
}
