import { formatCsv, parseCsv } from "../files/mod.ts";

/** By attribute (`"sex"`), the group (`"female"`) of each recording that it is known of. */
export type RecordingGroups = Record<string, Map<string, string>>;

/** `groups.csv`: one row a recording, one column an attribute, empty where it isn't known. */
export function formatGroups(groups: RecordingGroups): string {
  const attributes = Object.keys(groups);
  const recordings = [...new Set(attributes.flatMap((name) => [...groups[name].keys()]))].toSorted();
  const rows = recordings.map((recording) => ({
    recording,
    ...Object.fromEntries(attributes.map((name) => [name, groups[name].get(recording) ?? ""])),
  }));
  return formatCsv(rows, ["recording", ...attributes]);
}

/** What {@linkcode formatGroups} wrote. */
export function parseGroups(text: string, where: string): RecordingGroups {
  const rows = parseCsv(text, where, { marked: true, columns: ["recording"] });
  const attributes = Object.keys(rows[0] ?? {}).filter((name) => name !== "recording");
  return Object.fromEntries(attributes.map((name) => [
    name,
    new Map(rows.filter((row) => row[name] !== "").map((row) => [row.recording, row[name]])),
  ]));
}
