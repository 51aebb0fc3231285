import { fitLogistic } from "../../statistics/mod.ts";
import { ENVELOPE_RATE } from "./cycle_envelopes.ts";
import { type CycleModel, emissionInputs, STATES } from "./cycle_model.ts";

/** A stretch of a recording that an expert gave a state: 0 S1, 1 systole, 2 S2, 3 diastole. Seconds. */
export interface AnnotatedState {
  start: number;
  end: number;
  state: number;
}

/** Learns a {@linkcode CycleModel} from recordings in which experts marked the states. */
export function fitCycleModel(
  recordings: { envelopes: Float64Array[]; states: AnnotatedState[] }[],
  { ridge = 1 }: { ridge?: number } = {},
): CycleModel {
  const rows: Float64Array[] = [], labels: number[] = [];
  for (const { envelopes, states } of recordings) {
    for (const { start, end, state } of states) {
      const last = Math.min(envelopes[0].length, Math.round(end * ENVELOPE_RATE));
      for (let t = Math.round(start * ENVELOPE_RATE); t < last; t++) {
        rows.push(emissionInputs(envelopes, t));
        labels.push(state);
      }
    }
  }
  const width = rows[0].length, inputs = new Float64Array(rows.length * width);
  rows.forEach((row, i) => inputs.set(row, i * width));
  const emissions = STATES.map((_, state) => {
    const own = labels.map((label) => label === state ? 1 : 0);
    const prior = own.reduce<number>((sum, x) => sum + x, 0) / own.length;
    const { coefficients } = fitLogistic(inputs, own, { size: 2, width, c: 1 / ridge });
    return { weights: [...coefficients.subarray(0, width)], bias: coefficients[width], prior };
  });
  return { emissions, ...fitDurations(recordings.map(({ states }) => states)) };
}

function fitDurations(recordings: AnnotatedState[][]): Omit<CycleModel, "emissions"> {
  const s1: number[] = [], s2: number[] = [], diastoles: number[] = [];
  const intervals: { cycle: number; interval: number }[] = [];
  for (const states of recordings) {
    const cycles = wholeCycles(states);
    if (cycles.length === 0) continue;
    const cycle = median(cycles.map(([a, , , d]) => d.end - a.start));
    const interval = median(cycles.map(([a, , c]) => c.start - a.start));
    const diastole = median(cycles.map(([, , , d]) => d.end - d.start));
    for (const [a, , c, d] of cycles) {
      s1.push(a.end - a.start);
      s2.push(c.end - c.start);
      intervals.push({ cycle, interval: c.start - a.start });
      diastoles.push((d.end - d.start - diastole) / cycle);
    }
    intervals.push({ cycle, interval });
  }
  const meanCycle = mean(intervals.map((x) => x.cycle)), meanInterval = mean(intervals.map((x) => x.interval));
  const slope = mean(intervals.map((x) => (x.cycle - meanCycle) * (x.interval - meanInterval))) /
    deviation(intervals.map((x) => x.cycle)) ** 2;
  const offset = meanInterval - slope * meanCycle;
  return {
    s1: { mean: mean(s1), deviation: deviation(s1) },
    s2: { mean: mean(s2), deviation: deviation(s2) },
    systolicInterval: {
      offset,
      slope,
      deviation: deviation(intervals.map((x) => x.interval - offset - slope * x.cycle)),
    },
    diastole: { deviation: deviation(diastoles) },
  };
}

/** The S1, systole, S2 and diastole that follow each other without a gap. */
function wholeCycles(states: AnnotatedState[]): AnnotatedState[][] {
  const cycles = [];
  for (let i = 0; i + 4 <= states.length; i++) {
    const cycle = states.slice(i, i + 4);
    const whole = cycle.every(({ state, start }, k) => state === k && (k === 0 || start - cycle[k - 1].end < 1e-3));
    if (whole) cycles.push(cycle);
  }
  return cycles;
}

function mean(values: number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function deviation(values: number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - middle) ** 2)));
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
