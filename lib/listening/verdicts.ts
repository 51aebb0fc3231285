import { z } from "zod";
import type { AnnotatedEvent } from "../datasets/mod.ts";
import { checked, DataError } from "../errors/mod.ts";
import { decodeText, formatCsv, parseTable, readTable, type TableRow, unmarked } from "../files/mod.ts";
import { CANT_TELL, verdictCells, verdictColumns } from "./verdict_cells.ts";

/** How sure a listener is, and how much of a vote goes to the verdict; the rest goes to all classes alike. */
export const certainties = { sure: 1, likely: 0.75, unsure: 0.5 } as const;
export type Certainty = keyof typeof certainties;

/** An event that a listener marked, in seconds of the recording. */
export type MarkedEvent = Omit<AnnotatedEvent, "recording">;

/** What a listener said of an item: a row of `verdicts.csv`. */
export interface Verdict {
  /** An `itemKey`. */
  item: string;
  rater: string;
  /** The queue that it came in. */
  queue: string;
  /** What the dataset called it when it was heard; `null` where it had no label. */
  label: string | null;
  /** A class; `null` for "can't tell". */
  verdict: string | null;
  certainty: Certainty;
  /** Whether the label was hidden until then. */
  blind: boolean;
  events: MarkedEvent[];
  remark: string;
  /** Spent on it. */
  seconds: number;
  /** When it was given, ISO 8601. */
  time: string;
}

/** `verdicts.csv` with its header, a line a verdict; nothing in it is a formula. */
export function formatVerdicts(verdicts: readonly Verdict[]): string {
  return formatCsv(verdicts.map(verdictCells), verdictColumns);
}

/**
 * The verdicts in a file, as it was written or as a spreadsheet saved it: with semicolons, a mark of the byte order, empty
 * lines, commas in numbers, `.xlsx`. A last line that a crash cut off is left out.
 *
 * @throws {DataError} naming the line that is none, and what is wrong with it.
 */
export async function readVerdicts(path: string): Promise<Verdict[]> {
  const bytes = await Deno.readFile(path).catch((cause) => {
    const found = cause instanceof Deno.errors.NotFound ? "no such file" : (cause as Error).message;
    throw new DataError({ expected: "a file of verdicts", found, where: path, cause });
  });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return verdictsOf((await readTable(path)).rows, path);
  return parseVerdicts(decodeText(bytes, path).text, path);
}

/** The verdicts in text that {@linkcode formatVerdicts} wrote or a spreadsheet saved. @throws {DataError} as {@linkcode readVerdicts}. */
export function parseVerdicts(text: string, where: string): Verdict[] {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole === "" || whole === text) return verdictsOf(parseTable(text, where).rows, where);
  try {
    return verdictsOf(parseTable(text, where).rows, where);
  } catch {
    return verdictsOf(parseTable(whole, where).rows, where);
  }
}

function verdictsOf(rows: readonly TableRow[], where: string): Verdict[] {
  return rows.map(({ line, cells }) => {
    const values = Object.fromEntries(
      Object.entries(cells).map(([name, cell]) => [name.toLowerCase(), unmarked(cell)]),
    );
    return checked(row, values, {
      expected: "a verdict",
      where: `line ${line} of ${where}`,
      remedy: "correct that line",
    });
  });
}

const number = z.string().transform((text) => text === "" ? NaN : Number(text.replace(/^(-?\d+),(\d+)$/, "$1.$2")))
  .refine((value) => Number.isFinite(value) && value >= 0, "expected a number of seconds");
const yesOrNo = z.string().toLowerCase().pipe(z.enum(["yes", "no"], "expected yes or no"));
const marks = z.string().transform((text, context) => {
  try {
    return text === "" ? [] : JSON.parse(text);
  } catch {
    context.addIssue("expected events as they were written");
    return z.NEVER;
  }
}).pipe(z.array(z.object({ start: z.number(), end: z.number(), label: z.string() })));

/** A row's cells. What else a person wrote beside them is left alone. */
const row = z.object({
  item: z.string().min(1),
  rater: z.string().min(1),
  queue: z.string().default(""),
  label: z.string().default("").transform((text) => text === "" ? null : text),
  verdict: z.string().min(1).transform((text) => text === CANT_TELL ? null : text),
  certainty: z.string().toLowerCase().pipe(z.enum(Object.keys(certainties) as Certainty[])).default("sure"),
  blind: yesOrNo.default("no").transform((text) => text === "yes"),
  events: marks.default([]),
  remark: z.string().default(""),
  seconds: number.default(0),
  time: z.string().transform((text, context) => {
    const time = timeOf(text);
    if (time !== undefined) return time;
    context.addIssue("expected a time such as 2026-05-01T12:30:00Z");
    return z.NEVER;
  }),
});

/** ISO 8601, or as a spreadsheet turns it round where day and month can't be mistaken: `01.05.2026 12:30`. */
function timeOf(text: string): string | undefined {
  const turned = /^(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}:\d{2}(:\d{2})?)$/.exec(text);
  const iso = turned ? `${turned[3]}-${two(turned[2])}-${two(turned[1])}T${turned[4].padStart(5, "0")}Z` : text;
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(iso)) return undefined;
  const time = new Date(iso.includes("T") ? iso : `${iso.replace(" ", "T")}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function two(digits: string): string {
  return digits.padStart(2, "0");
}
