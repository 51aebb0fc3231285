/** A channel whose power is below this share of the loudest's (-40 dB) is dead: in the mean it would only halve the others. */
const DEAD = 1e-4;

/** The mean of channels that don't know of each other keeps 1 / n of their power; below this share of that they cancel. */
const CANCELLED = 0.1;

/**
 * The mean of the living channels. Where that cancels (a microphone's two poles, of which one is turned), the loudest;
 * and what was odd about them.
 */
export function mixDown(channelData: Float32Array[]): { samples: Float32Array; notes: string[] } {
  const count = channelData.length;
  if (count === 1) return { samples: channelData[0], notes: [] };
  const powers = channelData.map(power);
  const loudest = Math.max(...powers);
  const living = channelData.filter((_, c) => !(powers[c] < DEAD * loudest));
  const dead = count - living.length;
  const notes = dead === 0
    ? []
    : [`${dead} of ${count} channels hold nothing: ${living.length === 1 ? "the other is" : "the others are"} taken`];
  const samples = living.length === 1 ? living[0] : mean(living);
  const expected = powers.reduce((sum, x) => sum + x, 0) / living.length ** 2;
  if (living.length === 1 || !(power(samples) < CANCELLED * expected)) return { samples, notes };
  return {
    samples: channelData[powers.indexOf(loudest)],
    notes: [...notes, "the channels cancel each other in their mean: the loudest is taken"],
  };
}

function mean(channelData: Float32Array[]): Float32Array {
  const mono = new Float32Array(channelData[0].length);
  for (let i = 0; i < mono.length; i++) {
    let sum = 0;
    for (const channel of channelData) sum += channel[i];
    mono[i] = sum / channelData.length;
  }
  return mono;
}

/** Variance. */
function power(samples: Float32Array): number {
  let sum = 0, squares = 0;
  for (let i = 0; i < samples.length; i++) {
    sum += samples[i];
    squares += samples[i] * samples[i];
  }
  const n = Math.max(1, samples.length);
  return squares / n - (sum / n) ** 2;
}
