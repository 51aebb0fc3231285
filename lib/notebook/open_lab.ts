import { installKernel } from "@auscult/jupyter-kernel";
import { DataError } from "../errors/mod.ts";
import { AUSCULT_KERNEL } from "./auscult_kernel.ts";

/** How to get JupyterLab, by the program that is there. */
const INSTALLERS: [program: string, command: string][] = [
  ["uv", "uv tool install jupyterlab"],
  ["pipx", "pipx install jupyterlab"],
  ["pip", "pip install --user jupyterlab"],
  ["pip3", "pip3 install --user jupyterlab"],
];

/**
 * Installs the kernel for this user and opens a notebook in JupyterLab, until that ends.
 *
 * @throws {DataError} if JupyterLab isn't there, with the one command that installs it.
 */
export async function openLab(notebook: string): Promise<void> {
  if (!await isThere("jupyter", ["lab", "--version"])) {
    throw new DataError({
      expected: "JupyterLab",
      found: "none",
      remedy: `install it with: ${await installCommand()}`,
    });
  }
  await installKernel(AUSCULT_KERNEL);
  const lab = new Deno.Command("jupyter", { args: ["lab", notebook], stdin: "inherit" }).spawn();
  Deno.addSignalListener("SIGINT", () => {}); // JupyterLab hears it too, and asks whether to end
  await lab.status;
}

async function installCommand(): Promise<string> {
  for (const [program, command] of INSTALLERS) if (await isThere(program, ["--version"])) return command;
  return "curl -LsSf https://astral.sh/uv/install.sh | sh && uv tool install jupyterlab";
}

async function isThere(program: string, args: string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, { args, stdout: "null", stderr: "null" }).output();
    return success;
  } catch {
    return false;
  }
}
