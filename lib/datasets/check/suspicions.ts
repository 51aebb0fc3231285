import { headerKey } from "../files/headers.ts";
import type { OpenedTable } from "../files/manifest_csv.ts";
import { spellingKey } from "../files/spellings.ts";
import { stemOf } from "../files/dataset_files.ts";
import type { ManifestRow } from "../manifest.ts";

/** What looks as if a table meant something else than it says, in sentences. */
export function suspicions(rows: readonly ManifestRow[], table: OpenedTable): string[] {
  return [...oddSubjects(rows, table), ...oddClasses(rows, table), ...alike(rows, "subject"), ...alike(rows, "label")];
}

/** Headers that may tell persons apart. */
const PERSON = /pat|subj|person|proband|teilnehm|child|donor|mrn|volunteer|name$|^id|id$|nr$|no$/;

/** As spreadsheets show dates: `2024-02-01`, `2. Feb`, `2-Feb`. */
const DATE = /^\d{4}-\d\d-\d\d|^\d{1,2}[.-] ?(jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])/i;

function oddSubjects(rows: readonly ManifestRow[], { columns, of }: OpenedTable): string[] {
  const subjects = new Set(rows.map(({ subject }) => subject));
  if (of.subject !== undefined) {
    const own = subjects.size === rows.length && rows.length > 20 && /id$|^record/.test(headerKey(of.subject));
    const dates = [...subjects].find((subject) => DATE.test(subject));
    return [
      ...own ? [`each row has another "${of.subject}": is it the number of the row, not of the person?`] : [],
      ...dates ? [`a subject is called ${dates}: a spreadsheet may have made dates of names such as 1-2`] : [],
    ];
  }
  const roles = new Set(Object.values(of));
  const persons = columns.filter((column) => !roles.has(column) && PERSON.test(headerKey(column)));
  if (persons.length > 0) {
    const [first] = persons;
    const how = `--column subject='${first}' here, --set dataset.columns.subject='${first}' in the experiment`;
    return [`no column is taken for the subject, but ${persons.map((name) => `"${name}"`).join(", ")} may be: ${how}`];
  }
  const starts = Map.groupBy(subjects, (subject) => /^(.+?)[_\- .]/.exec(stemOf(subject))?.[1] ?? subject);
  const shared = [...starts].find(([, names]) => names.length > 1);
  if (shared === undefined || starts.size < 3 || starts.size > 0.7 * subjects.size) return [];
  const alike = `${shared[1].slice(0, 2).map(stemOf).join(", ")}: ${shared[0]}?`, then = "add a column subject";
  return [`no subject is known, but names of recordings begin alike (${alike}): if that is the person, ${then}`];
}

function oddClasses(rows: readonly ManifestRow[], { of }: OpenedTable): string[] {
  const classes = [...Map.groupBy(rows, ({ label }) => label)];
  if (classes.length === 1) return [`all rows are of one class, ${classes[0][0]}: there is nothing to tell apart`];
  if (classes.length > Math.max(20, rows.length / 5)) {
    return [`there are ${classes.length} classes in ${rows.length} rows: is "${of.label}" the column of the labels?`];
  }
  return classes.flatMap(([label, own]) => {
    const subjects = new Set(own.map(({ subject }) => subject));
    if (subjects.size > 1) return [];
    return [`${label} is of one subject (${[...subjects][0]}): nothing can be learned of it that this person isn't`];
  });
}

/** Names that differ by a mark, a leading zero or, of longer classes, a letter, and may be one. */
function alike(rows: readonly ManifestRow[], key: "subject" | "label"): string[] {
  const names = [...new Set(rows.map((row) => row[key]))];
  const bare = (name: string) => spellingKey(name).replaceAll(/[^\p{L}\p{N}]/gu, "").replaceAll(/(?<!\d)0+(?=\d)/g, "");
  const groups = [...Map.groupBy(names.filter(bare), bare).values()].filter((group) => group.length > 1);
  const mistyped = (name: string, i: number) =>
    names.slice(0, i).filter((other) => oneLetterApart(bare(name), bare(other))).map((other) => [other, name]);
  const pairs = [...groups, ...key === "subject" || names.length > 50 ? [] : names.flatMap(mistyped)];
  if (pairs.length === 0) return [];
  const shown = pairs.slice(0, 3).map((group) => group.slice(0, 3).map((name) => JSON.stringify(name)).join(" and "));
  const more = pairs.length > 3 ? [`and ${pairs.length - 3} more`] : [];
  const what = key === "subject" ? "subjects" : "classes";
  return [`${what} that look alike and count as different: ${[...shown, ...more].join("; ")}`];
}

/** Whether two words of five letters and more differ by one that is missing, added or another. */
function oneLetterApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 5 || long.length - short.length > 1 || a === b || /\d/.test(a + b)) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
