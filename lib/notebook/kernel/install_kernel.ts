import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { kernelFolder } from "./kernel_folder.ts";

/** Options of {@linkcode installKernel}. */
export interface InstallKernelOptions {
  /** Install below this folder, e.g. that of a virtual environment, instead of for the user. */
  prefix?: string;
  /** Take it away again. */
  uninstall?: boolean;
}

/** The name by which `jupyter --kernel` and notebooks know the kernel. */
export const KERNEL_NAME = "auscult-deno";
const DISPLAY_NAME = "Auscult (Deno)";

/**
 * Writes the kernelspec, or takes it away.
 *
 * @returns The folder of the kernelspec.
 * @throws {Deno.errors.NotFound} if there is none to take away.
 */
export async function installKernel({ prefix, uninstall = false }: InstallKernelOptions = {}): Promise<string> {
  const folder = join(kernelFolder({ prefix }), KERNEL_NAME);
  if (uninstall) {
    await Deno.remove(folder, { recursive: true });
    return folder;
  }
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "kernel.json"), `${JSON.stringify(kernelSpec(), null, 2)}\n`);
  return folder;
}

/** What Jupyter needs to know about the kernel (https://jupyter-client.readthedocs.io/en/stable/kernels.html). */
export function kernelSpec() {
  const program = fileURLToPath(import.meta.resolve("./kernel_main.ts"));
  const displays = join(dirname(program), "..", "displays.ts");
  const config = join(dirname(program), "..", "..", "..", "deno.json");
  return {
    argv: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--allow-all",
      "--config",
      config,
      program,
      "{connection_file}",
      displays,
    ],
    display_name: DISPLAY_NAME,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}
