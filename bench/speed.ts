import process from "node:process";
import type { BenchRow } from "./bench_row.ts";

/** Examples a second of the clock, and a second of the processor, which other programs on the machine don't change. */
export interface Speed {
  perSecond: number;
  perCpuSecond: number;
}

/** What a peer script answers. */
export interface PeerSpeed extends Speed {
  version: string;
}

/** Repeats `step`, which goes through `count` examples, for so many seconds; the speed of its median repetition. */
export async function speedOf(count: number, seconds: number, step: () => Promise<unknown>): Promise<Speed> {
  for (let warm = 0; warm < 3; warm++) await step();
  const times: number[] = [], cpuTimes: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end || times.length < 3) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await step();
    times.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(cpu);
    cpuTimes.push((user + system) / 1e6);
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
  return { perSecond: count / median(times), perCpuSecond: count / median(cpuTimes) };
}

/** What a script of bench/peers answers, or nothing where its library isn't installed in that Python. */
export async function peerSpeed(
  python: string | undefined,
  { script, library, args }: { script: string; library: string; args: string[] },
): Promise<PeerSpeed | undefined> {
  if (!python) return undefined;
  const path = new URL(`./peers/${script}`, import.meta.url).pathname;
  const { success } = await new Deno.Command(python, { args: ["-c", `import ${library}`], stderr: "null" }).output();
  if (!success) return undefined;
  const { stdout, stderr, success: ran } = await new Deno.Command(python, { args: [path, ...args] }).output();
  if (!ran) throw new Error(`${python} ${path} ${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

/** The faster of two rounds: what else runs on the machine only ever slows down. */
export function faster<Kind extends Speed>(a: Kind | undefined, b: Kind | undefined): Kind | undefined {
  if (!a || !b) return a ?? b;
  const perSecond = Math.max(a.perSecond, b.perSecond);
  return { ...a, perSecond, perCpuSecond: Math.max(a.perCpuSecond, b.perCpuSecond) };
}

/** One row by the clock, and with one thread one by the processor's time. */
export function speedRows(
  what: Pick<BenchRow, "bench" | "model" | "setting" | "threads">,
  ours: Speed,
  { peer, theirs }: { peer: string | null; theirs: PeerSpeed | undefined },
): BenchRow[] {
  const name = theirs && peer ? `${peer} ${theirs.version}` : peer;
  const row = (key: keyof Speed, unit: string): BenchRow => ({
    ...what,
    peer: name,
    ours: ours[key],
    theirs: theirs ? theirs[key] : null,
    ratio: theirs ? ours[key] / theirs[key] : null,
    unit,
  });
  const rows = [row("perSecond", "examples/s")];
  return what.threads === 1 ? [...rows, row("perCpuSecond", "examples/CPU s")] : rows;
}
