import { z } from "zod";
import { basename } from "node:path";
import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, stemOf } from "../files/dataset_files.ts";
import { eachOf } from "../files/each_of.ts";
import type { AnnotatedEvent, ManifestRow, PassedOver } from "../manifest.ts";
import { wholeRecordings } from "../files/whole_recordings.ts";

const EVENTS = ["Normal", "Rhonchi", "Wheeze", "Stridor", "Coarse Crackle", "Fine Crackle", "Wheeze+Crackle"];
const RECORDS = ["Normal", "Poor Quality", "CAS", "DAS", "CAS & DAS"];

/** Children's lungs, annotated event by event and recording by recording. */
export const sprsound: DatasetDefinition = {
  info: {
    name: "sprsound",
    title: "SPRSound: Open-Source SJTU Paediatric Respiratory Sound Database",
    sound: "lung",
    licence: "CC BY 4.0",
    citation: "Zhang Q, Zhang J, Yuan J, et al. SPRSound: Open-Source SJTU Paediatric Respiratory Sound Database. " +
      "IEEE Trans Biomed Circuits Syst 2022;16(5):867-881. doi:10.1109/TBCAS.2022.3204910",
    home: "https://github.com/SJTU-YONGFU-RESEARCH-GRP/SPRSound",
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
    parts: ["train", "inter", "intra", "test2023"],
    traps: [
      "48 WAV headers of the training part give a block alignment of 4 for 16-bit mono; the frame size is 2 bytes",
      "41279835_14.1_0_p1_2945 and 41279835_14.1_0_p1_2050 are the same recording, one in the training part, one in a test part",
      "patients of the intra test are in the training part too: only the inter test is of other children",
      "an event's length alone tells Normal from Adventitious with a Score of .78",
    ],
  },
  read,
};

const Annotation = z.object({
  record_annotation: z.string(),
  event_annotation: z.array(z.object({ start: z.coerce.number(), end: z.coerce.number(), type: z.string() })),
});

/** A recording with its annotation. */
interface Annotated {
  json: string;
  row: Omit<ManifestRow, "start" | "end" | "label">;
  annotation: z.infer<typeof Annotation>;
}

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const passedOver: PassedOver[] = [];
  const annotated = await annotatedRecordings(files, passedOver);
  const events = annotated.flatMap(({ row, annotation }) =>
    annotation.event_annotation.map(({ start, end, type }): AnnotatedEvent => (
      { recording: row.recording, start: start / 1000, end: end / 1000, label: type }
    ))
  );
  const { rows, passedOver: unread } = task.startsWith("events")
    ? eventRows(annotated, task)
    : await recordRows(files, annotated, task);
  return { rows, events, passedOver: [...passedOver, ...unread] };
}

function eventRows(annotated: readonly Annotated[], task: string) {
  const passedOver: PassedOver[] = [];
  const rows = annotated.flatMap(({ json, row, annotation }) => {
    if (annotation.event_annotation.length === 0) passedOver.push({ path: row.recording, reason: "has no event" });
    return annotation.event_annotation.flatMap(({ start, end, type }): ManifestRow[] => {
      if (!EVENTS.includes(type) || !(end > start && start >= 0)) {
        const reason = `an event of type "${type}" from ${start} to ${end} ms is none of the task's`;
        passedOver.push({ path: json, reason, mislabelled: true });
        return [];
      }
      const label = task === "events-7" || type === "Normal" ? type : "Adventitious";
      return [{ ...row, start: start / 1000, end: end / 1000, label }];
    });
  });
  return { rows, passedOver };
}

async function recordRows(files: DatasetFiles, annotated: readonly Annotated[], task: string) {
  const known = annotated.filter(({ annotation }) => RECORDS.includes(annotation.record_annotation));
  const passedOver = annotated.filter((item) => !known.includes(item)).map(({ json, annotation }) => ({
    path: json,
    reason: `the label "${annotation.record_annotation}" is none of the task's`,
    mislabelled: true as const,
  }));
  const whole = await wholeRecordings(
    files,
    known.map(({ row, annotation: { record_annotation: label } }) => ({
      ...row,
      label: task === "records-5" || label === "Normal" || label === "Poor Quality" ? label : "Adventitious",
    })),
  );
  return { rows: whole.rows, passedOver: [...passedOver, ...whole.passedOver] };
}

/** Joins each JSON file with the recording of its name. */
async function annotatedRecordings(files: DatasetFiles, passedOver: PassedOver[]): Promise<Annotated[]> {
  const used = new Set<string>();
  const annotated = await eachOf(
    files.paths.filter((path) => path.endsWith(".json") && path !== "SOURCE.json"),
    async (json) => {
      const part = partOf(json);
      if (part === undefined) return skip(json, "lies in a folder that is no part of SPRSound");
      const recording = findRecording(files, json);
      if (recording === undefined) return skip(json, "there is no .wav or .flac of this name");
      used.add(recording);
      const annotation = Annotation.safeParse(parseJson(await files.text(json)));
      if (!annotation.success) return skip(json, "isn't an annotation with record_annotation and event_annotation");
      return [{ json, row: { recording, part, ...fromName(stemOf(recording)) }, annotation: annotation.data }];
    },
  );
  for (const path of files.recordings) if (!used.has(path)) skip(path, "there is no .json of this name");
  return annotated.flat();

  function skip(path: string, reason: string): [] {
    passedOver.push({ path, reason });
    return [];
  }
}

/** By the folder: `train2022_json`, `inter_test_json`, `intra_test_json`, `test2023_json`. */
function partOf(json: string): string | undefined {
  const parents = json.split("/").slice(0, -1).reverse();
  const parent = parents.find((name) => /train|inter|intra|2023/.test(name));
  return ["train", "inter", "intra"].find((part) => parent?.includes(part)) ?? (parent ? "test2023" : undefined);
}

/** The recording beside the JSON's folder: `train2022_wav` for `train2022_json`; else any of that name. */
function findRecording(files: DatasetFiles, json: string): string | undefined {
  const stem = basename(json, ".json");
  const year = json.match(/(train|test)(\d{4})_json/);
  const beside = year && files.recordings.length > 0
    ? files.recording(stem, `${json.slice(0, year.index)}${year[1]}${year[2]}_wav`)
    : undefined;
  return beside ?? files.recording(stem);
}

/** `patient_age_sex_site_id`: years, 0 male or 1 female, p1 to p4. */
function fromName(stem: string): Pick<ManifestRow, "subject" | "source" | "attributes"> {
  const [patient, age, sex, site = "unknown"] = stem.split("_");
  const sexName = { "0": "male", "1": "female" }[sex];
  return {
    subject: patient,
    source: site,
    attributes: {
      ...(age && Number.isFinite(Number(age)) ? { age: Number(age) } : {}),
      ...(sexName ? { sex: sexName } : {}),
      site,
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
