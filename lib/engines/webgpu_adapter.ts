import type { EngineName } from "./engine.ts";

/**
 * The graphics adapter that WebGPU would use; none where the machine or the browser has none.
 *
 * @returns Its name as the driver says it, and whether it is computed by the CPU (llvmpipe, SwiftShader, …), slower than the
 * other engines.
 */
export async function webgpuAdapter(): Promise<{ name: string; software: boolean } | undefined> {
  giveRuntimeFolder();
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (!adapter) return undefined;
  const { description, device, vendor, architecture } = adapter.info;
  const name = [description, device, architecture, vendor].find((text) => text !== "") ?? "unnamed adapter";
  // Newer than the types: the flag stood on the adapter before it went to its info.
  const flags = [adapter, adapter.info] as { isFallbackAdapter?: boolean }[];
  const software = flags.some((place) => place.isFallbackAdapter) ||
    /llvmpipe|lavapipe|swiftshader|software|basic render/i.test(`${description} ${device} ${vendor} ${architecture}`);
  return { name, software };
}

/**
 * What to know before a training on the engine of this name: that it will take very much longer than another one
 * would, since what answers to WebGPU here is no graphics card; nothing where that isn't so.
 */
export async function slowEngine(name: EngineName | "auto"): Promise<string | undefined> {
  const adapter = name.endsWith("webgpu") ? await webgpuAdapter() : undefined;
  if (!adapter?.software) return undefined;
  return `${name} was asked for, but its adapter ${adapter.name} is computed by the CPU: tens to hundreds of ` +
    "times slower than --engine ort, which is the one to take here.";
}

/** Without a desktop Wayland's library prints "error: XDG_RUNTIME_DIR is invalid or not set" although all is well. */
function giveRuntimeFolder(): void {
  if (typeof Deno === "undefined" || Deno.build.os !== "linux" || Deno.env.has("XDG_RUNTIME_DIR")) return;
  Deno.env.set("XDG_RUNTIME_DIR", "/tmp");
}
