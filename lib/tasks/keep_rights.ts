import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { cannotWrite } from "../files/write_atomic.ts";
import { encoderPackages } from "../features/encoders/encoder_packages.ts";
import { moduleUrl } from "../parts/own_code.ts";
import { mayWrite, packageFolder, threadPermissions } from "../runs/threads/thread_permissions.ts";

/** What a task may do once its command line is known: paths that this names, all below them, and what Auscult needs itself. */
export interface TaskRights {
  /** Files and folders that it reads; what isn't there is left to the task to tell. `"any"`: their names come later. */
  read?: readonly string[] | "any";
  /** The folder of a run that it reads and writes into. */
  run?: string;
  /** Folders that it writes into, and reads. */
  write?: readonly string[];
  /** `--parts`: code of the user's own. */
  parts?: string;
  /** Whether it runs onnxruntime, which is native code. @default {false} */
  runtime?: boolean;
  /** Whether it bundles modules for a page, and reads those of all packages. @default {false} */
  bundles?: boolean;
  /** Whether it serves a page to this machine. @default {false} */
  serves?: boolean;
}

/** Packages whose WebAssembly is read from a file. */
const PACKAGES = ["@echogarden/pffft-wasm/simd", "@tensorflow/tfjs-backend-wasm"];

const inThread = "WorkerGlobalScope" in globalThis;
const thread = globalThis as unknown as Worker;

/**
 * Leaves behind what else this task could do, before it opens what strangers made: its command runs again in a thread that has
 * these rights alone, where this function lets it go on. The main thread hands on that it is to stop, and ends with its status.
 *
 * @throws {DataError} where it may not write there.
 */
export async function keepRights(rights: TaskRights, signal?: AbortSignal): Promise<void> {
  if (inThread) return;
  const { read = [], run, parts, runtime, bundles, serves } = rights;
  const there = run !== undefined && existsSync(placeOf(run));
  const write = [...there ? [run] : [], ...rights.write ?? []];
  for (const path of write) if (!mayWrite(path)) throw cannotWrite(path, new Deno.errors.NotCapable());
  const anywhere = read === "any";
  const packages = [
    ...runtime ? encoderPackages() : [],
    ...bundles ? [dirname(await packageFolder("commander"))] : [],
  ];
  const permissions = await threadPermissions([...packages, ...anywhere ? [] : read, ...write].map(placeOf), {
    ...{ packages: PACKAGES, runtime, write: write.map(placeOf) },
    modules: [import.meta.url, ...parts === undefined ? [] : [moduleUrl(parts)]], // threads of its own are loaded from there
  });
  const worker = new Worker(Deno.mainModule, {
    type: "module",
    deno: {
      permissions: {
        ...permissions,
        env: "inherit",
        net: serves ? ["127.0.0.1"] : false,
        ...anywhere ? { read: true } : {},
      },
    },
  });
  signal?.addEventListener("abort", () => worker.postMessage("stop"));
  const { promise, resolve } = Promise.withResolvers<number>();
  worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    console.error(`error: ${event.message}`);
    resolve(1);
  };
  Deno.exit(await promise);
}

/** `latest` means what the file of this name beside it says. */
function placeOf(path: string): string {
  return basename(path) === "latest" ? dirname(path) : path;
}

/** Ends the task, in whichever thread it runs. */
export async function endTask(status: number): Promise<never> {
  if (!inThread) Deno.exit(status);
  thread.postMessage(status);
  return await new Promise(() => {});
}

/** In the thread of {@linkcode keepRights}: calls back when the task is to stop. Elsewhere `false`: listen to signals. */
export function onStop(stop: () => void): boolean {
  if (inThread) thread.addEventListener("message", stop);
  return inThread;
}
