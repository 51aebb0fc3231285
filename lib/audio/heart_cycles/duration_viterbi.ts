/** The best path through the states. */
export interface StatePath {
  /** Log likelihood of the path. */
  score: number;
  /** One after the other, from step 0 to the last. */
  segments: { state: number; start: number; end: number }[];
}

/**
 * The most likely sequence of states of a hidden semi-Markov model whose states follow each other in a circle (Yu
 * 2010, the Viterbi algorithm of explicit durations). The first and the last state may have begun before the signal or
 * end behind it: for them the probability is that of lasting at least as long.
 *
 * @param logEmissions `[states][steps]`
 * @param logDurations `[states][longest + 1]`, logarithm of the probability of each duration in steps.
 */
export function durationViterbi(logEmissions: Float64Array[], logDurations: Float64Array[]): StatePath {
  const states = logEmissions.length, steps = logEmissions[0].length;
  const sums = logEmissions.map(runningSum);
  const atLeast = logDurations.map(logSurvival);
  // best[j][t]: the best path that ends state j right before step t.
  const best = logEmissions.map(() => new Float64Array(steps + 1).fill(-Infinity));
  const length = logEmissions.map(() => new Int32Array(steps + 1));
  for (let t = 1; t <= steps; t++) {
    for (let j = 0; j < states; j++) {
      const previous = best[(j + states - 1) % states], own = sums[j];
      const durations = t === steps ? atLeast[j] : logDurations[j];
      const longest = durations.length - 1;
      let top = t <= longest ? atLeast[j][t] : -Infinity, lasted = t <= longest ? t : 0; // since before the signal
      for (let d = Math.min(longest, t - 1); d >= 1; d--) {
        const score = previous[t - d] + durations[d] - own[t - d];
        if (score > top) {
          top = score;
          lasted = d;
        }
      }
      best[j][t] = top + own[t];
      length[j][t] = lasted;
    }
  }
  let state = 0;
  for (let j = 1; j < states; j++) if (best[j][steps] > best[state][steps]) state = j;
  const score = best[state][steps];
  const segments = [];
  for (let end = steps; end > 0; state = (state + states - 1) % states) {
    const start = end - length[state][end];
    segments.push({ state, start, end });
    if (start === end) break; // no path at all
    end = start;
  }
  return { score, segments: segments.reverse() };
}

/** `[n + 1]`: sum of the first t values. */
function runningSum(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let t = 0; t < values.length; t++) sums[t + 1] = sums[t] + values[t];
  return sums;
}

/** Logarithm of the probability of each duration or a longer one. */
function logSurvival(logProbabilities: Float64Array): Float64Array {
  const survival = new Float64Array(logProbabilities.length);
  let sum = 0;
  for (let d = logProbabilities.length - 1; d >= 0; d--) {
    sum += Math.exp(logProbabilities[d]);
    survival[d] = Math.log(sum);
  }
  return survival;
}
