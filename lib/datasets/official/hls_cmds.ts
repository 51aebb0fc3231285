import { basename, dirname } from "node:path";
import { parseCsv } from "../../files/mod.ts";
import { defineDataset, type FoundRows } from "../define_dataset.ts";
import { ageAndSex, cellOf, linesOf } from "../files/cells.ts";
import { type DatasetFiles, lonelySubject } from "../files/dataset_files.ts";

const HEARTS = [
  ...["Normal", "Early Systolic Murmur", "Mid Systolic Murmur", "Late Systolic Murmur", "Late Diastolic Murmur"],
  ...["S3", "S4", "AV Block", "Atrial Fibrillation", "Tachycardia"],
];
const LUNGS = ["Normal", "Coarse Crackles", "Fine Crackles", "Wheezing", "Rhonchi", "Pleural Rub"];

/** Heart and lung sounds of a manikin. */
export const hlsCmds = defineDataset({
  name: "hls-cmds",
  title: "HLS-CMDS: Heart and Lung Sounds Dataset Recorded from a Clinical Manikin using Digital Stethoscope",
  sound: "both",
  licence: "CC BY 4.0",
  citation:
    "Torabi Y, Shirani S, Reilly JP. Descriptor: Heart and Lung Sounds Dataset Recorded from a Clinical Manikin " +
    "using Digital Stethoscope (HLS-CMDS). IEEE Data Descriptions 2025;2:133-140. doi:10.1109/IEEEDATA.2025.3566012",
  home: "https://data.mendeley.com/datasets/8972jxbpmp/3",
  tasks: {
    "heart-10": { classes: HEARTS, about: "Which heart sound does the manikin play?" },
    "murmur-2": { classes: ["other", "murmur"], about: "Does the manikin's heart murmur?" },
    "lung-6": { classes: LUNGS, about: "Which lung sound does the manikin play?" },
    "lung-2": { classes: ["Normal", "Abnormal"], about: "Is the manikin's lung sound normal?" },
  },
  subjectKey: "the recording: the manikin is no patient, and each sound is played from one source at several sites",
  parts: ["train"],
  traps: [
    "15 ids of LS.csv differ from the file names: _C_ is _FC_, _G_ is _CC_, one begins with a space",
    "one sound is played at several sites: recordings of a class are alike, though no two reach a correlation of .95",
  ],
  source: { files: [{ url: "https://data.mendeley.com/public-api/zip/8972jxbpmp/download/3", path: "hls-cmds.zip" }] },
  read,
  async quirks(files) {
    const tables = files.paths.filter((path) => basename(path) === "LS.csv");
    const lines = await Promise.all(tables.map(async (table) => parseCsv(await files.text(table), table)));
    const ids = lines.flat().map((line) => line["Lung Sound ID"] ?? "");
    const odd = ids.filter((id) => fileName(id, "LS") !== id).map((id) => `"${id}"`);
    if (odd.length === 0) return [];
    return [`${odd.length} ids in LS.csv aren't the names of files, and were understood: ${odd.join(", ")}`];
  },
});

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const kind = task.startsWith("lung") ? "LS" : "HS";
  const rows = (await linesOf(files, `${kind}.csv`, { columns: ["Gender", "Location"] })).map(({ table, cells }) => {
    const id = cellOf(cells, / ID$/), type = cellOf(cells, / Type$/), site = cells.Location;
    const recording = files.recording(fileName(id, kind), below(files, table, kind));
    const label = labelOf(type, task);
    if (!recording) return { path: `${kind}/${id}`, reason: "there is no .wav or .flac of this name" };
    if (!label) return { path: recording, reason: `the label "${type}" is none of the task's` };
    const attributes = { ...ageAndSex(undefined, cells.Gender), site };
    return { recording, subject: lonelySubject(recording), label, source: site, attributes };
  });
  const warning = "the subject is a manikin: a score tells how well its sounds are known again, nothing about patients";
  return { rows, others: (path) => whyNot(path, kind), warnings: [warning] };
}

function labelOf(type: string, task: string): string | undefined {
  const known = (task.startsWith("lung") ? LUNGS : HEARTS).find((label) => label.toLowerCase() === type.toLowerCase());
  if (known === undefined || task === "heart-10" || task === "lung-6") return known;
  if (task === "murmur-2") return known.includes("Murmur") ? "murmur" : "other";
  return known === "Normal" ? "Normal" : "Abnormal";
}

/** The name on disk of an id in the table. */
function fileName(id: string, kind: string): string {
  const name = id.trim();
  return kind === "LS" ? name.replace(/^([FM])_C_/, "$1_FC_").replace(/^([FM])_G_/, "$1_CC_") : name;
}

/** The folder of the recordings beside the table; the table's own where there is none. */
function below({ recordings }: DatasetFiles, table: string, kind: string): string {
  const folder = dirname(table);
  const own = folder === "." ? kind : `${folder}/${kind}`;
  return recordings.some((path) => path.startsWith(`${own}/`)) ? own : folder;
}

function whyNot(path: string, kind: string): string {
  if (/(^|\/)Mix/i.test(path)) return "is a mixture of a heart and a lung sound: it has no single label";
  return dirname(path).endsWith(kind) ? `is not named in ${kind}.csv` : "is a recording of the other organ";
}
