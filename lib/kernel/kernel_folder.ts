import { join } from "node:path";

/** What the place depends on. */
export interface KernelFolderOptions {
  /** Install below this folder, e.g. that of a virtual environment, instead of for the user. */
  prefix?: string;
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
