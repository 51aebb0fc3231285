import { expect } from "expect";
import { encodeWav } from "../../audio/mod.ts";
import { writeAtomic } from "../../files/mod.ts";
import { testWav } from "../fixtures/with_folder.ts";
import { loadDataset } from "../mod.ts";

// The same six recordings of three patients in tables as other programs export them.
const NAMES = ["rec/a 1.wav", "rec/a 2.wav", "rec/b 1.wav", "rec/b 2.wav", "rec/c 1.wav", "rec/c 2.wav"];
const SUBJECTS = ["1", "1", "2", "2", "3", "3"];
const LABELS = ["normal", "normal", "sténose", "sténose", "normal", "normal"];

type Line = (name: string, subject: string, label: string, i: number) => string;

/** A table of one line a recording. */
function table(header: string, line: Line, end = "\n"): string {
  return [...header.split("\n"), ...NAMES.map((name, i) => line(name, SUBJECTS[i], LABELS[i], i))].map((l) => l + end)
    .join("");
}

const comma: Line = (...cells) => cells.slice(0, 3).join(",");
const semicolon: Line = (...cells) => cells.slice(0, 3).join(";");
const tab: Line = (...cells) => cells.slice(0, 3).join("\t");
const quoted = (delimiter: string): Line => (...cells) => cells.slice(0, 3).map((cell) => `"${cell}"`).join(delimiter);

function utf16(text: string, { bigEndian = false, mark = true } = {}): Uint8Array {
  const units = Array.from((mark ? "\ufeff" : "") + text, (letter) => letter.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => bigEndian ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8]));
}

function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const TABLES: Record<string, string | Uint8Array> = {
  "Excel (US), CSV UTF-8": "\ufeff" + table("path,subject,label", comma, "\r\n"),
  "Excel (US), CSV in Windows-1252": windows1252(table("Path,Subject,Label", comma, "\r\n")),
  "Excel (German), CSV UTF-8": "\ufeff" + table("Datei;Pat-Nr.;Diagnose", semicolon, "\r\n"),
  "Excel (German), CSV in Windows-1252": windows1252(table("Dateiname;Patient ID;Klasse", semicolon, "\r\n")),
  "Excel, Unicode text": utf16(table("File name\tPatient\tClass", tab, "\r\n")),
  "Excel, sep= line": "sep=;\r\n" + table("path;subject;label", semicolon, "\r\n"),
  "Excel for Mac, old line ends": table("path,subject,label", comma, "\r"),
  "Excel, empty rows and columns used once": table("path,subject,label,,", (...c) => comma(...c) + ",,") +
    ",,,,\n,,,,\n",
  "Excel, a title above": "Recordings of ward 3;;\n\n" + table("Datei;Patient;Befund", semicolon),
  "Google Sheets, CSV": table("Recording,Participant ID,Diagnosis", comma, "\r\n"),
  "Google Sheets, TSV": table("recording\tsubject\tlabel", tab, "\r\n"),
  "Numbers, with the table's name": "Table 1,,\n" + table("File,Patient,Label", comma),
  "LibreOffice, quoted text": table('"path","subject","label"', quoted(",")),
  "LibreOffice, UTF-16 BE": utf16(table("path,subject,label", comma), { bigEndian: true }),
  "UTF-16 without its mark": utf16(table("path;subject;label", semicolon), { mark: false }),
  "pandas, with its index": table(
    ",path,subject,label",
    (name, subject, label, i) => `${i},${name},${subject},${label}`,
  ),
  "pandas, ids as floats": table("path,patient_id,label", (name, id, label) => `${name},${id}.0,${label}`),
  "pandas, sep=tab": table("filename\tpatient\ttarget", tab),
  "polars": table("audio,subject_id,class", comma),
  "R, write.csv": table('"","path","subject","label"', (...c) => `"${c[3] + 1}",${quoted(",")(...c)}`),
  "R, write.csv2": table('"";"path";"subject";"label"', (...c) => `"${c[3] + 1}";${quoted(";")(...c)}`),
  "R, write.table": table('"path" "subject" "label"', (...c) => `"${c[3] + 1}" ${quoted(" ")(...c)}`),
  "R, write.table with commas": table('"path","subject","label"', (...c) => `"${c[3] + 1}",${quoted(",")(...c)}`),
  "R, readr": table("wav_file,patient_id,murmur", comma),
  "PostgreSQL, COPY with HEADER": table("path\tpatient\tlabel\tage", (...c) => tab(...c) + "\t\\N"),
  "PostgreSQL, COPY CSV": table("path,patient,label,age", (...c) => comma(...c) + ","),
  "MySQL Workbench": table("`path`,`patient`,`label`".replaceAll("`", '"'), comma, "\r\n"),
  "SQLite, .mode list": table("path|subject|label", (...cells) => cells.slice(0, 3).join("|")),
  "DBeaver, NULL": table("file_path,subject,label,site", (...c) => comma(...c) + ",NULL"),
  "REDCap": table(
    "record_id,redcap_event_name,filename,diagnosis",
    (name, id, label) => `${id},visit_1,${name},${label}`,
  ),
  "SPSS, save as CSV": "\ufeff" + table("PATIENT;FILENAME;LABEL;ALTER", (n, s, l) => `${s};${n};${l};4,5`, "\r\n"),
  "SAS, missing as a dot": table("PATH,SUBJECT,LABEL,AGE", (...c) => comma(...c) + ",."),
  "Stata, export delimited": table("path,subject,label", quoted(",")),
  "MATLAB, writetable": table("Path,Subject,Label", comma),
  "Audacity-like paths of Windows": table("path,subject,label", (n, s, l) => `${n.replace("/", "\\")},${s},${l}`),
  "Paths of another machine": table(
    "path,subject,label",
    (n, s, l) => `C:\\study\\data\\${n.replace("/", "\\")},${s},${l}`,
  ),
  "Paths of the notebook's folder": table("path,subject,label", (n, s, l) => `data/heart/${n},${s},${l}`),
  "Bare names": table("path,subject,label", (n, s, l) => `${n.replace("rec/", "")},${s},${l}`),
  "Stems": table("record,subject,label", (n, s, l) => `${n.replace(".wav", "")},${s},${l}`),
  "Blanks behind commas": table("path, subject, label", (...cells) => cells.slice(0, 3).join(" , ")),
  "No-break spaces and zero widths": table("path,subject,label", (n, s, l) => `${n}\u200b,\u00a0${s},${l}\u00a0`),
  "Decomposed letters": table("path,subject,label", comma).normalize("NFD"),
  "A note with a line break": table("path,subject,label,note", (...c) => `${comma(...c)},"first\nsecond, ""so"""`),
};

Deno.test("tables of other programs are read alike", async (test) => {
  const folder = await Deno.makeTempDir();
  for (const [i, name] of NAMES.entries()) await writeAtomic(`${folder}/${name}`, testWav({ seconds: 1, seed: i + 1 }));
  for (const [program, content] of Object.entries(TABLES)) {
    await test.step(program, async () => {
      await writeAtomic(`${folder}/table.csv`, content);
      const { rows, classes, passedOver } = await loadDataset("csv", { folder: `${folder}/table.csv`, task: "labels" });
      expect(rows.map(({ recording }) => recording)).toEqual(NAMES);
      expect(rows.map(({ subject }) => subject)).toEqual(SUBJECTS);
      expect(rows.map(({ label }) => label)).toEqual(LABELS);
      expect([classes, passedOver]).toEqual([["normal", "sténose"], []]);
    });
  }
  await Deno.remove(folder, { recursive: true });
});

/** Tables that can't be read, and what the sentence about each must name. */
const REFUSED: Record<string, [string | Uint8Array, RegExp]> = {
  "MySQL, INTO OUTFILE without a header": [
    table("", comma).slice(1),
    /no header, but the line rec\/a 1\.wav.*add a first line that names the columns/,
  ],
  "an unquoted comma in a name": ["path,subject,label\nrec/a 1.wav,1,murmur, loud\n", /line 2 .*needs quotes/],
  "a line that is cut": ["path,subject,label\nrec/a 1.wav,1,normal\nrec/a 2.wav,1", /3 fields .* 2 in line 3/],
  "a quote that never ends": ['path,subject,label\nrec/a 1.wav,1,"normal\nrec/b 1.wav,2,x\n', /from line 2 on/],
  "two columns that may be the label": [
    "path,subject,murmur,outcome\nx,1,a,b\n",
    /"murmur", "outcome".*dataset\.columns\.label/,
  ],
  "no column of recordings": ["patient,age,label\n1,4,x\n", /patient, age, label.*dataset\.columns\.recording=NAME/],
  "a picture": [Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 0, 0, 9]), /bytes that are none/],
  "a broken workbook": [Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9, 9]), /an \.xlsx file.*save the sheet as CSV/],
  "nothing": ["", /an empty file/],
  "a header alone": ["path,subject,label\n", /table with rows but found none/],
  "two labels of one segment": [
    "path,subject,label\nrec/a 1.wav,1,x\nrec/a 1.wav,1,y\n",
    /one label for rec\/a 1\.wav .* "x" in line 2 and "y" in line 3/,
  ],
};

Deno.test("tables that can't be used are refused in a sentence that names the place", async (test) => {
  const folder = await Deno.makeTempDir();
  const sound = encodeWav(new Float32Array(2000).fill(0.1), { sampleRate: 2000 });
  await writeAtomic(`${folder}/rec/a 1.wav`, sound);
  for (const [what, [content, said]] of Object.entries(REFUSED)) {
    await test.step(what, async () => {
      await writeAtomic(`${folder}/table.csv`, content);
      await expect(loadDataset("csv", { folder: `${folder}/table.csv`, task: "labels" })).rejects.toThrow(said);
    });
  }
  await Deno.remove(folder, { recursive: true });
});
