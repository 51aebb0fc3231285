// Trials a second of many workers that only sleep: deno task bench --only sweep-crowd
import { inFolder, workAsCrowd } from "../lib/sweep/night_fixture.ts";
import { withPostgres } from "../lib/sweep/storage/with_postgres_fixture.ts";
import type { BenchRow } from "./bench_row.ts";

/**
 * 16 workers on a journal; 64 on PostgreSQL where the folder in `AUSCULT_TOOLS` has a `postgres-local` that starts one.
 * That no trial is lost or run twice is checked on the way.
 */
export async function sweepCrowdBench(
  { onProgress }: { onProgress?: (line: string) => void } = {},
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const crowd = (workers: number, storage?: string) =>
    inFolder(async (folder) => {
      const where = storage === undefined ? "a journal" : "PostgreSQL";
      onProgress?.(`sweep crowd: ${workers} workers on ${where}`);
      const { perSecond, ideal, options: { trials } } = await workAsCrowd({ folder, workers, storage });
      rows.push({
        ...{ bench: "sweep", model: `${workers} workers`, setting: `${where}, ${trials} trials`, threads: 4 },
        ...{ peer: "sleep alone", ours: perSecond, theirs: ideal, ratio: perSecond / ideal, unit: "trials/s" },
      });
    });
  await crowd(16);
  const tool = (name: string) => `${Deno.env.get("AUSCULT_TOOLS") ?? "tools"}/${name}`;
  const there = await Deno.stat(tool("postgres-local")).then(() => true, () => false);
  if (there) await withPostgres(tool, ({ url }) => crowd(64, url));
  else onProgress?.(`sweep crowd: no PostgreSQL, as there is no ${tool("postgres-local")}`);
  return rows;
}

if (import.meta.main) console.table(await sweepCrowdBench({ onProgress: console.error }));
