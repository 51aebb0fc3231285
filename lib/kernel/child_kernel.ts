import { type ConnectionInfo, freeConnectionInfo } from "./connection_info.ts";
import { unlessEnded } from "./end_programs.ts";
import { connectChannels, type KernelChannels } from "./kernel_channels.ts";

export interface KernelEnd {
  code: number;
  signal: string | null;
  /** The end of what it wrote to standard error. */
  lastWords: string;
}

/** A running `deno jupyter`. */
export interface ChildKernel extends KernelChannels {
  pid: number;
  /** Resolves when the process has ended. */
  ended: Promise<KernelEnd>;
  /** Ends the process now. */
  kill(): void;
}

export interface ChildKernelOptions {
  /** The folder that relative imports and paths of the cells start from. */
  cwd?: string;
  env?: Record<string, string>;
  /** Called with each piece that the process writes to its standard error. */
  onError?: (text: string) => void;
}

const TRIES = 5;

/**
 * Starts `deno jupyter` and connects to it. Between choosing free ports and the kernel's opening them another program
 * may take one: then the kernel ends, or a stranger answers who doesn't know the key, and other ports are tried.
 *
 * @throws {Error} if the kernel ended five times before it was ready.
 */
export async function startChildKernel(options: ChildKernelOptions = {}): Promise<ChildKernel> {
  for (let attempt = 1;; attempt++) {
    const info = freeConnectionInfo();
    const child = await spawnKernel(info, options);
    try {
      return { ...child, ...await connectChannels(info, child.ended) };
    } catch (error) {
      child.kill();
      const { code, lastWords } = await child.ended;
      if (attempt === TRIES) {
        throw new Error(`Expected deno jupyter to start but found exit status ${code}. ${lastWords}`, { cause: error });
      }
    }
  }
}

async function spawnKernel(info: ConnectionInfo, { cwd, env, onError }: ChildKernelOptions) {
  const file = await Deno.makeTempFile({ prefix: "deno-kernel-", suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(info), { mode: 0o600 });
  const process = new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--quiet", "--kernel", "--conn", file],
    stdin: "null",
    stdout: "inherit",
    stderr: "piped",
    cwd,
    env,
  }).spawn();
  const lastWords = keepLast(process.stderr, onError);
  const ended = process.status.then(async ({ code, signal }): Promise<KernelEnd> => {
    await Deno.remove(file).catch(() => {});
    return { code, signal, lastWords: await lastWords };
  });
  return { pid: process.pid, ended, kill: () => unlessEnded(() => process.kill("SIGKILL")) };
}

/** What the kernel notes when a cell was stopped; it means nothing to a reader. */
const NOISE = /^(CDP response has null result.*|\{"id":\d+,"error":.*)?\n/gm;

/** The last lines of a stream, at most 2,000 letters. */
async function keepLast(stream: ReadableStream<Uint8Array>, onText?: (text: string) => void): Promise<string> {
  let last = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const text = decoder.decode(bytes, { stream: true }).replaceAll(NOISE, "");
    if (text) onText?.(text);
    last = (last + text).slice(-2000);
  }
  return last.trim();
}

/** The oldest version whose kernel works as the fence expects: from there on its outputs pass one queue. */
const OLDEST = "2.9.0";

/**
 * @param version Of Deno, e.g. `Deno.version.deno`.
 * @throws {Error} saying which version is needed.
 */
export function requireDeno(version: string): void {
  if (version.localeCompare(OLDEST, "en", { numeric: true }) >= 0) return;
  throw new Error(
    `This kernel needs Deno ${OLDEST} or newer but runs on ${version}: run "deno upgrade" and restart it.`,
  );
}
