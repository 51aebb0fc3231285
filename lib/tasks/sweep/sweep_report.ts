import { join } from "node:path";
import { UsageError } from "../../errors/mod.ts";
import { renderSweepReport } from "../../report/sweep/mod.ts";
import { openStudy, type StudyStorage } from "../../sweep/mod.ts";
import type { NamedStudy } from "./sweep_slurm.ts";
import { checkedName } from "./sweep_study.ts";

/** Writes the page of a study again, e.g. after its winner was trained. */
export async function reportSweep({ study, out, storage: url }: NamedStudy): Promise<void> {
  const folder = join(out, checkedName(study));
  const there = await Deno.stat(folder).then(() => true, () => false);
  if (!there) {
    throw new UsageError({
      expected: "the name of a study",
      found: `"${study}"`,
      where: out,
      remedy: "deno task sweep begins one; --out names another folder of sweeps",
    });
  }
  const storage = await openStudy(study, { folder, storage: url });
  try {
    console.log(await writeSweepReport(storage, folder));
  } finally {
    await storage.close();
  }
}

/** @returns the path of the page. */
export async function writeSweepReport(storage: StudyStorage, folder: string): Promise<string> {
  const sweep = { study: storage.study, trials: await storage.trials(), notes: await storage.notes() };
  return await renderSweepReport(sweep, { folder });
}
