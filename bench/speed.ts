import process from "node:process";
import type { BenchRow } from "./bench_row.ts";
import { openPeer, type PeerScript } from "./peer_program.ts";

/** Examples a second of the clock, and a second of the processor, which other programs on the machine don't change. */
export interface Speed {
  perSecond: number;
  perCpuSecond: number;
}

/** What a peer script answers. */
export interface PeerSpeed extends Speed {
  version: string;
}

/** How long and how often is measured. */
export interface MeasureOptions {
  /** Seconds of each measurement. @default {2} */
  seconds?: number;
  /** Ours and theirs take turns so often; the best counts. @default {2} */
  rounds?: number;
}

/** A peer by the name in its rows, and the script that speaks for it. */
export interface Peer extends PeerScript {
  peer: string;
}

/** Repeats `step`, which goes through `count` examples, for so many seconds; the speed of its median repetition. */
export async function speedOf(count: number, seconds: number, step: () => Promise<unknown>): Promise<Speed> {
  return (await speedsInTurns(count, seconds, [step]))[0];
}

/** As {@linkcode speedOf}, of several steps in turns: what else runs on the machine slows down all of them. */
export async function speedsInTurns(
  count: number,
  seconds: number,
  steps: readonly (() => Promise<unknown>)[],
): Promise<Speed[]> {
  for (let warm = 0; warm < 3; warm++) for (const step of steps) await step();
  const all = steps.map((step) => ({ step, times: [] as number[], cpuTimes: [] as number[] }));
  const end = performance.now() + 1000 * seconds;
  for (let round = 0; performance.now() < end || round < 3; round++) {
    for (const { step, times, cpuTimes } of round % 2 === 0 ? all : all.toReversed()) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await step();
      times.push((performance.now() - start) / 1000);
      const { user, system } = process.cpuUsage(cpu); // of all threads
      cpuTimes.push((user + system) / 1e6);
    }
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
  return all.map(({ times, cpuTimes }) => ({
    perSecond: count / median(times),
    perCpuSecond: count / median(cpuTimes),
  }));
}

/** An own part beside the built-in one that does the same, by the clock and by the processor. */
export function ownPartRows(
  what: Pick<BenchRow, "bench" | "model" | "setting" | "threads">,
  [ours, theirs]: readonly Speed[],
  unit: string,
): BenchRow[] {
  const row = (key: keyof Speed, unit: string): BenchRow => ({
    ...what,
    ...{ peer: "the same, built in", ours: ours[key], theirs: theirs[key], ratio: ours[key] / theirs[key], unit },
  });
  return [row("perSecond", `${unit}/s`), row("perCpuSecond", `${unit}/CPU s`)];
}

/** Ours and each peer in turns, all of them loaded before the first measurement; one row by clock and by processor each. */
export async function comparedRows(
  what: Pick<BenchRow, "bench" | "model" | "setting" | "threads">,
  ours: () => Promise<Speed>,
  { python, peers, rounds = 2 }: { python?: string; peers: readonly Peer[]; rounds?: number },
): Promise<BenchRow[]> {
  const programs = await Promise.all(peers.map((peer) => openPeer(python, peer)));
  try {
    let own: Speed | undefined;
    const theirs = peers.map((): PeerSpeed | undefined => undefined);
    for (let round = 0; round < rounds; round++) {
      own = faster(own, await ours());
      for (const [i, program] of programs.entries()) {
        if (program) theirs[i] = faster(theirs[i], await program.measure<PeerSpeed>());
      }
    }
    const rows = peers.flatMap(({ peer }, i) => theirs[i] ? speedRows(what, own!, { peer, theirs: theirs[i] }) : []);
    return rows.length > 0 ? rows : speedRows(what, own!, { peer: null, theirs: undefined });
  } finally {
    await Promise.all(programs.map((program) => program?.close()));
  }
}

/** The faster of two rounds: what else runs on the machine only ever slows down. */
export function faster<Kind extends Speed>(a: Kind | undefined, b: Kind | undefined): Kind | undefined {
  if (!a || !b) return a ?? b;
  const perSecond = Math.max(a.perSecond, b.perSecond);
  return { ...a, perSecond, perCpuSecond: Math.max(a.perCpuSecond, b.perCpuSecond) };
}

/** One row by the clock, and with one thread one by the processor's time. */
function speedRows(
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
