import { UsageError } from "../../errors/mod.ts";
import { BASE, type ExperimentDescription } from "../../experiment/mod.ts";
import { join } from "node:path";
import { hashBytes } from "../../files/mod.ts";
import { type AblationRun, findRuns } from "../../report/mod.ts";
import { type Run, runIn } from "../../runs/mod.ts";

const RANDOM = "from random weights", UNTAUGHT = ["initial.layers=[]"];

/** An experiment whose space is the choice of what is taken away. */
export interface Ablated {
  description: ExperimentDescription;
  /** How many settings there are, the base among them. */
  settings: number;
}

/**
 * The experiment with the points of a learning curve among its ablations.
 *
 * @param percent Of the training subjects: `[25, 50, 75]`; all of them is the base.
 * @param options `begins`: it begins with the weights of a run, and each point, the base too, has a twin that doesn't.
 * @throws {UsageError} where there is nothing to train beside the base.
 */
export function ablated(
  description: ExperimentDescription,
  percent: readonly number[],
  { begins = false }: { begins?: boolean } = {},
): Ablated {
  const wrong = percent.find((one) => !(one > 0 && one < 100));
  if (wrong !== undefined) {
    throw new UsageError({ expected: "shares between 0 and 100 %", found: `${wrong}`, where: "--shares" });
  }
  const curve = percent.map((one) => ({
    name: `${one} % of the subjects`,
    changes: [`training.subjectShare=${one / 100}`],
  }));
  const ablations = {
    ...description.ablations,
    ...Object.fromEntries(curve.map(({ name, changes }) => [name, changes])),
  };
  if (begins) {
    for (const { name, changes } of curve) ablations[`${name}, ${RANDOM}`] = [...changes, ...UNTAUGHT];
    ablations[RANDOM] = UNTAUGHT;
  }
  const choices = [BASE, ...Object.keys(ablations)];
  if (choices.length === 1) {
    const expected = "an experiment with ablations, or shares of its subjects";
    const remedy = 'add ablations: { "no mixup": ["training.augment.3.probability=0"] } to its file';
    throw new UsageError({ expected, found: "neither", where: description.name, remedy });
  }
  const space = { ablation: { kind: "categorical" as const, choices } };
  return { description: { ...description, ablations, space }, settings: choices.length };
}

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
