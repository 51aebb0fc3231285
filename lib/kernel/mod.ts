/**
 * A Jupyter kernel for Deno that keeps the promises of the Jupyter protocol.
 *
 * Deno's own kernel answers a cell before its outputs are out, so that they are lost or land under another cell, and
 * dies when it is stopped. Here it runs as a child of a proxy: {@linkcode startKernelSession} holds each cell until its
 * last output and stops cells without losing the kernel's state; {@linkcode serveKernel} offers such a session to
 * JupyterLab, VS Code and every other front end.
 *
 * @example The place of the kernelspec
 * ```ts
 * import { expect } from "expect";
 * import { kernelFolder } from "./mod.ts";
 * expect(kernelFolder({ prefix: "/venv" })).toBe("/venv/share/jupyter/kernels");
 * ```
 *
 * @module
 */
export type { CellOutput } from "./fenced_kernel.ts";
export { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";
export * from "./install_kernel.ts";
export * from "./kernel_proxy.ts";
export * from "./kernel_session.ts";
