import { readRunFiles, type ReportView, reportView, runSettings } from "../report/mod.ts";
import { type NetworkLayer, networkLayers } from "./network_layers.ts";
import type { Run } from "../runs/mod.ts";

/** A run as a paper tells of it. */
export interface PaperRun extends ReportView {
  /** What it is called: the title of its experiment and, where several share that, what sets it apart. */
  label: string;
  /** The same as part of a file's name: `"heart-cinc2016"`. */
  slug: string;
  /** The command line, with DATA for where the recordings lay: a path may hold a name. */
  command: string;
  /** Of its first network; `null` where the bundle is missing. */
  network: NetworkLayer[] | null;
}

/** Reads the runs of a paper; what is missing or damaged is `null` there and named in its `problems`. */
export async function readPaperRuns(runs: readonly Run[]): Promise<PaperRun[]> {
  const views: Omit<PaperRun, "label" | "slug">[] = [];
  for (const run of runs) {
    const view = reportView(await readRunFiles(run.folder), "everything");
    const network = view.run.bundle && await networkLayers(run).catch((error: Error) => {
      view.run.problems.push({ file: "model/", problem: error.message });
      return null;
    });
    const { command = "unknown", dataFolder = "" } = view.run.config ?? {};
    views.push({ ...view, network, command: dataFolder === "" ? command : command.replaceAll(dataFolder, "DATA") });
  }
  const labels = labelsOf(views);
  const slugs = views.map(({ run }) => (run.config?.name ?? "run").replaceAll(/[^\w-]+/g, "-"));
  return views.map((view, i) => {
    const alone = slugs.filter((slug) => slug === slugs[i]).length === 1;
    return { ...view, label: labels[i], slug: alone ? slugs[i] : `${slugs[i]}-${i + 1}` };
  });
}

/** Titles, each with what sets the run apart from most of that title: its ablation's name, else the settings. */
function labelsOf(views: readonly ReportView[]): string[] {
  const titles = views.map(({ run }) => run.config?.title ?? "A run without config.json");
  const settings = views.map(({ run }) => {
    if (!run.config) return {};
    // Threads are no setting of a study; the seeds of a protocol stand among all seeds.
    const { "engine.threads": _1, "evaluation.protocol.seeds": _2, ...own } = runSettings(run.config);
    return own;
  });
  const labels = titles.map((title, i) => {
    const same = settings.filter((_, j) => titles[j] === title);
    const keys = [...new Set(same.flatMap((one) => Object.keys(one)))];
    const apart = keys.filter((key) => settings[i][key] !== usual(same.map((one) => one[key])))
      .map((key) => ({ key, value: settings[i][key] ?? "none" }));
    if (apart.length === 0) return title;
    const { ablations = {} } = (views[i].run.config?.experiment ?? {}) as { ablations?: Record<string, string[]> };
    const changed = apart.map(({ key, value }) => `${key}=${value}`).toSorted().join("\n");
    const named = Object.entries(ablations).find(([, changes]) => changes.toSorted().join("\n") === changed);
    return `${title} (${named?.[0] ?? apart.map(({ key, value }) => `${key} ${value}`).join(", ")})`;
  });
  return labels.map((label, i) => {
    const earlier = labels.slice(0, i).filter((other) => other === label).length;
    return earlier > 0 ? `${label}, run ${earlier + 1}` : label;
  });
}

/** What most have; of what equally many have, what comes first. */
function usual<T>(values: readonly T[]): T {
  return [...Map.groupBy(values, (value) => value).values()].toSorted((a, b) => b.length - a.length)[0][0];
}
