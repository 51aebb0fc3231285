import { basename, join } from "node:path";
import { type AblationResults, ablationResults } from "../../report/mod.ts";
import { trainedRuns } from "../ablate/ablated.ts";
import { figure, paired, probability, protocolName, withInterval } from "./cells.ts";

/** Columns of {@linkcode ablationRows}. */
export const ablationColumns = [
  ...["experiment and score", "setting", "protocol", "subjects", "the experiment itself", "with the setting"],
  ...["difference (95 % interval)", "p, Holm"],
];

/**
 * A row a setting of each ablation below a folder whose own experiment is complete, and a row a point of its learning curve; of
 * the latest, where two say the same.
 */
export async function ablationRows(folder: string): Promise<string[][]> {
  const studies: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) if (entry.isDirectory) studies.push(entry.name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const trained = (await Promise.all(studies.toSorted().map((study) => trainedRuns(join(folder, study)))))
    .filter((runs) => runs.length > 1)
    .toSorted(([a], [b]) => basename(b.run.folder).localeCompare(basename(a.run.folder)));
  const rows = new Map<string, string[]>();
  for (const [base, ...others] of trained) {
    for (const row of rowsOf(await ablationResults(base, others))) {
      const figure = JSON.stringify(row.slice(0, 3));
      if (!rows.has(figure)) rows.set(figure, row);
    }
  }
  return [...rows.values()];
}

function rowsOf({ config, score, unit, overSources, subjects, base, settings, curve }: AblationResults): string[][] {
  const first = `${config.name}: ${score}${overSources ? ", mean over sources" : `, by ${unit}`}`;
  const protocol = protocolName(config);
  const own = base.score ? withInterval(base.score) : "-";
  return [
    ...settings.map(({ name, difference }) => [
      ...[first, name, protocol, `${subjects}`, own, figure(difference.first)],
      ...[paired(difference), probability(difference.pHolm)],
    ]),
    ...curve.filter(({ share }) => share < 1 || curve.some(({ random }) => random)).map((point) => [
      ...[first, `${Math.round(100 * point.share)} % of the training subjects`, protocol, `${subjects}`, own],
      `${withInterval(point.score)}, from ${point.subjects} a fold`,
      ...point.random
        ? [
          `${paired(point.random.gain)} over random weights (${withInterval(point.random.score)})`,
          probability(point.random.gain.pHolm),
        ]
        : ["-", "-"],
    ]),
  ];
}
