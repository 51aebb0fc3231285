/** One input of the quality model that speaks against a recording. */
export interface OddInput {
  /** As {@linkcode modelInputs} names it: `"flicker 200-400 Hz"`. */
  name: string;
  value: number;
  /** Its mean over the recordings of the calibration. */
  mean: number;
}

/** What a reader is told of an odd input: what was measured, and what is usual. */
export function describeInput({ name, value, mean }: OddInput): string {
  const [kind, ...rest] = name.split(" ");
  const band = rest.join(" ");
  const decibels = (x: number) => `${x.toFixed(1)} dB`;
  const usual = (text: string) => `(usual: ${text})`;
  switch (kind) {
    case "level":
      return `the part at ${band} lies ${decibels(value)} from the mean of all parts ${usual(decibels(mean))}`;
    case "swell":
      return `loud moments at ${band} stand out by ${decibels(value)} ${usual(decibels(mean))}`;
    case "dip":
      return `quiet moments at ${band} fall off by ${decibels(value)} ${usual(decibels(mean))}`;
    case "flicker":
      return `the sound at ${band} changes by ${decibels(value)} from moment to moment ${usual(decibels(mean))}`;
    case "snr":
      return `loud and quiet moments lie ${decibels(value)} apart ${usual(decibels(mean))}`;
    case "kurtosis":
      return `its peakedness (kurtosis) is ${Math.exp(value).toPrecision(2)} ${usual(Math.exp(mean).toPrecision(2))}`;
    case "heartPeriodicity":
      return `it repeats itself by ${value.toFixed(2)} at the lags of a heart beat ${usual(mean.toFixed(2))}`;
    case "breathPeriodicity":
      return `it repeats itself by ${value.toFixed(2)} at the lags of a breath ${usual(mean.toFixed(2))}`;
    default:
      return `its irregularity (sample entropy) is ${value.toFixed(2)} ${usual(mean.toFixed(2))}`;
  }
}
