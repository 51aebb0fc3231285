/** A number with the interval that it stands with, as a cell of a table. */
export interface NumberCell {
  /** `null`: there is none. */
  value: number | null;
  low?: number | null;
  high?: number | null;
  /** Shown after the point; files for programs hold all. @default {0} */
  digits?: number;
  /** Whether a plus stands before it, as of differences. */
  signed?: true;
  /** What is counted: `"recordings"`. */
  unit?: string;
  /** What is shown in brackets behind it: the name of a floor. */
  note?: string;
}

/** Text of others, or a number. */
export type Cell = string | NumberCell;

/** A table as it is meant; the formats of it are made by {@linkcode tableFormats}. */
export interface PaperTable {
  /** Of its files, and of its label in LaTeX: `"scores"`. */
  name: string;
  caption: string;
  /** Heading of each column. */
  head: string[];
  rows: Cell[][];
  /** Whether the first column, of texts, parts the rows into sections: printed tables give it a line of its own. */
  sections?: boolean;
  /** Sentences below it. */
  notes?: string[];
}

/** A printed table: rows below the line that names their section, `null` where there are none. */
export interface PrintedTable {
  head: string[];
  parts: { title: string | null; rows: Cell[][] }[];
}

export function printedTable({ head, rows, sections }: PaperTable): PrintedTable {
  if (!sections) return { head, parts: [{ title: null, rows }] };
  const parts = [...Map.groupBy(rows, ([title]) => cellText(title))];
  const titled = parts.length > 1;
  return {
    head: head.slice(1),
    parts: parts.map(([title, rows]) => ({ title: titled ? title : null, rows: rows.map((row) => row.slice(1)) })),
  };
}

/** A cell as it is read: `0.767 (0.725 to 0.811)`. */
export function cellText(cell: Cell): string {
  if (typeof cell === "string") return cell;
  const { value, low, high, unit, note } = cell;
  if (value === null) return "–";
  const interval = low === undefined || low === null || high === undefined || high === null
    ? ""
    : ` (${shown(low, cell)} to ${shown(high, cell)})`;
  return shown(value, cell) + (unit ? ` ${unit}` : "") + interval + (note ? ` (${note})` : "");
}

function shown(value: number, { digits = 0, signed }: NumberCell): string {
  const text = Math.abs(value).toFixed(digits);
  return (Number(text) === 0 ? "" : value < 0 ? "−" : signed ? "+" : "") + text;
}
