import { DataError } from "../../errors/mod.ts";
import { defineDataset, type FoundRows } from "../define_dataset.ts";
import type { DatasetFiles } from "../files/dataset_files.ts";
import type { PassedOver } from "../manifest.ts";
import { readEventsCsv, readManifestCsv } from "../files/manifest_csv.ts";

/** A task of one kind of recording: its classes, and the class of each label where that isn't the label itself. */
interface SyntheticTask {
  kind: "heart" | "lung";
  about: string;
  classes: string[];
  classOf?: (label: string) => string;
}

const HEARTS = ["normal", "AS", "MR", "MS", "AR", "MVP"];
const LUNGS = ["normal", "rhonchi", "wheeze", "stridor", "coarse crackle", "fine crackle", "wheeze+crackle"];
const LUNG_GROUPS: Record<string, string> = {
  ...{ normal: "normal", rhonchi: "continuous", wheeze: "continuous", stridor: "continuous" },
  ...{ "coarse crackle": "crackle", "fine crackle": "crackle", "wheeze+crackle": "both" },
};

const TASKS: Record<string, SyntheticTask> = {
  "murmur-2": {
    ...{ kind: "heart", about: "Does a heart's recording hold a murmur?", classes: ["healthy", "murmur"] },
    classOf: (label) => label === "normal" ? "healthy" : "murmur",
  },
  "disease-6": {
    kind: "heart",
    about: "Which valve disease is heard: stenosis or regurgitation of the aortic or mitral valve, or its prolapse?",
    classes: HEARTS,
  },
  "abnormal-2": {
    ...{ kind: "lung", about: "Does a breath hold an adventitious sound?", classes: ["normal", "abnormal"] },
    classOf: (label) => label === "normal" ? "normal" : "abnormal",
  },
  "sounds-4": {
    kind: "lung",
    about: "Does a breath hold a continuous sound (wheeze, rhonchi, stridor), crackles, or both?",
    classes: ["normal", "continuous", "crackle", "both"],
    classOf: (label) => LUNG_GROUPS[label],
  },
  "sounds-7": { kind: "lung", about: "Which sound does a breath hold, by the classes of SPRSound?", classes: LUNGS },
};

/** Made-up heart and lung sounds: what `generateSynthetic` wrote. */
export const synthetic = defineDataset({
  name: "synthetic",
  title: "Auscult's made-up heart and lung sounds",
  sound: "both",
  licence: "MIT",
  citation: "none: made by generateSynthetic() from published descriptions of the sounds, named in its source",
  home: "lib/datasets/synthetic",
  tasks: Object.fromEntries(Object.entries(TASKS).map(([name, { classes, about }]) => [name, { classes, about }])),
  subjectKey: "subject",
  parts: ["train"],
  traps: ["a good score here says that the machinery works, nothing about patients"],
  read,
});

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  if (!files.paths.includes("manifest.csv")) {
    const remedy = "generate the synthetic dataset (deno task demo does)";
    throw new DataError({ expected: "a manifest.csv", found: "none", where: files.folder, remedy });
  }
  const { kind, classes, classOf = (label) => label } = TASKS[task];
  const { lines, passedOver } = await readManifestCsv(files, "manifest.csv");
  const asked = lines.filter(({ cells }) => cells.kind === kind);
  const unusable = new Map<string, PassedOver>();
  const rows = asked.flatMap(({ row, cells }) => {
    if (cells.quality === "poor") {
      unusable.set(row.recording, { path: row.recording, reason: `nothing can be heard in it (${cells.fault})` });
      return [];
    }
    const label = classOf(row.label);
    if (classes.includes(label)) return [{ ...row, label }];
    passedOver.push({ path: row.recording, reason: `the label "${row.label}" is none of the task's` });
    return [];
  });
  const recordings = new Set(rows.map(({ recording }) => recording));
  const events = (await readEventsCsv(files, "events.csv")).filter(({ recording }) => recordings.has(recording));
  return { rows: [...rows, ...passedOver, ...unusable.values()], events, others: false };
}
