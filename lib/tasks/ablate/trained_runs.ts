import { join } from "node:path";
import { BASE } from "../../experiment/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { type AblationRun, findRuns } from "../../report/mod.ts";
import { type Run, runIn } from "../../runs/mod.ts";

/** Where the runs of a setting go below a study's folder, whatever letters its name has. */
export function homeOf(folder: string, setting: string): string {
  return join(folder, "runs", `${setting.replaceAll(/[^\w]+/g, "-").slice(0, 40)}-${hashBytes(setting).slice(0, 6)}`);
}

/** The complete runs of an ablation, that of the experiment itself first; none where that one isn't there. */
export async function trainedRuns(folder: string): Promise<AblationRun[]> {
  const base = await completeRun(homeOf(folder, BASE));
  if (!base) return [];
  const { ablations = {} } = (await base.config()).experiment as { ablations?: Record<string, string[]> };
  const settings = await Promise.all(
    Object.entries(ablations).map(async ([name, changes]) => {
      const run = await completeRun(homeOf(folder, name));
      return run ? [{ name, changes, run, ...pointOf(changes) }] : [];
    }),
  );
  return [{ name: BASE, changes: [], run: base }, ...settings.flat()];
}

/** What makes a setting a point of a learning curve, or the twin of one that begins at random. */
function pointOf(changes: readonly string[]): Pick<AblationRun, "share" | "random"> {
  const share = changes.find((change) => change.startsWith("training.subjectShare="))?.split("=")[1];
  return {
    ...share === undefined ? {} : { share: Number(share) },
    ...changes.includes("initial.layers=[]") ? { random: true } : {},
  };
}

async function completeRun(home: string): Promise<Run | undefined> {
  if (!await Deno.stat(home).then(({ isDirectory }) => isDirectory, () => false)) return undefined;
  const complete = (await findRuns(home)).runs.find(({ status }) => status?.state === "complete");
  return complete && runIn(join(home, complete.folder));
}
