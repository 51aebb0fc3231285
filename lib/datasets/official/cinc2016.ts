import { basename, dirname } from "node:path";
import { parseCsv } from "../../files/mod.ts";
import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, stemOf } from "../files/dataset_files.ts";
import type { ManifestRow, PassedOver } from "../manifest.ts";
import { wholeRecordings } from "../files/whole_recordings.ts";

/** Heart recordings of six databases, normal or abnormal. */
export const cinc2016: DatasetDefinition = {
  info: {
    name: "cinc2016",
    title: "PhysioNet/Computing in Cardiology Challenge 2016: Classification of Heart Sound Recordings",
    sound: "heart",
    licence: "ODC-By 1.0",
    citation: "Liu C, Springer D, Li Q, et al. An open access database for the evaluation of heart sound algorithms. " +
      "Physiol Meas 2016;37(12):2181-2213. doi:10.1088/0967-3334/37/12/2181",
    home: "https://physionet.org/content/challenge-2016/1.0.0/",
    tasks: {
      "normal-abnormal": { classes: ["normal", "abnormal"], about: "Is a heart's recording normal?" },
    },
    subjectKey: "subject_id in training-b, the part of original_record_name before S in training-a, else the record",
    parts: ["train", "validation-copies"],
    traps: [
      "validation/ holds copies of 301 training recordings: a part of its own, used only where it is asked for",
      "the share of abnormal recordings differs by sub-database (training-a 71 %, training-e 9 %), so the database's " +
      "name alone gives the label away: report leave-one-database-out as well",
      "training-d/d0018 and d0051 hold the same sound, 1.15 s apart (normalised cross-correlation .98), under two names",
      "subjects of training-c to training-f aren't known: their records count as one subject each",
    ],
  },
  read,
};

const LABELS = new Map([[1, "abnormal"], [-1, "normal"]]);
const QUALITIES = new Map([[1, "good"], [0, "poor"]]);

/** What a code of a table means, however it is written: 1, 1.0, +1; nothing where it is empty or another. */
function meaning(codes: ReadonlyMap<number, string>, code: string | undefined): string | undefined {
  return code ? codes.get(Number(code)) : undefined;
}

async function read(files: DatasetFiles): Promise<FoundRows> {
  const passedOver: PassedOver[] = [];
  const annotated = await annotatedRecords(files, passedOver);
  // Beside the recordings; annotations/updated/ holds tables of the same name.
  const folders = new Set(files.recordings.map((recording) => dirname(recording)));
  const references = files.paths.filter((path) =>
    basename(path) === "REFERENCE.csv" && (folders.has(dirname(path)) || /(^|\/)training-[a-f]\/[^/]*$/.test(path)) &&
    !/(^|\/)annotations\//.test(path)
  );
  const rows: Omit<ManifestRow, "start" | "end">[] = [];
  for (const reference of references) {
    const database = dirname(reference);
    const qualities = await qualityOf(files, database);
    const part = basename(database) === "validation" ? "validation-copies" : "train";
    for (const [name, code, flag] of fieldsOf(await files.text(reference))) {
      if (/^(record|name|file|recording)/i.test(name) && meaning(LABELS, code) === undefined) continue; // a header
      const label = meaning(LABELS, code);
      const recording = files.recording(name, database);
      if (!label) {
        passedOver.push({
          path: recording ?? `${database}/${name}`,
          reason: `the label "${code}" is neither 1 nor -1`,
          mislabelled: true,
        });
      } else if (!recording) {
        passedOver.push({ path: `${database}/${name}`, reason: "there is no .wav or .flac of this name" });
      } else {
        const source = databaseOf(name, database);
        const heard = meaning(QUALITIES, flag) ?? meaning(QUALITIES, qualities.get(name));
        const { subject = name, attributes } = annotated.get(name) ?? { attributes: {} };
        const quality: ManifestRow["attributes"] = heard ? { quality: heard } : {};
        rows.push({ recording, subject, label, source, part, attributes: { ...attributes, ...quality } });
      }
    }
  }
  const whole = await wholeRecordings(files, rows);
  const labelless = passedOver.map(({ path }) => ({ recording: path }));
  return {
    rows: whole.rows,
    events: [],
    passedOver: [...passedOver, ...whole.passedOver, ...unnamed(files, [...rows, ...labelless])],
  };
}

/** `training-a` by the name of the folder, or of the record where it lies elsewhere: `validation/a0001`. */
function databaseOf(name: string, folder: string): string {
  const letter = basename(folder).match(/^training-([a-f])$/)?.[1] ?? name.match(/^([a-f])\d+$/)?.[1];
  return letter === undefined ? "unknown" : `training-${letter}`;
}

function unnamed(files: DatasetFiles, rows: readonly { recording: string }[]): PassedOver[] {
  const named = new Set(rows.map(({ recording }) => recording));
  return files.recordings.filter((path) => !named.has(path)).map((path) => ({
    path,
    reason: "has no label in a REFERENCE.csv of its folder",
  }));
}

/** The updated annotations have the signal quality (1 good, 0 poor): `annotations/updated/training-a/REFERENCE_withSQI.csv`. */
async function qualityOf(files: DatasetFiles, database: string): Promise<Map<string, string>> {
  const name = new RegExp(`(^|/)${basename(database)}/REFERENCE[-_](with)?SQI\\.csv$`);
  const path = files.paths.find((path) => name.test(path));
  return new Map(path ? fieldsOf(await files.text(path)).map(([record, , quality]) => [record, quality]) : []);
}

/** What the annotation appendix tells of a record. */
interface Annotated {
  subject?: string;
  attributes: ManifestRow["attributes"];
}

/** By record, from the challenge's annotation appendix, whatever it is called and however its columns are written. */
async function annotatedRecords(files: DatasetFiles, passedOver: PassedOver[]): Promise<Map<string, Annotated>> {
  const records = new Map<string, Annotated>();
  for (const path of files.paths.filter((path) => /annotations\.csv$|online.?appendix[^/]*\.csv$/i.test(path))) {
    const rows = await readRows(files, path).catch((error: Error) => {
      passedOver.push({ path, reason: `can't be read, so subjects aren't known: ${error.message}` });
      return [];
    });
    for (const row of rows) {
      const column = (pattern: RegExp) => row[Object.keys(row).find((name) => pattern.test(name)) ?? ""]?.trim() ?? "";
      const record = stemOf(column(/^(challenge )?record/i));
      records.set(record, { subject: subjectOf(record, column), attributes: attributesOf(column) });
    }
  }
  return records;
}

async function readRows(files: DatasetFiles, path: string) {
  return parseCsv(await files.text(path), path);
}

function subjectOf(record: string, column: (pattern: RegExp) => string): string | undefined {
  const original = column(/original/i);
  if (record.startsWith("a") && /^C\d+S/.test(original)) return `a-${original.split("S")[0]}`;
  const subject = column(/subject/i);
  return record.startsWith("b") && subject !== "" ? `b-${subject.replace(/\.0$/, "")}` : undefined;
}

function attributesOf(column: (pattern: RegExp) => string): ManifestRow["attributes"] {
  const age = Number.parseFloat(column(/^age/i));
  const sex = column(/^(gender|sex)/i).toLowerCase();
  return {
    ...(Number.isFinite(age) ? { age } : {}),
    ...(/^[fm]/.test(sex) ? { sex: sex.startsWith("f") ? "female" : "male" } : {}),
  };
}

/** The fields of lines without a header. */
function fieldsOf(text: string): string[][] {
  return text.split(/\r?\n/).filter((line) => line.trim()).map((line) => line.split(",").map((field) => field.trim()));
}
