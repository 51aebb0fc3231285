import { expect } from "expect";
import { AuscultError } from "../errors/mod.ts";
import { holdRun } from "./open_run.ts";
import { runIn } from "./run.ts";

Deno.test("a run is trained in by one process at a time", async () => {
  const run = runIn(await Deno.makeTempDir());
  try {
    const held = await holdRun(run);
    await expect(holdRun(run)).rejects.toThrow(AuscultError);
    await held.release();
    expect(await Array.fromAsync(Deno.readDir(run.folder))).toEqual([]);
    await (await holdRun(run)).release();
  } finally {
    await Deno.remove(run.folder, { recursive: true });
  }
});
