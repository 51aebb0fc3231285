import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** How the kernel is known, and how it shows values. */
export interface KernelDescription {
  /** The name by which `jupyter --kernel` and notebooks know it. @default {"deno-cells"} */
  name?: string;
  /** The name that people read. @default {"Deno (cells)"} */
  displayName?: string;
  /** Address of a module whose `showAs(value)` gives a way to show a cell's value, for the kinds that it knows. */
  displays?: string;
}

export interface InstallKernelOptions {
  /** Install below this folder, e.g. that of a virtual environment, instead of for the user. */
  prefix?: string;
  /** Take it away again. */
  uninstall?: boolean;
}

/**
 * Writes the kernelspec, or takes it away.
 *
 * @returns The folder of the kernelspec.
 * @throws {Deno.errors.NotFound} if there is none to take away.
 */
export async function installKernel(
  description: KernelDescription = {},
  { prefix, uninstall = false }: InstallKernelOptions = {},
): Promise<string> {
  const folder = join(kernelFolder({ prefix }), description.name ?? "deno-cells");
  if (uninstall) {
    await Deno.remove(folder, { recursive: true });
    return folder;
  }
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "kernel.json"), `${JSON.stringify(kernelSpec(description), null, 2)}\n`);
  return folder;
}

/** What Jupyter needs to know about a kernel. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message";
  metadata: Record<string, unknown>;
}

/** The content of a kernel.json (https://jupyter-client.readthedocs.io/en/stable/kernels.html). */
export function kernelSpec({ displayName = "Deno (cells)", displays }: KernelDescription = {}): KernelSpec {
  const [program, config] = ["./kernel_main.ts", "./deno.json"].map((file) => new URL(file, import.meta.url));
  const own = program.protocol === "file:"
    ? ["--config", fileURLToPath(config), fileURLToPath(program)]
    : ["--no-config", program.href];
  return {
    argv: [
      ...[Deno.execPath(), "run", "--quiet", "--allow-all", ...own, "{connection_file}"],
      ...(displays === undefined ? [] : [displays]),
    ],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/** What the place depends on. */
interface KernelFolderOptions extends Pick<InstallKernelOptions, "prefix"> {
  /** @default {Deno.build.os} */
  os?: typeof Deno.build.os;
  /** Reads an environment variable. @default {Deno.env.get} */
  env?: (name: string) => string | undefined;
}

/**
 * The folder in which Jupyter looks for kernels
 * (https://docs.jupyter.org/en/stable/use/jupyter-directories.html#data-files).
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * const env = (name: string) => ({ HOME: "/home/ann" })[name];
 * expect(kernelFolder({ os: "linux", env })).toBe("/home/ann/.local/share/jupyter/kernels");
 * ```
 */
export function kernelFolder(options: KernelFolderOptions = {}): string {
  const { prefix, os = Deno.build.os, env = (name: string) => Deno.env.get(name) } = options;
  return join(prefix ? join(prefix, "share", "jupyter") : userFolder(os, env), "kernels");
}

function userFolder(os: typeof Deno.build.os, env: (name: string) => string | undefined): string {
  const given = env("JUPYTER_DATA_DIR");
  if (given) return given;
  const home = env("HOME") ?? env("USERPROFILE") ?? ".";
  if (os === "darwin") return join(home, "Library", "Jupyter");
  if (os === "windows") return join(env("APPDATA") ?? join(home, "AppData", "Roaming"), "jupyter");
  return join(env("XDG_DATA_HOME") || join(home, ".local", "share"), "jupyter");
}
