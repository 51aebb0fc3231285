import { defineDataset, filesBelow, type FoundRows } from "../define_dataset.ts";
import { type DatasetFiles, lonelySubject, stemOf } from "../files/dataset_files.ts";
import { linesOf } from "../files/cells.ts";
import type { AnnotatedEvent } from "../manifest.ts";

const SET_A = ["normal", "murmur", "extrahls", "artifact"];

/** Hearts through a telephone (set A) and a stethoscope (set B). */
export const pascal = defineDataset({
  name: "pascal",
  title: "The PASCAL Classifying Heart Sounds Challenge 2011",
  sound: "heart",
  licence: "unclear (a mirror says CC0)",
  citation: "Bentley P, Nordehn G, Coimbra M, Mannor S. The PASCAL Classifying Heart Sounds Challenge 2011 Results. " +
    "http://www.peterjbentley.com/heartchallenge/index.html",
  home: "http://www.peterjbentley.com/heartchallenge/",
  tasks: {
    "set-a-4": { classes: SET_A, about: "Set A: murmur, extra sound or no heart at all?" },
    "set-b-3": { classes: ["normal", "murmur", "extrastole"], about: "Set B: murmur or extrasystole?" },
    "murmur-2": { classes: ["normal", "murmur"], about: "Both sets: murmur or normal?" },
  },
  subjectKey: "set B: the three-digit number in the file name; set A: none is known, the recording",
  parts: ["train"],
  traps: [
    "the names in set_b.csv differ from those on disk (Btraining_normal/103_… against set_b/normal__103_…)",
    "extrasystole is spelled extrastole",
    "149 recordings of set B are noisy; the sets differ in rate (44.1 and 4 kHz) and device, which tells them apart",
    "nothing is known of the people of set A",
  ],
  source: {
    files: filesBelow("http://www.peterjbentley.com/heartchallenge/wav", [
      ...["Atraining_normal.zip", "Atraining_murmur.zip", "Atraining_extrahls.zip", "Atraining_artifact.zip"],
      ...["Btraining_normal.zip", "Btraining_murmur.zip", "Btraining_extrasystole.zip"],
    ]),
  },
  read,
});

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const rows = files.recordings.map((recording) => {
    const named = fromPath(recording);
    if (typeof named === "string") return { path: recording, reason: named };
    const { set, label, noisy } = named;
    const asked = task === "murmur-2" || task === (set === "A" ? "set-a-4" : "set-b-3");
    if (!asked) return { path: recording, reason: `is in set ${set}` };
    if (!pascal.definition.tasks[task].classes.includes(label)) {
      return { path: recording, reason: `the label "${label}" is none of the task's` };
    }
    const patient = set === "B" ? stemOf(recording).match(/(?:^|_)(\d{3})_\d{10,}/)?.[1] : undefined;
    return {
      ...{ recording, subject: patient ? `B-${patient}` : lonelySubject(recording), label, source: `set ${set}` },
      attributes: { quality: noisy ? "poor" : "good", device: set === "A" ? "telephone" : "stethoscope" },
    };
  });
  const strangers = rows.filter((row) => "source" in row && row.source === "set A").length;
  const warning = `no subject is known of the ${strangers} recordings of set A: each counts as a person of its own`;
  return { rows, events: await timings(files), warnings: strangers > 0 ? [warning] : [] };
}

/** `Btraining_normal/Btraining_noisynormal/x.wav` as delivered, `set_b/normal_noisynormal_x.wav` in mirrors; or why not. */
function fromPath(recording: string): { set: "A" | "B"; label: string; noisy: boolean } | string {
  const path = recording.toLowerCase();
  // One of the archives unpacks to "Training B Normal".
  const set = path.match(/(?:^|\/)(?:set_)?([ab])(?:training|unlabelled|_|\/)|(?:^|\/)set_([ab])\/|training ([ab]) /)
    ?.slice(1).find((letter) => letter !== undefined);
  if (set === undefined) return "lies in no folder of set A or B";
  if (path.includes("unlabelled")) return "is of the unlabelled test part";
  const [label] = path.match(/normal|murmur|extrahls|extrahs|artifact|extrasystole|extrastole/) ?? [];
  if (label === undefined) return "no class is in its path";
  const spelled: Record<string, string> = { extrahs: "extrahls", extrasystole: "extrastole" };
  return { set: set === "a" ? "A" : "B", label: spelled[label] ?? label, noisy: path.includes("noisy") };
}

/** First and second sounds of set A from `set_a_timing.csv`: the sample of 44.1 kHz at the middle of each. */
async function timings(files: DatasetFiles): Promise<AnnotatedEvent[]> {
  const lines = await linesOf(files, /(^|\/)set_a_timing\.csv$/i, { columns: ["fname", "sound", "location"] });
  return lines.flatMap(({ cells: { fname, sound, location } }): AnnotatedEvent[] => {
    const recording = files.recording(fname) ?? files.recording(stemOf(fname).split("__").at(-1)!);
    const middle = Number(location) / 44100;
    return recording ? [{ recording, start: Math.max(0, middle - 0.05), end: middle + 0.05, label: sound }] : [];
  });
}
