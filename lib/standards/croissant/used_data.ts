import { isOwnData, loadDataset, type LoadDatasetOptions, type ManifestRow } from "../../datasets/mod.ts";
import { fileInside, hashBytes } from "../../files/mod.ts";
import type { RunFiles } from "../../report/mod.ts";
import { type RunConfig, type RunData, runIn, type SoundHash } from "../../runs/mod.ts";
import { rowKey } from "../../splits/mod.ts";

/** The data of a run as rows. */
export interface UsedData {
  /** `sha256` of the file is `""` where it isn't here; `sound` is that of its samples. */
  recordings: { recording: string; subject: string; sha256: string; sound: string }[];
  items: { recording: string; start: number; end: number; label: string; source: string; visit: string }[];
  sides: { fold: number; seed: number; recording: string; split: string }[];
  /** What isn't there. */
  note: string;
}

const LARGEST = 2e9; // no recording comes near it, bytes

/** The recordings of a run with their hashes, its labelled items, and the side of each recording in every training. */
export async function usedData(
  run: RunFiles,
  { config, data }: { config: RunConfig; data: RunData },
): Promise<UsedData> {
  const sounds = await runIn(run.folder).sounds().catch((): SoundHash[] => []);
  const { items, whole, folder } = await labelledItems(run, config, new Set(sounds.map(({ recording }) => recording)));
  // Own recordings: their names, and those of patients, are nobody's but the user's.
  const own = isOwnData({ ...config.experiment.dataset, name: data.dataset });
  const subjects = new Map(
    [...new Set(sounds.map(({ subject }) => subject))].map((name, i) => [name, `subject ${i + 1}`]),
  );
  const visits = [...new Set(items.map(({ visit }) => visit))];
  const hashes = new Map(sounds.map(({ recording, sound }) => [recording, sound]));
  const named = (recording: string) => own ? (hashes.get(recording) ?? hashBytes(recording)).slice(0, 16) : recording;
  const recordings = [];
  for (const { recording, subject, sound } of sounds) {
    const sha256 = folder === undefined ? "" : await fileHash(folder, recording);
    recordings.push({ recording: named(recording), subject: own ? subjects.get(subject)! : subject, sha256, sound });
  }
  const sides = (run.splits ?? []).flatMap(({ fold, seed, ...lists }) =>
    (["train", "validation", "test"] as const).flatMap((split) => {
      const those = new Set(lists[split]);
      return sounds.filter(({ subject, recording }) => those.has(subject) || those.has(`recording:${recording}`))
        .map(({ recording }) => ({ fold, seed, recording: named(recording), split }));
    })
  );
  return {
    recordings,
    items: items.map((item) => ({
      ...item,
      recording: named(item.recording),
      visit: own && item.visit !== "" ? `visit ${visits.indexOf(item.visit) + 1}` : item.visit,
    })),
    sides,
    note: whole
      ? "Items are all rows of these recordings."
      : "The data's folder is not here: items are those that were judged, without the training part's.",
  };
}

async function labelledItems(run: RunFiles, { dataFolder, experiment }: RunConfig, used: ReadonlySet<string>) {
  type Asked = Pick<LoadDatasetOptions, "task" | "columns" | "join"> & { name: string };
  const { name, task, columns, join } = experiment.dataset as unknown as Asked;
  try {
    const { rows, folder } = await loadDataset(name, { folder: dataFolder, task, columns, join, parts: "all" });
    const items = rows.filter(({ recording }) => used.has(recording)).map(item);
    if (items.length > 0) return { items, whole: true, folder };
  } catch {
    // Moved, removed, or of a module that isn't known here: what was judged is in the run.
  }
  const items = new Map((run.predictions?.predictions ?? []).map((row) => [rowKey(row), item(row)]));
  return { items: [...items.values()], whole: false, folder: undefined };
}

function item({ recording, start, end, label, source, visit = "" }: Omit<ManifestRow, "part" | "attributes">) {
  return { recording, start, end, label, source, visit };
}

async function fileHash(folder: string, recording: string): Promise<string> {
  const path = await fileInside(folder, recording, { maxBytes: LARGEST }).catch(() => undefined);
  return path === undefined ? "" : hashBytes(await Deno.readFile(path));
}
