import { expect } from "expect";
import { join } from "node:path";
import { parseConnectionInfo } from "./connection_info.ts";
import { installKernel, kernelFolder } from "./install_kernel.ts";
import { requireDeno } from "./child_kernel.ts";

const env = (values: Record<string, string>) => (name: string) => values[name];

Deno.test("kernelFolder() is where Jupyter looks on Linux, macOS and Windows", () => {
  // jupyter_core 5.9 jupyter_data_dir()
  const home = { HOME: "/home/ann" };
  expect(kernelFolder({ os: "linux", env: env(home) })).toBe("/home/ann/.local/share/jupyter/kernels");
  expect(kernelFolder({ os: "linux", env: env({ ...home, XDG_DATA_HOME: "/x" }) })).toBe("/x/jupyter/kernels");
  expect(kernelFolder({ os: "darwin", env: env(home) })).toBe("/home/ann/Library/Jupyter/kernels");
  expect(kernelFolder({ os: "windows", env: env({ APPDATA: "/ann/Roaming" }) })).toBe("/ann/Roaming/jupyter/kernels");
  expect(kernelFolder({ os: "linux", env: env({ ...home, JUPYTER_DATA_DIR: "/data" }) })).toBe("/data/kernels");
});

Deno.test("installKernel() writes a kernelspec that is stopped by messages, and takes it away", async () => {
  const prefix = await Deno.makeTempDir();
  const kernel = { name: "cells", displayName: "Cells", displays: import.meta.url };
  const folder = await installKernel(kernel, { prefix });
  expect(folder).toBe(join(prefix, "share/jupyter/kernels/cells"));
  const spec = JSON.parse(await Deno.readTextFile(join(folder, "kernel.json")));
  expect(spec).toMatchObject({ display_name: "Cells", language: "typescript", interrupt_mode: "message" });
  const [config, program, connection, displays] = spec.argv.slice(-4);
  for (const file of [config, program]) expect(await Deno.stat(file)).toMatchObject({ isFile: true });
  expect([connection, displays]).toEqual(["{connection_file}", import.meta.url]);
  await installKernel(kernel, { prefix, uninstall: true });
  await expect(Deno.stat(folder)).rejects.toThrow(Deno.errors.NotFound);
  await expect(installKernel(kernel, { prefix, uninstall: true })).rejects.toThrow(Deno.errors.NotFound);
  await Deno.remove(prefix, { recursive: true });
});

Deno.test("requireDeno() says which version is needed", () => {
  for (const version of ["2.9.0", "2.9.6", "2.10.0", "3.0.0-rc.1"]) requireDeno(version);
  expect(() => requireDeno("2.8.12")).toThrow(/needs Deno 2.9.0 or newer but runs on 2.8.12: run "deno upgrade"/);
});

Deno.test("parseConnectionInfo() names what is missing or not supported", () => {
  const info = { ip: "127.0.0.1", transport: "tcp", key: "k", signature_scheme: "hmac-sha256" };
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  expect(parseConnectionInfo(JSON.stringify({ ...info, ...ports }))).toMatchObject(ports);
  const refused: [object, RegExp][] = [
    [info, /shell_port to be a port number but found undefined/],
    [{ ...info, ...ports, transport: "ipc" }, /transport tcp but found ipc/],
    [{ ...info, ...ports, signature_scheme: "hmac-md5" }, /hmac-sha256 but found hmac-md5/],
    [{ ...ports, transport: "tcp" }, /ip and key/],
  ];
  for (const [wrong, message] of refused) expect(() => parseConnectionInfo(JSON.stringify(wrong))).toThrow(message);
});
