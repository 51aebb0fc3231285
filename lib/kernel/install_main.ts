// Installs the kernel "Deno (cells)" for this user:
//
//   deno run --allow-read --allow-env --allow-write jsr:@auscult/jupyter-kernel/install [--prefix FOLDER] [--uninstall]

import { parseArgs } from "node:util";
import { installKernel } from "./install_kernel.ts";

if (import.meta.main) {
  const { values } = parseArgs({ options: { prefix: { type: "string" }, uninstall: { type: "boolean" } } });
  console.log(`${values.uninstall ? "removed" : "installed"} ${await installKernel({}, values)}`);
}
