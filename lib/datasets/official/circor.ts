import { basename } from "node:path";
import { defineDataset, type FoundRows } from "../define_dataset.ts";
import { type DatasetFiles, eachOf, stemOf } from "../files/dataset_files.ts";
import { isMissing, linesOf } from "../files/cells.ts";
import type { AnnotatedEvent } from "../manifest.ts";
import { joinGroups } from "../near_duplicates/near_duplicate_groups.ts";

const MURMURS = ["Absent", "Unknown", "Present"];

/** Children's hearts at up to five sites, with murmurs described in detail. */
export const circor = defineDataset({
  name: "circor",
  title: "The CirCor DigiScope Phonocardiogram Dataset",
  sound: "heart",
  licence: "ODC-By 1.0",
  citation: "Oliveira J, Renna F, Costa PD, et al. The CirCor DigiScope Dataset: From Murmur Detection to Murmur " +
    "Classification. IEEE J Biomed Health Inform 2022;26(6):2524-2535. doi:10.1109/JBHI.2021.3137048",
  home: "https://physionet.org/content/circor-heart-sound/1.0.3/",
  tasks: {
    "murmur-3": { classes: MURMURS, about: "Has the patient a murmur? Each recording carries the patient's label." },
    "murmur-sites-3": {
      classes: MURMURS,
      about: "Is a murmur heard at this site? Absent where the annotators name other sites only.",
    },
    "outcome-2": { classes: ["Normal", "Abnormal"], about: "What did the cardiologist find? By patient." },
  },
  subjectKey: "patient, and patients joined through Additional ID, whose numbers are visits",
  parts: ["train"],
  traps: [
    "a child can be there twice under two patient numbers: Additional ID joins them, and each is a visit with labels of its own",
    "a site can be there twice (50115_PV_1, 50115_PV_2)",
    "a patient's murmur needn't be heard at every site",
  ],
  source: {
    files: [{ url: "https://physionet.org/content/circor-heart-sound/get-zip/1.0.3/", path: "circor.zip", strip: 1 }],
    checksums: "https://physionet.org/files/circor-heart-sound/1.0.3/SHA256SUMS.txt",
  },
  read,
  async quirks(files) {
    return samePatients(await describedPatients(files)).map(([id, other]) =>
      `patients ${id} and ${other} are one child (Additional ID): they are one subject, and two visits`
    );
  },
});

/** A patient's description by the names of the columns. */
type Patient = Record<string, string>;

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const patients = await describedPatients(files, task === "outcome-2" ? "Outcome" : "Murmur");
  const twice = samePatients(patients), subjectOf = joinGroups(twice), visits = new Set(twice.flat());
  const rows = files.recordings.map((recording) => {
    const [id, site] = stemOf(recording).split("_");
    const patient = patients.get(id);
    if (!patient) {
      return { path: recording, reason: "its patient isn't described in training_data.csv or a .txt of his own" };
    }
    const label = labelOf(patient, { task, site });
    if (!label) {
      const said = patient[task === "outcome-2" ? "Outcome" : "Murmur"];
      return { path: recording, reason: `the patient's label "${said}" is none of the task's` };
    }
    const subject = { subject: subjectOf(id), ...visits.has(id) ? { visit: id } : {} };
    const source = patient.Campaign || "unknown", attributes = attributesOf(patient, site);
    return { recording, ...subject, label, source, attributes };
  });
  const states = await cardiacStates(files, { rows, patients });
  return { rows, states, events: states.filter(({ label }) => label === "S1" || label === "S2") };
}

function labelOf(patient: Patient, { task, site }: { task: string; site: string }): string | undefined {
  if (task === "outcome-2") return ["Normal", "Abnormal"].find((label) => label === patient.Outcome);
  const murmur = MURMURS.find((label) => label === patient.Murmur);
  if (task !== "murmur-sites-3" || murmur !== "Present") return murmur;
  return (patient["Murmur locations"] ?? "").split("+").includes(site) ? "Present" : "Absent";
}

/** From `training_data.csv`, and from a patient's `.txt` (`#Murmur: Absent`) where the table doesn't name him. */
async function describedPatients(files: DatasetFiles, ...labels: string[]): Promise<Map<string, Patient>> {
  const patients = new Map<string, Patient>(), columns = ["Patient ID", ...labels];
  for (const { cells } of await linesOf(files, "training_data.csv", { columns })) {
    const id = patientNumber(cells["Patient ID"]);
    if (id !== undefined) patients.set(id, cells);
  }
  const own = files.paths.filter((path) => /^\d+\.txt$/.test(basename(path)) && !patients.has(basename(path, ".txt")));
  await eachOf(own, async (path) => {
    const lines = [...(await files.text(path)).matchAll(/^#([^:]+):[ \t]*(.*?)[ \t\r]*$/gm)];
    patients.set(basename(path, ".txt"), Object.fromEntries(lines.map(([, key, value]) => [key, value])));
  });
  return patients;
}

/** Ages are words here: Neonate, Infant, Child, Adolescent. */
function attributesOf(patient: Patient, site: string) {
  const known = (name: string) => isMissing(patient[name]) ? undefined : patient[name];
  const numberOf = (name: string) => known(name) && Number(patient[name]);
  const [height, weight] = ["Height", "Weight"].map(numberOf);
  return { age: known("Age"), sex: known("Sex")?.toLowerCase(), height, weight, site };
}

/** States of the cycle by their numbers in a `.tsv`; 0 isn't annotated. */
const STATES: Record<number, string> = { 1: "S1", 2: "systole", 3: "S2", 4: "diastole" };

/** Which part of a systole a murmur takes, by its timing. */
const TIMINGS: Record<string, [from: number, to: number]> = {
  ...{ Holosystolic: [0, 1], "Early-systolic": [0, 0.5], "Mid-systolic": [0.25, 0.75], "Late-systolic": [0.5, 1] },
};

/** The states from the `.tsv` beside each recording, and over the systoles the murmur where one is heard at its site. */
async function cardiacStates(
  files: DatasetFiles,
  { rows, patients }: { rows: FoundRows["rows"]; patients: ReadonlyMap<string, Patient> },
): Promise<AnnotatedEvent[]> {
  const tables = new Set(files.paths.filter((path) => path.endsWith(".tsv")));
  const recordings = rows.flatMap((row) => "recording" in row ? [row.recording] : []);
  const states = await eachOf(recordings, async (recording) => {
    const table = recording.replace(/\.[^.]+$/, ".tsv");
    if (!tables.has(table)) return [];
    const [id, site] = stemOf(recording).split("_");
    const patient = patients.get(id)!;
    const heard = labelOf(patient, { task: "murmur-sites-3", site }) === "Present";
    const timing = heard ? TIMINGS[patient["Systolic murmur timing"]] : undefined;
    return (await files.text(table)).split(/\r?\n/).flatMap((line): AnnotatedEvent[] => {
      const [start, end, state] = line.split("\t").map(Number);
      const label = STATES[state], heart = { recording, start, end, label };
      if (label === undefined) return [];
      if (timing === undefined || label !== "systole") return [heart];
      const [from, to] = timing.map((share) => start + share * (end - start));
      return [heart, { recording, start: from, end: to, label: "murmur" }];
    });
  });
  return states.flat();
}

/** The two numbers of each child who is there twice. */
function samePatients(patients: ReadonlyMap<string, Patient>): [string, string][] {
  return [...patients].flatMap(([id, patient]): [string, string][] => {
    const other = patientNumber(patient["Additional ID"]);
    return other === undefined || other === id ? [] : [[id, other]];
  });
}

/** A patient's number as it stands in the file names: a data frame writes 50115 as 50115.0, and a missing one as nan. */
function patientNumber(text: string | undefined): string | undefined {
  return text?.trim().match(/^(\d+)(?:\.0*)?$/)?.[1];
}
