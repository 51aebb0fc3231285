import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What a thread that opens a stranger's folder may do beside reading that folder. */
export interface ThreadPermissions {
  /** URLs of modules that a person named: their folders and all of Auscult can be read too. @default {none} */
  modules?: readonly string[];
  /** Modules of packages that read files of their own. */
  packages: string[];
  /** Whether it runs onnxruntime, which is native code. @default {false} */
  runtime?: boolean;
  /** Whether it writes into the folder. @default {false} */
  write?: boolean;
}

/** Permissions of a thread that opens what strangers made: their folder, the packages that it needs, and nothing else. */
export function threadPermissions(
  folder: string,
  { modules = [], packages, runtime = false, write = false }: ThreadPermissions,
): Deno.PermissionOptionsObject {
  const placeOf = (name: string) => dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  const native = runtime ? [placeOf("onnxruntime-node")] : [];
  const named = [...modules, ...modules.length > 0 ? [new URL("../../mod.ts", import.meta.url).href] : []]
    .map((module) => dirname(fileURLToPath(module)))
    .flatMap((folder) => [folder, ...configsAbove(folder)]);
  const own = [...new Set([resolve(folder), Deno.realPathSync(folder)])]; // the name may be a link
  return {
    read: [...own, ...native, ...packages.map(placeOf), ...named],
    write: write ? own : false,
    ffi: runtime ? native : false,
    ...{ env: false, sys: false, net: false, run: false, import: false },
  };
}

/** Where the settings of a module may stand by which its imports are found. */
function configsAbove(folder: string): string[] {
  const above = dirname(folder);
  return [join(folder, "deno.json"), ...above === folder ? [] : configsAbove(above)];
}
