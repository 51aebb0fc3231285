// Prints the peak memory, MB, of a process that extracts features: memory_process.ts FOLDER HOURS WORKERS
// FOLDER holds recordings of ten minutes, 0.wav to 5.wav; all others are links to them.
import { openFeatureStore } from "../../lib/features/mod.ts";

const [folder, hours, workers] = [Deno.args[0], Number(Deno.args[1]), Number(Deno.args[2])];
const items = [];
for (let i = 0; i < 6 * hours; i++) {
  const path = `${folder}/link-${i}.wav`;
  await Deno.symlink(`${folder}/${i % 6}.wav`, path);
  items.push({ path, start: 0, end: 600 });
}
const input = { preset: "respirenet", seconds: 2.56, padding: "zero" } as const;
const store = await openFeatureStore(items, input, { cacheFolder: `${folder}/cache`, workers, onNotice: () => {} });
store.close();
const status = await Deno.readTextFile("/proc/self/status"); // Linux: the peak of all threads, memory of WebAssembly included
console.log(Number(status.match(/VmHWM:\s+(\d+) kB/)![1]) / 1000);
