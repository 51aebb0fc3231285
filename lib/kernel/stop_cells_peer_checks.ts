import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { peerCheck } from "../testing/mod.ts";
import type { StoppedCell } from "./fixtures/stop_cells.ts";

// Stops at random moments: of loops, awaits, programs and large heaps, on one core and on two.

/** More by `KERNEL_STOPS=1000`. */
const STOPS = Number(Deno.env.get("KERNEL_STOPS") ?? 200);
const program = fileURLToPath(new URL("./fixtures/stop_cells.ts", import.meta.url));

/** Runs half of the stops in a process of its own, which may use these cores. */
async function stopCells(cores: string, seed: number): Promise<StoppedCell[]> {
  const args = ["-c", cores, "deno", "run", "--allow-all", "--no-check", program, `${seed}`, `${STOPS / 2}`];
  const { stdout } = await new Deno.Command("taskset", { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
}

/** A line for each kind of cell. */
function table(stops: StoppedCell[]): string {
  const rows = [...Map.groupBy(stops, ({ kind }) => kind)].toSorted().map(([kind, cells]) => {
    const times = cells.filter(({ cell }) => cell === "stopped").map(({ ms }) => ms).toSorted((a, b) => a - b);
    const [median, slowest] = [times[times.length >> 1] ?? NaN, times.at(-1) ?? NaN].map((ms) => ms.toFixed(0));
    const hangs = cells.filter(({ cell }) => cell === "hangs").length;
    const wrong = cells.filter((cell) => cell.wrong.length > 0).length;
    return [kind, cells.length, times.length, median, slowest, hangs, wrong];
  });
  const lines = [["what is stopped", "stops", "stopped", "median ms", "slowest ms", "hangs", "others hit"], ...rows];
  const [first, ...rest] = lines.map(([kind, ...cells]) =>
    [String(kind).padEnd(52), ...cells.map((cell) => String(cell).padStart(10))].join(" ")
  );
  return [first, ...rest].join("\n");
}

peerCheck(
  `of ${STOPS} stops at random moments each ends its own cell and nothing else`,
  { programs: ["deno", "taskset", "ps", "sh", "sleep"] },
  async () => {
    const stops = (await Promise.all([stopCells("0", 1), stopCells("0,1", 2)])).flat();
    console.log(table(stops));
    expect(stops.filter(({ cell, wrong }) => wrong.length > 0 || !["stopped", "ended"].includes(cell))).toEqual([]);
    expect(stops).toHaveLength(STOPS);
  },
);
