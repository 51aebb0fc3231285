import { z } from "zod";
import { basename } from "node:path";
import { defineDataset, type FoundRow, type FoundRows } from "../define_dataset.ts";
import { ageAndSex } from "../files/cells.ts";
import { type DatasetFiles, eachOf, lonelySubject, stemOf } from "../files/dataset_files.ts";
import type { PassedOver } from "../manifest.ts";

const EVENTS = ["Normal", "Rhonchi", "Wheeze", "Stridor", "Coarse Crackle", "Fine Crackle", "Wheeze+Crackle"];
const RECORDS = ["Normal", "Poor Quality", "CAS", "DAS", "CAS & DAS"];

const HOME = "https://github.com/SJTU-YONGFU-RESEARCH-GRP/SPRSound";

/** Children's lungs, annotated event by event and recording by recording. */
export const sprsound = defineDataset({
  name: "sprsound",
  title: "SPRSound: Open-Source SJTU Paediatric Respiratory Sound Database",
  sound: "lung",
  licence: "CC BY 4.0",
  citation: "Zhang Q, Zhang J, Yuan J, et al. SPRSound: Open-Source SJTU Paediatric Respiratory Sound Database. " +
    "IEEE Trans Biomed Circuits Syst 2022;16(5):867-881. doi:10.1109/TBCAS.2022.3204910",
  home: HOME,
  tasks: {
    "events-2": { classes: ["Normal", "Adventitious"], about: "Task 1-1: is an event's sound adventitious?" },
    "events-7": { classes: EVENTS, about: "Task 1-2: which of seven sounds is an event?" },
    "records-3": {
      classes: ["Normal", "Poor Quality", "Adventitious"],
      about: "Task 2-1: does a recording hold adventitious sounds, or can't it be judged?",
    },
    "records-5": {
      classes: RECORDS,
      about: "Task 2-2: does a recording hold continuous (CAS) or discontinuous (DAS) sounds, both, or none?",
    },
  },
  subjectKey: "first part of the file name, the patient's number",
  parts: ["train", "inter", "intra", "test2023", "test2024", "test2025"],
  traps: [
    "48 WAV headers of the training part give a block alignment of 4 for 16-bit mono; the frame size is 2 bytes",
    "41279835_14.1_0_p1_2945 and 41279835_14.1_0_p1_2050 are the same recording, one in the training part, one in a test part",
    "patients of the intra test are in the training part too: only the inter test is of other children",
    "the tests of 2024 and 2025 are annotated by event alone, and some of their files name no patient (_5.3_0_p8_34877)",
    "an event's length alone tells Normal from Adventitious with a Score of .78",
  ],
  source: { files: [{ url: `${HOME}/archive/refs/heads/main.zip`, path: "main.zip", strip: 1 }] },
  read,
});

// The makers' README calls the first key recording_annotation; the releases since 2024 have none.
const Milliseconds = z.union([z.number(), z.string().regex(/^\s*\d+(\.\d+)?\s*$/)]).transform(Number);
const Annotation = z.object({
  record_annotation: z.string().optional(),
  recording_annotation: z.string().optional(),
  event_annotation: z.array(z.object({ start: Milliseconds, end: Milliseconds, type: z.string() })),
});

/** A recording with its annotation. */
type Annotated = { json: string; row: Omit<FoundRow, "label">; annotation: z.infer<typeof Annotation> };

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const jsons = files.paths.filter((path) => path.endsWith(".json") && path !== "SOURCE.json");
  const found = await eachOf(jsons, async (json) => {
    const annotated = await annotatedRecording(files, json);
    if ("reason" in annotated) return { rows: [annotated], events: [] };
    const { row: { recording }, annotation } = annotated;
    const events = annotation.event_annotation.map(({ start, end, type }) => (
      { recording, start: start / 1000, end: end / 1000, label: type }
    ));
    return { rows: task.startsWith("events") ? eventRows(annotated, task) : [recordRow(annotated, task)], events };
  });
  const annotated = new Set(jsons.map((json) => findRecording(files, json)));
  return {
    rows: found.flatMap(({ rows }) => rows),
    events: found.flatMap(({ events }) => events),
    others: (path) => annotated.has(path) ? "its .json has no row for it" : "there is no .json of this name",
  };
}

function eventRows({ json, row, annotation }: Annotated, task: string): (FoundRow | PassedOver)[] {
  const { event_annotation: events } = annotation;
  if (events.length === 0) return [{ path: row.recording, reason: "has no event" }];
  return events.map(({ start, end, type }) => {
    const label = task === "events-7" || type === "Normal" ? type : "Adventitious";
    if (EVENTS.includes(type) && end > start && start >= 0) {
      return { ...row, start: start / 1000, end: end / 1000, label };
    }
    const reason = `an event of type "${type}" from ${start} to ${end} ms is none of the task's`;
    return { path: json, reason, mislabelled: true };
  });
}

function recordRow({ json, row, annotation }: Annotated, task: string): FoundRow | PassedOver {
  const label = annotation.record_annotation ?? annotation.recording_annotation;
  if (label === undefined) return { path: json, reason: "labels events alone, not the recording" };
  const kept = task === "records-5" || label === "Normal" || label === "Poor Quality";
  if (RECORDS.includes(label)) return { ...row, label: kept ? label : "Adventitious" };
  return { path: json, reason: `the label "${label}" is none of the task's`, mislabelled: true };
}

/** A JSON file with the recording of its name. */
async function annotatedRecording(files: DatasetFiles, json: string): Promise<Annotated | PassedOver> {
  const part = partOf(json);
  if (part === undefined) return { path: json, reason: "lies in a folder that is no part of SPRSound" };
  const recording = findRecording(files, json);
  if (recording === undefined) return { path: json, reason: "there is no .wav or .flac of this name" };
  const { success, data: annotation } = Annotation.safeParse(parseJson(await files.text(json)));
  if (success) return { json, row: { recording, part, ...fromName(recording) }, annotation };
  return { path: json, reason: "isn't an annotation with event_annotation (start and end in ms)" };
}

/** By the folder: `train2022_json`, `inter_test_json`, `intra_test_json`, `test2023_json` and later. */
function partOf(json: string): string | undefined {
  const parents = json.split("/").slice(0, -1).reverse();
  const [name] = parents.flatMap((parent) => parent.match(/train|inter|intra|202[345]/)?.[0] ?? []);
  return name?.startsWith("202") ? `test${name}` : name;
}

/** The recording beside the JSON's folder: `train2022_wav` for `train2022_json`; else any of that name. */
function findRecording(files: DatasetFiles, json: string): string | undefined {
  const stem = basename(json, ".json"), year = json.match(/(train|test)(\d{4})_json/);
  const beside = year && files.recording(stem, `${json.slice(0, year.index)}${year[1]}${year[2]}_wav`);
  return beside ?? files.recording(stem);
}

/** `patient_age_sex_site_id`: years, 0 male or 1 female, p1 to p8; `_age_…` where the patient isn't told. */
function fromName(recording: string) {
  const [patient, age, sex, site = "unknown"] = stemOf(recording).split("_");
  return { subject: patient || lonelySubject(recording), source: site, attributes: { ...ageAndSex(age, sex), site } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
