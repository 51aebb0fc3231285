import { rar, zip } from "../../lib/datasets/fixtures/archives.ts";
import { testWav } from "../../lib/datasets/fixtures/with_folder.ts";
import { unpackArchive } from "../../lib/datasets/fetch/unpack_archive.ts";
import { loadDataset } from "../../lib/datasets/mod.ts";
import { type FuzzSeed, type FuzzTarget, requireFinite, WrongAnswer } from "./fuzz_target.ts";

const text = (name: string, content: string): FuzzSeed => ({
  name,
  bytes: new TextEncoder().encode(content),
  text: true,
});

async function sound(path: string, seed: number): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeFile(path, testWav({ seconds: 2, seed }));
}

/** Loads a dataset and looks whether its rows can be. */
async function load(name: string, folder: string, task: string): Promise<void> {
  const { rows, classes, events } = await loadDataset(name, { folder, task });
  for (const { label, subject, start, end, attributes } of rows) {
    if (!classes.includes(label)) throw new WrongAnswer(`the label ${label}`);
    if (typeof subject !== "string" || subject.trim() === "") throw new WrongAnswer("a subject without a name");
    if (!(start >= 0 && end > start)) throw new WrongAnswer(`a segment from ${start} to ${end}`);
    requireFinite(Object.values(attributes).filter((value) => typeof value === "number"), "an attribute of");
  }
  for (const { start, end } of events) requireFinite([start, end], "an event at");
}

/** One's own table, as CSV and as a workbook. */
const tables: FuzzTarget = {
  name: "tables",
  async prepare(folder) {
    const lines = Array.from(
      { length: 8 },
      (_, i) => `a/${i}.wav,P${i},${i % 2 ? "murmur" : "healthy"},${i / 8},1.5,${20 + i}`,
    );
    for (let i = 0; i < 8; i++) await sound(`${folder}/a/${i}.wav`, i);
    const content = `path,patient,label,start,end,age\n${lines.join("\n")}\n`;
    const { utils, write } = await import("@e965/xlsx");
    const sheet = utils.aoa_to_sheet(content.trim().split("\n").map((line) => line.split(",")));
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, "recordings");
    return [text("list.csv", content), {
      name: "list.xlsx",
      bytes: new Uint8Array(write(book, { type: "array", bookType: "xlsx" })),
    }];
  },
  read: (folder, { name }) => load("csv", `${folder}/${name}`, "labels"),
};

/** A published dataset by the files that describe it. */
function published(name: string, task: string, files: Record<string, string>, sounds: string[]): FuzzTarget {
  return {
    name,
    async prepare(folder) {
      for (const [i, path] of sounds.entries()) await sound(`${folder}/${path}`, i);
      for (const [path, content] of Object.entries(files)) {
        await Deno.mkdir(`${folder}/${path}`.slice(0, `${folder}/${path}`.lastIndexOf("/")), { recursive: true });
        await Deno.writeTextFile(`${folder}/${path}`, content);
      }
      return Object.entries(files).map(([path, content]) => text(path, content));
    },
    read: (folder) => load(name, folder, task),
  };
}

const officials = [
  published("icbhi", "cycles-4", {
    "101_1b1_Al_sc_Meditron.txt": "0.036\t0.579\t0\t0\n0.579\t1.5\t1\t0\n",
    "102_1b1_Ar_sc_AKGC417L.txt": "0\t1\t0\t1\n1\t1.9\t1\t1\n",
    "ICBHI_Challenge_demographic_information.txt": "101 3 F NA 19 99\n102 0.75 F NA 9.8 73\n",
    "ICBHI_challenge_train_test.txt": "101_1b1_Al_sc_Meditron\ttest\n102_1b1_Ar_sc_AKGC417L\ttrain\n",
  }, ["101_1b1_Al_sc_Meditron.wav", "102_1b1_Ar_sc_AKGC417L.wav"]),
  published("circor", "murmur-3", {
    "training_data.csv": "Patient ID,Age,Sex,Height,Weight,Murmur,Murmur locations,Outcome,Campaign,Additional ID\n" +
      "11,Child,Female,98.0,nan,Present,AV+MV,Abnormal,CC2014,nan\n12,Infant,Male,nan,5.1,Absent,nan,Normal,CC2015,11\n",
    "training_data/11_AV.tsv": "0\t0.5\t0\n0.5\t0.6\t1\n0.6\t0.8\t2\n0.8\t0.9\t3\n",
  }, ["training_data/11_AV.wav", "training_data/12_TV.wav"]),
  published("sprsound", "events-7", {
    "train2022_json/1_0.5_0_p1_10.json":
      '{"record_annotation":"CAS","event_annotation":[{"start":"100","end":"900","type":"Wheeze"},{"start":"1000","end":"1900","type":"Normal"}]}',
    "train2022_json/2_3.5_1_p2_11.json":
      '{"record_annotation":"Normal","event_annotation":[{"start":"0","end":"900","type":"Normal"}]}',
  }, ["train2022_wav/1_0.5_0_p1_10.wav", "train2022_wav/2_3.5_1_p2_11.wav"]),
  published("cinc2016", "normal-abnormal", {
    "training-b/REFERENCE.csv": "b0001,-1,1\nb0002,1,0\n",
    "annotations.csv":
      "record,database,original_record_name,diagnosis,class,subject_id,age\nb0001,training-b,S98f2,Normal,-1,98.0,34\n",
  }, ["training-b/b0001.wav", "training-b/b0002.wav"]),
];

/** Archives that a dataset comes in. */
const archives: FuzzTarget = {
  name: "archives",
  prepare() {
    const content = new TextEncoder().encode("some content, long enough to be damaged somewhere in its middle");
    const inner = zip([{ name: "x/1.txt", content }]);
    return Promise.resolve([
      { name: "a.zip", bytes: zip([{ name: "x/1.txt", content }, { name: "inner.zip", content: inner }]) },
      { name: "a.rar", bytes: rar("x\\1.txt", content) },
    ]);
  },
  async read(folder, { name }) {
    const out = `${folder}/out`;
    try {
      await unpackArchive(`${folder}/${name}`, { folder: out, budget: { bytes: 1e6 } });
      const strangers = Array.from(Deno.readDirSync(folder), (entry) => entry.name).filter((entry) =>
        !["out", "a.zip", "a.rar"].includes(entry)
      );
      if (strangers.length > 0) throw new WrongAnswer(`a file beside the folder: ${strangers.join(", ")}`);
    } finally {
      await Deno.remove(out, { recursive: true }).catch(() => {});
    }
  },
};

export const datasetTargets = [tables, ...officials, archives];
