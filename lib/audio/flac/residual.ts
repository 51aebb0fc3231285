/** What a fixed predictor leaves of a block, and how it is written. */
export interface Residual {
  /** Differences taken: the predictor is a polynomial of one degree less. */
  order: number;
  /** `[block - order]` */
  values: Int32Array;
  /** The block is divided into two to the power of it. */
  partitions: number;
  /** Of the Rice codes, one a partition. */
  parameters: number[];
  /** Length of it all, first samples included. */
  bits: number;
}

/** Highest order that the format has. */
const HIGHEST_ORDER = 4;

/** Largest parameter of 4 bits; 15 marks something else. */
const LARGEST_PARAMETER = 14;

/** More partitions cost more than they bring in blocks of a second. */
const MOST_PARTITIONS = 5;

/** The residual of the fewest bits, over all orders and partitions (RFC 9639, sections 9.2.5 and 9.2.7). */
export function smallestResidual(block: Int32Array): Residual {
  let values = block, best: Residual | undefined;
  for (let order = 0; order <= Math.min(HIGHEST_ORDER, block.length - 1); order++) {
    if (order > 0) values = differences(values);
    for (let partitions = 0; partitions <= MOST_PARTITIONS; partitions++) {
      const size = block.length >> partitions;
      if (size << partitions !== block.length || size <= order) break;
      const coded = riceParameters(values, { order, size, count: 1 << partitions });
      const bits = 14 + 16 * order + coded.bits;
      if (!best || bits < best.bits) best = { order, values, partitions, parameters: coded.parameters, bits };
    }
  }
  return best!;
}

function differences(values: Int32Array): Int32Array {
  const next = new Int32Array(values.length - 1);
  for (let i = 0; i < next.length; i++) next[i] = values[i + 1] - values[i];
  return next;
}

function riceParameters(
  values: Int32Array,
  { order, size, count }: { order: number; size: number; count: number },
): { parameters: number[]; bits: number } {
  const parameters: number[] = [];
  let bits = 0;
  for (let p = 0; p < count; p++) {
    const part = values.subarray(Math.max(0, p * size - order), (p + 1) * size - order);
    let sum = 0;
    for (let i = 0; i < part.length; i++) sum += Math.abs(part[i]);
    // The code of least length for a geometric distribution lies at the logarithm of the mean, or next to it.
    const middle = Math.floor(Math.log2(Math.max(1, 2 * sum / part.length)));
    const near = [middle - 1, middle, middle + 1].map((k) => Math.max(0, Math.min(LARGEST_PARAMETER, k)));
    const lengths = near.map((k) => riceLength(part, k));
    const least = Math.min(...lengths);
    parameters.push(near[lengths.indexOf(least)]);
    bits += 4 + least;
  }
  return { parameters, bits };
}

function riceLength(values: Int32Array, parameter: number): number {
  let bits = values.length * (parameter + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    bits += (value >= 0 ? 2 * value : -2 * value - 1) >>> parameter;
  }
  return bits;
}
