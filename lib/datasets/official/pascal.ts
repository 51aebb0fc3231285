import { basename } from "node:path";
import { parseCsv } from "../../files/mod.ts";
import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, lonelySubject, stemOf } from "../files/dataset_files.ts";
import type { AnnotatedEvent, ManifestRow, PassedOver } from "../manifest.ts";
import { wholeRecordings } from "../files/whole_recordings.ts";

/** Hearts through a telephone (set A) and a stethoscope (set B). */
export const pascal: DatasetDefinition = {
  info: {
    name: "pascal",
    title: "The PASCAL Classifying Heart Sounds Challenge 2011",
    sound: "heart",
    licence: "unclear (a mirror says CC0)",
    citation:
      "Bentley P, Nordehn G, Coimbra M, Mannor S. The PASCAL Classifying Heart Sounds Challenge 2011 Results. " +
      "http://www.peterjbentley.com/heartchallenge/index.html",
    home: "http://www.peterjbentley.com/heartchallenge/",
    tasks: {
      "set-a-4": {
        classes: ["normal", "murmur", "extrahls", "artifact"],
        about: "Set A: murmur, extra sound or no heart at all?",
      },
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
  },
  read,
};

/** What the path of a recording tells. */
interface Named {
  set: "A" | "B";
  label: string;
  noisy: boolean;
}

const CLASS = /(noisy)?_?(normal|murmur|extrahls|extrahs|artifact|extrasystole|extrastole)/;

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const passedOver: PassedOver[] = [];
  const rows = files.recordings.flatMap((recording): Omit<ManifestRow, "start" | "end">[] => {
    const named = fromPath(recording);
    const stem = stemOf(recording);
    if (typeof named === "string") return skip(recording, named);
    const { set, label, noisy } = named;
    if (task !== "murmur-2" && task !== `set-${set.toLowerCase()}-${set === "A" ? 4 : 3}`) {
      return skip(recording, `is in set ${set}`);
    }
    if (!pascal.info.tasks[task].classes.includes(label)) {
      return skip(recording, `the label "${label}" is none of the task's`);
    }
    const patient = set === "B" ? stem.match(/(?:^|_)(\d{3})_\d{10,}/)?.[1] : undefined;
    return [{
      ...{ recording, subject: patient ? `B-${patient}` : lonelySubject(recording), label },
      ...{ source: `set ${set}`, part: "train" },
      attributes: { quality: noisy ? "poor" : "good", device: set === "A" ? "telephone" : "stethoscope" },
    }];
  });
  const whole = await wholeRecordings(files, rows);
  const strangers = rows.filter(({ source }) => source === "set A").length;
  const warnings = strangers > 0
    ? [`no subject is known of the ${strangers} recordings of set A: each counts as a person of its own`]
    : [];
  return { rows: whole.rows, events: await timings(files), passedOver: [...passedOver, ...whole.passedOver], warnings };

  function skip(path: string, reason: string): [] {
    passedOver.push({ path, reason });
    return [];
  }
}

/** `Btraining_normal/Btraining_noisynormal/x.wav` as delivered, `set_b/normal_noisynormal_x.wav` in mirrors; or why not. */
function fromPath(recording: string): Named | string {
  const path = recording.toLowerCase();
  // One of the archives unpacks to "Training B Normal".
  const set = path.match(/(?:^|\/)(?:set_)?([ab])(?:training|unlabelled|_|\/)|(?:^|\/)set_([ab])\/|training ([ab]) /)
    ?.slice(1).find((letter) => letter !== undefined);
  if (set === undefined) return "lies in no folder of set A or B";
  if (path.includes("unlabelled")) return "is of the unlabelled test part";
  const label = path.match(new RegExp(`.*?${CLASS.source}`))?.[2];
  if (label === undefined) return "no class is in its path";
  const spelled: Record<string, string> = { extrahs: "extrahls", extrasystole: "extrastole" };
  return { set: set === "a" ? "A" : "B", label: spelled[label] ?? label, noisy: path.includes("noisy") };
}

/** First and second sounds of set A from `set_a_timing.csv`: the sample of 44.1 kHz at the middle of each. */
async function timings(files: DatasetFiles): Promise<AnnotatedEvent[]> {
  const path = files.paths.find((path) => basename(path).toLowerCase() === "set_a_timing.csv");
  if (path === undefined) return [];
  return parseCsv(await files.text(path), path).flatMap(({ fname, sound, location }): AnnotatedEvent[] => {
    const recording = files.recording(fname) ?? files.recording(stemOf(fname).split("__").at(-1)!);
    const middle = Number(location) / 44100;
    return recording ? [{ recording, start: Math.max(0, middle - 0.05), end: middle + 0.05, label: sound }] : [];
  });
}
