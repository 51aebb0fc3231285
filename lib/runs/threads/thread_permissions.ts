import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What a thread that opens a stranger's folder may do beside reading that folder. */
export interface ThreadPermissions {
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
  { packages, runtime = false, write = false }: ThreadPermissions,
): Deno.PermissionOptionsObject {
  const placeOf = (name: string) => dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  const native = runtime ? [placeOf("onnxruntime-node")] : [];
  const own = [...new Set([resolve(folder), Deno.realPathSync(folder)])]; // the name may be a link
  return {
    read: [...own, ...native, ...packages.map(placeOf)],
    write: write ? own : false,
    ffi: runtime ? native : false,
    ...{ env: false, sys: false, net: false, run: false, import: false },
  };
}
