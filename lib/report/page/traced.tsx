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
      {traced(shown(value), `${at}value`)}
      {low !== null && <>{" ("}{end(low, "low")} to {end(high, "high")})</>}
    </>
  );
}

function shown(value: number | string, digits?: number): string {
  if (typeof value === "string") return value;
  if ((digits ?? 0) === 0 && Number.isInteger(value)) return value.toLocaleString("en");
  return value.toFixed(digits ?? 3).replace(/^-(0\.?0*)$/, "$1");
}
