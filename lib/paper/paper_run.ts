import { readRunFiles, type ReportView, reportView, runSettings } from "../report/mod.ts";
import { type NetworkLayer, networkLayers } from "./network_layers.ts";
import type { Run } from "../runs/mod.ts";

/** A run as a paper tells of it. */
export interface PaperRun extends ReportView {
  /** What it is called: the title of its experiment and, where several share that, what sets it apart. */
  label: string;
  /** The same as part of a file's name: `"heart-cinc2016"`. */
  slug: string;
  /** Of its first network; `null` where the bundle is missing. */
  network: NetworkLayer[] | null;
}

/** Reads the runs of a paper; what is missing or damaged is `null` there and named in its `problems`. */
export async function readPaperRuns(
  runs: readonly Run[],
  { read }: { read?: (done: number) => void } = {},
): Promise<PaperRun[]> {
  const views: Omit<PaperRun, "label" | "slug">[] = [];
  for (const [i, run] of runs.entries()) {
    const view = reportView(await readRunFiles(run.folder), "everything");
    const network = view.run.bundle && await networkLayers(run).catch((error: Error) => {
      view.run.problems.push({ file: "model/", problem: error.message });
      return null;
    });
    views.push({ ...view, network });
    read?.(i + 1);
  }
  const labels = labelsOf(views);
  const slugs = views.map(({ run }) => (run.config?.name ?? "run").replaceAll(/[^\w-]+/g, "-"));
  return views.map((view, i) => {
    const alone = slugs.filter((slug) => slug === slugs[i]).length === 1;
    return { ...view, label: labels[i], slug: alone ? slugs[i] : `${slugs[i]}-${i + 1}` };
  });
}

/** Titles, with the settings that the runs of one title differ in. */
function labelsOf(views: readonly ReportView[]): string[] {
  const titles = views.map(({ run }) => run.config?.title ?? "A run without config.json");
  const settings = views.map(({ run }) => run.config ? runSettings(run.config) : {});
  return titles.map((title, i) => {
    const same = settings.filter((_, j) => titles[j] === title);
    if (same.length === 1) return title;
    const keys = [...new Set(same.flatMap((one) => Object.keys(one)))];
    const apart = keys.filter((key) => new Set(same.map((one) => one[key])).size > 1);
    const said = apart.map((key) => `${key} ${settings[i][key] ?? "none"}`);
    const label = said.length > 0 ? `${title} (${said.join(", ")})` : title;
    const earlier = titles.slice(0, i).filter((other, j) =>
      other === title && JSON.stringify(settings[j]) === JSON.stringify(settings[i])
    ).length;
    return earlier > 0 ? `${label}, run ${earlier + 1}` : label;
  });
}
