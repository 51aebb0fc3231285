/** What answers to WebGPU on this machine. */
export interface WebgpuAdapter {
  /** As the driver calls itself. */
  name: string;
  /** Computed by the CPU (llvmpipe, SwiftShader, …): slower than the other engines. */
  software: boolean;
}

/** The graphics adapter that WebGPU would use; none where the machine or the browser has none. */
export async function webgpuAdapter(): Promise<WebgpuAdapter | undefined> {
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

/** Without a desktop Wayland's library prints "error: XDG_RUNTIME_DIR is invalid or not set" although all is well. */
function giveRuntimeFolder(): void {
  if (typeof Deno === "undefined" || Deno.build.os !== "linux" || Deno.env.has("XDG_RUNTIME_DIR")) return;
  Deno.env.set("XDG_RUNTIME_DIR", "/tmp");
}
