import config from "../../deno.json" with { type: "json" };

/**
 * Where a file of one of our packages lies on this machine. A published module knows packages by their addresses alone.
 *
 * @param name By its name in `deno.json`: `"onnxruntime-node"`, `"@echogarden/pffft-wasm/simd"`.
 */
export async function packageUrl(name: string): Promise<URL> {
  const [, key, path] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(name)!;
  const address = config.imports[key as keyof typeof config.imports];
  if (!import.meta.resolve(address + path).startsWith("file:")) await import(address); // known once it was imported
  return new URL(import.meta.resolve(address + path));
}
