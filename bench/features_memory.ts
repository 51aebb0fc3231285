// Prints the peak memory, MB, of a process that extracts features: features_memory.ts HOURS WORKERS
import { openFeatureStore } from "../lib/features/mod.ts";
import { syntheticFolder } from "./features.ts";

const [hours, workers] = Deno.args.map(Number);
const distinct = 6; // one hour of different sound; the others are links to it
const folder = await syntheticFolder(distinct);
try {
  const items = [];
  for (let i = 0; i < 6 * hours; i++) {
    const path = `${folder}/link-${i}.wav`;
    await Deno.symlink(`${folder}/${i % distinct}.wav`, path);
    items.push({ path, start: 0, end: 600 });
  }
  const input = { preset: "respirenet", seconds: 2.56, padding: "zero" } as const;
  const store = await openFeatureStore(items, input, { cacheFolder: `${folder}/cache`, workers, onNotice: () => {} });
  store.close();
} finally {
  await Deno.remove(folder, { recursive: true });
}
const status = await Deno.readTextFile("/proc/self/status"); // Linux: the peak of all threads, memory of WebAssembly included
console.log(Number(status.match(/VmHWM:\s+(\d+) kB/)![1]) / 1000);
