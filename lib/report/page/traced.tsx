/** A number or text of the page with the place that it was read from. */
export interface TracedProps {
  value: number | string;
  /** File of the run folder. */
  file: string;
  /** Key or column in it: `"parts.test.pooled.item.accuracy.value"`. */
  at: string;
  /** Decimal places of a number that isn't whole. @default {3} */
  digits?: number;
}

/** A value that says where it comes from: on hover, and for all at once by the button of the bar. */
export function Traced({ value, file, at, digits = 3 }: TracedProps) {
  return <data value={String(value)} title={`${file}: ${at}`}>{shown(value, digits)}</data>;
}

function shown(value: number | string, digits: number): string {
  if (typeof value === "string") return value;
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1");
}
