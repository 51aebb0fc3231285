/** The four states in the order of the heart cycle. */
export const STATES = ["S1", "systole", "S2", "diastole"] as const;

/** What was learned from annotated recordings. Durations in seconds. */
export interface CycleModel {
  /** By state: a logistic regression of "this state or another" on the envelopes at the neighbouring steps. */
  emissions: { weights: number[]; bias: number; prior: number }[];
  /** Mean and standard deviation of the durations of S1 and S2. */
  s1: { mean: number; deviation: number };
  s2: { mean: number; deviation: number };
  /** From the start of S1 to the start of S2: a line over the length of the cycle, and the deviation from it. */
  systolicInterval: { offset: number; slope: number; deviation: number };
  /** Deviation of a diastole from what its recording's mean cycle leaves for it, as a share of the cycle. */
  diastole: { deviation: number };
}

/** Steps before and behind that an emission looks at (of 20 ms each). */
export const CONTEXT = [-6, -4, -2, -1, 0, 1, 2, 4, 6];

/** The inputs of the emissions at a step: each envelope at each neighbour; beyond the ends the last value holds. */
export function emissionInputs(envelopes: Float64Array[], t: number): Float64Array {
  const last = envelopes[0].length - 1;
  const inputs = new Float64Array(envelopes.length * CONTEXT.length);
  let i = 0;
  for (const envelope of envelopes) {
    for (const offset of CONTEXT) inputs[i++] = envelope[Math.max(0, Math.min(last, t + offset))];
  }
  return inputs;
}

/**
 * Log likelihood of each state at each step, up to a number common to all states: by Bayes' rule the probability of the
 * state given the envelopes by its prior (Springer et al. 2016, eq. 5).
 *
 * @returns `[4][steps]`
 */
export function logEmissions(envelopes: Float64Array[], { emissions }: CycleModel): Float64Array[] {
  const steps = envelopes[0].length;
  const result = emissions.map(() => new Float64Array(steps));
  for (let t = 0; t < steps; t++) {
    const inputs = emissionInputs(envelopes, t);
    const probabilities = emissions.map(({ weights, bias }) => {
      let logOdds = bias;
      for (let i = 0; i < inputs.length; i++) logOdds += weights[i] * inputs[i];
      return 1 / (1 + Math.exp(-logOdds));
    });
    const sum = probabilities.reduce((total, p) => total + p, 1e-12);
    for (const [state, p] of probabilities.entries()) {
      result[state][t] = Math.log(Math.max(p / sum, 1e-6) / emissions[state].prior);
    }
  }
  return result;
}
