import { basename, dirname } from "node:path";
import { defineDataset, type FoundRow, type FoundRows } from "../define_dataset.ts";
import { ageAndSex, cellOf, linesOf } from "../files/cells.ts";
import { type DatasetFiles, stemOf } from "../files/dataset_files.ts";
import type { PassedOver } from "../manifest.ts";

const PHYSIONET = "https://physionet.org/files/challenge-2016/1.0.0";

/** Heart recordings of six databases, normal or abnormal. */
export const cinc2016 = defineDataset({
  name: "cinc2016",
  title: "PhysioNet/Computing in Cardiology Challenge 2016: Classification of Heart Sound Recordings",
  sound: "heart",
  licence: "ODC-By 1.0",
  citation: "Liu C, Springer D, Li Q, et al. An open access database for the evaluation of heart sound algorithms. " +
    "Physiol Meas 2016;37(12):2181-2213. doi:10.1088/0967-3334/37/12/2181",
  home: "https://physionet.org/content/challenge-2016/1.0.0/",
  tasks: { "normal-abnormal": { classes: ["normal", "abnormal"], about: "Is a heart's recording normal?" } },
  subjectKey: "subject_id in training-b, the part of original_record_name before S in training-a, else the record",
  parts: ["train", "validation-copies"],
  traps: [
    "validation/ holds copies of 301 training recordings: a part of its own, used only where it is asked for",
    "the share of abnormal recordings differs by sub-database (training-a 71 %, training-e 9 %), so the database's " +
    "name alone gives the label away: report leave-one-database-out as well",
    "training-d/d0018 and d0051 hold the same sound, 1.15 s apart (normalised cross-correlation .98), under two names",
    "subjects of training-c to training-f aren't known: their records count as one subject each",
  ],
  source: {
    files: [
      { url: `${PHYSIONET}/training.zip`, path: "training.zip" },
      // Without the appendix every recording of training-a and training-b counts as a subject of its own; the others tell
      // the signal quality.
      ...[
        "annotations/Online_Appendix_training_set.csv",
        ...[..."abcdef"].map((letter) => `annotations/updated/training-${letter}/REFERENCE_withSQI.csv`),
      ].map((path) => ({ url: `${PHYSIONET}/${path}`, path, optional: true as const })),
    ],
    checksums: `${PHYSIONET}/SHA256SUMS.txt`,
  },
  read,
});

const LABELS = new Map([[1, "abnormal"], [-1, "normal"]]);
const QUALITIES = new Map([[1, "good"], [0, "poor"]]);

/** What a code of a table means, however it is written: 1, 1.0, +1; nothing where it is empty or another. */
function meaning(codes: ReadonlyMap<number, string>, code: string | undefined): string | undefined {
  return code ? codes.get(Number(code)) : undefined;
}

async function read(files: DatasetFiles): Promise<FoundRows> {
  const { records, unread } = await annotatedRecords(files);
  // Beside the recordings; annotations/updated/ holds tables of the same name.
  const folders = new Set(files.recordings.map((recording) => dirname(recording)));
  const references = files.paths.filter((path) =>
    basename(path) === "REFERENCE.csv" && (folders.has(dirname(path)) || /(^|\/)training-[a-f]\/[^/]*$/.test(path)) &&
    !/(^|\/)annotations\//.test(path)
  );
  const rows = await Promise.all(references.map(async (reference) => {
    const database = dirname(reference);
    const qualities = await qualityOf(files, database);
    const lines = fieldsOf(await files.text(reference)).filter(([name, code]) =>
      !/^(record|name|file|recording)/i.test(name) || meaning(LABELS, code) !== undefined // a header
    );
    return lines.map(([name, code, flag]) => {
      const label = meaning(LABELS, code), recording = files.recording(name, database);
      const path = recording ?? `${database}/${name}`;
      if (!label) return { path, reason: `the label "${code}" is neither 1 nor -1`, mislabelled: true as const };
      if (!recording) return { path, reason: "there is no .wav or .flac of this name" };
      const { subject = name, attributes } = records.get(name) ?? {};
      return {
        ...{ recording, subject, label, source: databaseOf(name, database) },
        part: basename(database) === "validation" ? "validation-copies" : "train",
        attributes: { ...attributes, quality: meaning(QUALITIES, flag) ?? meaning(QUALITIES, qualities.get(name)) },
      };
    });
  }));
  return { rows: [...unread, ...rows.flat()], others: "has no label in a REFERENCE.csv of its folder" };
}

/** `training-a` by the name of the folder, or of the record where it lies elsewhere: `validation/a0001`. */
function databaseOf(name: string, folder: string): string {
  const letter = basename(folder).match(/^training-([a-f])$/)?.[1] ?? name.match(/^([a-f])\d+$/)?.[1];
  return letter === undefined ? "unknown" : `training-${letter}`;
}

/** The updated annotations have the signal quality (1 good, 0 poor): `annotations/updated/training-a/REFERENCE_withSQI.csv`. */
async function qualityOf(files: DatasetFiles, database: string): Promise<Map<string, string>> {
  const name = new RegExp(`(^|/)${basename(database)}/REFERENCE[-_](with)?SQI\\.csv$`);
  const path = files.paths.find((path) => name.test(path));
  return new Map(path ? fieldsOf(await files.text(path)).map(([record, , quality]) => [record, quality]) : []);
}

/** What the annotation appendix tells of a record. */
type Annotated = Pick<FoundRow, "attributes"> & { subject?: string };

/** By record, from the challenge's annotation appendix, whatever it is called and however its columns are written. */
async function annotatedRecords(files: DatasetFiles) {
  const records = new Map<string, Annotated>(), unread: PassedOver[] = [];
  for (const path of files.paths.filter((path) => /annotations\.csv$|online.?appendix[^/]*\.csv$/i.test(path))) {
    const lines = await linesOf({ ...files, paths: [path] }, basename(path)).catch((error: Error) => {
      unread.push({ path, reason: `can't be read, so subjects aren't known: ${error.message}` });
      return [];
    });
    for (const { cells } of lines) {
      const record = stemOf(cellOf(cells, /^(challenge )?record/i));
      const subject = subjectOf(record, { original: cellOf(cells, /original/i), subject: cellOf(cells, /subject/i) });
      records.set(record, { subject, attributes: ageAndSex(cellOf(cells, /^age/i), cellOf(cells, /^(gender|sex)/i)) });
    }
  }
  return { records, unread };
}

function subjectOf(record: string, { original, subject }: { original: string; subject: string }): string | undefined {
  if (record.startsWith("a") && /^C\d+S/.test(original)) return `a-${original.split("S")[0]}`;
  return record.startsWith("b") && subject !== "" ? `b-${subject.replace(/\.0$/, "")}` : undefined;
}

/** The fields of lines without a header. */
function fieldsOf(text: string): string[][] {
  return text.split(/\r?\n/).filter((line) => line.trim()).map((line) => line.split(",").map((field) => field.trim()));
}
