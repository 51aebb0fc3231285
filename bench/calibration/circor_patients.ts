import { parseCsv } from "../../lib/files/mod.ts";

/** What CirCor's table says of a recording's child. */
export interface CircorRecording {
  /** Path of the recording, as `.wav`. */
  path: string;
  /** The child: one that has two numbers stands under the lower one. */
  subject: string;
  /** `"Present"`, `"Absent"` or `"Unknown"`. */
  murmur: string;
  /** When in systole a murmur is heard at this place, e.g. `"Holosystolic"`; "" where none is. */
  timing: string;
}

/** The recordings of CirCor that have a segmentation beside them, by name. */
export async function circorRecordings(folder: string): Promise<CircorRecording[]> {
  const rows = parseCsv(await Deno.readTextFile(`${folder}/training_data.csv`), "training_data.csv");
  const patients = new Map(rows.map((row) => [row["Patient ID"], row]));
  return [...Deno.readDirSync(`${folder}/training_data`)]
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".tsv"))
    .sort()
    .map((name) => {
      const [id, place] = name.split(/[_.]/), patient = patients.get(id)!, other = Number(patient["Additional ID"]);
      return {
        path: `${folder}/training_data/${name.replace(/tsv$/, "wav")}`,
        subject: Number.isNaN(other) ? id : String(Math.min(Number(id), other)),
        murmur: patient.Murmur,
        timing: patient["Murmur locations"].split("+").includes(place) ? patient["Systolic murmur timing"] : "",
      };
    });
}
