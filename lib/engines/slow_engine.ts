import type { EngineName } from "./engine.ts";
import { webgpuAdapter } from "./webgpu_adapter.ts";

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
