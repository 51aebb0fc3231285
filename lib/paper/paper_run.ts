import { readRunFiles, type ReportView, reportView, runSettings } from "../report/mod.ts";
import { readNetworkFiles, type Run } from "../runs/mod.ts";
import { z } from "zod";

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

/** A layer of a network, as its file describes it. */
interface NetworkLayer {
  kind: string; // `"Conv2D"`
  settings: string; // `"16 filters of 3 × 3"`
  parameters: number; // weights, those that no training changes included
}

const layer = z.object({ class_name: z.string(), config: z.looseObject({ name: z.string() }) });
/** What goes both ways over time holds the layer that does. */
const wrapped = z.object({ layer: z.object({ config: z.record(z.string(), z.unknown()) }) });
const topology = z.object({ config: z.object({ layers: z.array(layer) }) });

/**
 * The layers of a run's first network, in order, without what only names the input.
 *
 * @throws {DataError} where the bundle or the network is missing or damaged.
 */
async function networkLayers(run: Run): Promise<NetworkLayer[]> {
  const [{ model }] = (await run.bundle()).members;
  const { topology: described, specs } = await readNetworkFiles(model, (name) => run.readBytes(`model/${name}`));
  const layers = topology.parse(described).config.layers.filter(({ class_name }) => class_name !== "InputLayer");
  return layers.map(({ class_name, config }) => ({
    kind: class_name,
    settings: settingsOf(wrapped.safeParse(config).data?.layer.config ?? config),
    parameters: specs.filter(({ name }) => name.split("/")[0] === config.name)
      .reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0),
  }));
}

/** What of a layer's description is told, and how. */
const TOLD: Record<string, (value: unknown) => string> = {
  filters: (value) => `${value} filters`,
  units: (value) => `${value} units`,
  kernel_size: (value) => `kernel ${sides(value)}`,
  pool_size: (value) => `pool ${sides(value)}`,
  strides: (value) => `stride ${sides(value)}`,
  rate: (value) => `rate ${value}`,
  activation: (value) => value === "linear" ? "" : String(value),
  use_bias: (value) => value === false ? "no bias" : "",
};

function settingsOf(config: Record<string, unknown>): string {
  return Object.entries(TOLD).filter(([key]) => config[key] !== undefined && config[key] !== null)
    .map(([key, tell]) => tell(config[key])).filter((text) => text !== "").join(", ");
}

function sides(value: unknown): string {
  return Array.isArray(value) ? value.join(" × ") : String(value);
}
