import { fileURLToPath } from "node:url";
import type { BenchRow } from "../bench_row.ts";
import type { FeaturesBenchOptions } from "../features.ts";
import { noiseFolder } from "./noise_folder.ts";

/** The most that a process holds while it extracts hours of sound on all cores. */
export async function memoryRow({ hours = 100, onProgress }: FeaturesBenchOptions): Promise<BenchRow> {
  onProgress?.(`memory while features of ${hours} hours are extracted`);
  const workers = navigator.hardwareConcurrency;
  const folder = await noiseFolder(6);
  try {
    // A process of its own: the peak of this one has other reasons.
    const script = fileURLToPath(new URL("./memory_process.ts", import.meta.url));
    const { stdout, success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", script, folder, `${hours}`, `${workers}`],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const ours = Number(new TextDecoder().decode(stdout));
    const what = { bench: "features", model: "recordings to cache", setting: `${hours} h at 4 kHz, peak memory` };
    return { ...what, threads: workers, peer: null, ours, theirs: null, ratio: null, unit: "MB" };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
