/** What a process took. */
export interface Watched {
  /** From its start to its end. */
  seconds: number;
  /** Of the processor, by all its threads; NaN without Linux's /proc. */
  cpuSeconds: number;
  /** Peak resident memory; NaN without Linux's /proc. */
  megabytes: number;
}

/** Milliseconds between two looks. */
const LOOK = 200;

/** Ticks of the clock in /proc, by sysconf(_SC_CLK_TCK), which is 100 on every Linux. */
const TICKS = 100;

/** Looks at a process that has just been started until it ends. */
export async function watchProcess(process: Deno.ChildProcess): Promise<Watched> {
  const start = performance.now();
  let cpuSeconds = NaN, megabytes = NaN;
  let running = true;
  const ended = process.status.finally(() => running = false);
  while (running) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LOOK))]);
    // Deno lets no program read /proc itself.
    const args = [`/proc/${process.pid}/stat`, `/proc/${process.pid}/status`];
    const { success, stdout } = await new Deno.Command("cat", { args, stderr: "null" }).output();
    if (!running || !success) continue;
    const text = new TextDecoder().decode(stdout);
    const [, peak] = /VmHWM:\s+(\d+) kB/.exec(text) ?? [];
    if (peak === undefined) continue; // it has just ended
    const [user, system] = text.slice(text.indexOf(")")).split(" ").slice(12, 14).map(Number); // proc(5): 14, 15
    cpuSeconds = (user + system) / TICKS;
    megabytes = Number(peak) / 1000;
  }
  const { code } = await ended;
  if (code !== 0) throw new Error(`the process ended with ${code}`);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds, megabytes };
}
