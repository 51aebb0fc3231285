import { type ComponentChildren, createContext } from "preact";
import type { Score } from "../../scores/mod.ts";

/** The head of a column: its name, or `[name, kind]` of one whose cells have a look, such as `"n"` for numbers at the right. */
export type Heading = string | readonly [name: string, kind: string];

interface TableProps {
  /** What it is called for who can't see it. */
  label: string;
  caption?: ComponentChildren;
  head?: readonly Heading[];
  /** Whether the page's script sorts it by its heads. */
  sortable?: boolean;
  id?: string;
  /** Of texts and numbers: what each row is called, then a cell for each further column. */
  rows?: readonly (readonly ComponentChildren[])[];
  /** {@linkcode Row}s, or rows that are made otherwise. */
  children?: ComponentChildren;
}

const Kinds = createContext<readonly string[]>([]);

/** A table that is set tighter, and at last as a list, where it doesn't fit its place. */
export function Table({ label, caption, head, sortable, id, rows = [], children }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table id={id}>
        {caption && <caption>{caption}</caption>}
        {head && (
          <thead>
            <tr>{head.map((heading) => <Head key={String(heading)} heading={heading} sortable={sortable} />)}</tr>
          </thead>
        )}
        <tbody>
          <Kinds.Provider value={head?.map(kindOf) ?? []}>
            {rows.map((cells, r) => <Row key={r}>{cells}</Row>)}
            {children}
          </Kinds.Provider>
        </tbody>
      </table>
    </div>
  );
}

/** A row of a {@linkcode Table}: each child is a cell and looks as the head of its column says; the first names the row. */
export function Row({ kind, children }: { kind?: string; children: ComponentChildren }) {
  const [name, ...cells] = [children].flat(2);
  return (
    <Kinds.Consumer>
      {(kinds) => (
        <tr class={kind}>
          <th scope="row" class={kinds[0] || undefined}>{name}</th>
          {cells.map((cell, c) => <td key={c} class={kinds[c + 1] || undefined}>{cell}</td>)}
        </tr>
      )}
    </Kinds.Consumer>
  );
}

/** A cell of a {@linkcode Row} that is made of several pieces. */
export function Cell({ children }: { children: ComponentChildren }) {
  return <>{children}</>;
}

function Head({ heading, sortable }: { heading: Heading; sortable?: boolean }) {
  const name = typeof heading === "string" ? heading : heading[0];
  const kinds = `${sortable ? "sortable" : ""} ${kindOf(heading) === "n" ? "n" : ""}`.trim();
  return <th scope="col" class={kinds || undefined}>{sortable ? <button type="button">{name}</button> : name}</th>;
}

function kindOf(heading: Heading): string {
  return typeof heading === "string" ? "" : heading[1];
}

/** Heads of columns of numbers. */
export function numbers(...names: string[]): Heading[] {
  return names.map((name) => [name, "n"]);
}

/** The head of the column of {@linkcode ScoreScale}s. */
export const SCALE: Heading = ["scale 0 to 1", "wide"];

/** A score from 0 to 1: a dot for the value, a band for the interval, ticks for the floors, rings for what is published. */
export function ScoreScale({ score, references = [] }: { score: Score; references?: readonly { value: number }[] }) {
  const { value, low, high } = score;
  if (value === null || value < 0 || value > 1) return null;
  const x = (value: number) => `${(100 * Math.max(0, Math.min(1, value))).toFixed(2)}%`;
  return (
    <svg class="scale" aria-hidden="true">
      <line class="track" x1="0" x2="100%" y1="11" y2="11" />
      {low !== null && high !== null && <line class="interval" x1={x(low)} x2={x(high)} y1="11" y2="11" />}
      {Object.entries(score.floors).map(([name, floor]) => (
        <line key={name} class="floor" x1={x(floor)} x2={x(floor)} y1="3" y2="19" />
      ))}
      {references.map(({ value }, i) => <circle key={i} class="reference" cx={x(value)} cy="11" r="4.5" />)}
      <circle class="value" cx={x(value)} cy="11" r="5" />
    </svg>
  );
}

/** A number or text of the page with the place that it was read from. */
export interface TracedProps {
  value: number | string;
  /** File of the run folder. */
  file: string;
  /** Key or column in it: `"parts.test.pooled.item.accuracy.value"`. */
  at: string;
  /** Decimal places; left out, whole numbers have none and others 3. */
  digits?: number;
}

/** A value that says where it comes from: on hover, and for all at once by the button of the bar. */
export function Traced({ value, file, at, digits }: TracedProps) {
  return <data value={String(value)} title={`${file}: ${at}`}>{shown(value, digits)}</data>;
}

/** Values of one file, each with its key below a place in it; a dash for none. */
export function tracer(file: string, below = "") {
  return (value: number | string | null, at: string, digits?: number) =>
    value === null || Number.isNaN(value)
      ? "–"
      : <Traced value={value} file={file} at={`${below}${at}`} digits={digits} />;
}

interface WithEndsOptions {
  traced: ReturnType<typeof tracer>;
  /** Key of the value and its ends, with a dot. */
  at: string;
  /** Of the ends. */
  digits?: number;
  shown?: (value: number | null) => number | string | null;
}

/** A value with the ends of its interval behind it, as far as they are known. */
export function withEnds(
  { value, low, high }: Record<"value" | "low" | "high", number | null>,
  { traced, at, digits = 3, shown = (value) => value }: WithEndsOptions,
) {
  const end = (one: number | null, name: string) => traced(shown(one), `${at}${name}`, digits);
  return (
    <>
      {traced(shown(value), `${at}value`, 3)}
      {low !== null && <>{" ("}{end(low, "low")} to {end(high, "high")})</>}
    </>
  );
}

function shown(value: number | string, digits?: number): string {
  if (typeof value === "string") return value;
  if ((digits ?? 0) === 0 && Number.isInteger(value)) return value.toLocaleString("en");
  return value.toFixed(digits ?? 3).replace(/^-(0\.?0*)$/, "$1");
}

/** A score or another figure: three decimals, whole where it is in the hundreds, as costs are; a dash for none. */
export function shownFigure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(3);
}

/** A difference with its sign: `"+0.012"`. */
export function signed(value: number | null): string {
  return `${value && value > 0 ? "+" : value && value < 0 ? "−" : ""}${shownFigure(value && Math.abs(value))}`;
}

/** Both ends of an interval, or a dash. */
export function between(
  { low, high }: { low: number | null; high: number | null },
  { shown = shownFigure, to = " – " }: { shown?: (value: number) => string; to?: string } = {},
): string {
  return low === null || high === null ? "–" : `${shown(low)}${to}${shown(high)}`;
}
