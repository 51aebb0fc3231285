// The program that Jupyter starts as the kernel:
//
//   deno run --allow-all kernel_main.ts CONNECTION_FILE [ADDRESS_OF_DISPLAYS]

import process from "node:process";
import { parseConnectionInfo } from "./connection_info.ts";
import { serveKernel } from "./kernel_proxy.ts";
import { startKernelSession } from "./kernel_session.ts";
import { requireDeno } from "./child_kernel.ts";

async function main(connectionFile: string, displays?: string): Promise<void> {
  const info = parseConnectionInfo(await Deno.readTextFile(connectionFile));
  const proxy = serveKernel(info, () => {
    const starting = startSession(displays);
    starting.catch((error) => console.error(error.message)); // cells are answered with it
    return starting;
  });
  // Ctrl-C in the terminal of Jupyter reaches all its processes; Jupyter sends a message when it means this one.
  Deno.addSignalListener("SIGINT", () => {});
  const end = await Promise.race([proxy.ended, parentGone(), signal("SIGTERM")]);
  await proxy.close();
  Deno.exit(end === "kernel" ? 1 : 0); // Jupyter starts a kernel anew that ended by itself
}

async function startSession(displays?: string) {
  requireDeno(Deno.version.deno);
  return await startKernelSession({
    displays,
    help: true,
    onError: (text) => Deno.stderr.writeSync(new TextEncoder().encode(text)),
  });
}

function signal(name: Deno.Signal): Promise<"signal"> {
  return new Promise((resolve) => {
    if (Deno.build.os !== "windows") Deno.addSignalListener(name, () => resolve("signal"));
  });
}

const EVERY_MS = 1000;

/**
 * Resolves when the process that started this one has ended. Jupyter names itself in `JPY_PARENT_PID`: a front end that
 * was killed can't say good-bye.
 */
function parentGone(): Promise<"parent"> {
  const first = Deno.ppid;
  const named = Number(Deno.env.get("JPY_PARENT_PID"));
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      // On Windows the variable holds a handle, and a parent's id never changes.
      const watched = Deno.build.os === "windows" ? first : named || first;
      if (Deno.ppid === first && isAlive(watched)) return;
      clearInterval(timer);
      resolve("parent");
    }, EVERY_MS);
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

try {
  await main(Deno.args[0], Deno.args[1]);
} catch (error) {
  console.error((error as Error).message);
  Deno.exit(1);
}
