import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A source of random numbers that depends on nothing but its seed and its name. */
export interface RandomStream {
  /** A number in [0, 1), 53 bits. */
  uniform(low?: number, high?: number): number;
  /** A whole number in [0, n). */
  integer(n: number): number;
  /** A normal deviate of mean 0 and standard deviation 1 (Box-Muller). */
  normal(): number;
  /** One of the items, each as likely as the other. */
  choice<T>(items: readonly T[]): T;
  /** The items in a new random order (Fisher-Yates); the argument stays as it is. */
  shuffle<T>(items: Iterable<T>): T[];
  /** A stream of its own, e.g. one an epoch or one a subject: `stream.fork("epoch/3")`. */
  fork(name: string): RandomStream;
  /** What {@linkcode resumeStream} needs to go on from here. */
  state(): RandomState;
}

/** The whole state of a stream, plain JSON. */
export interface RandomState {
  seed: number;
  name: string;
  words: number[];
}

/**
 * The stream of random numbers called `name` under `seed`. Streams of different names are independent, so that
 * adding an augmentation does not change the folds.
 *
 * @example The same name gives the same numbers
 * ```ts
 * import { expect } from "expect";
 * expect(randomStream(7, "folds").integer(100)).toBe(randomStream(7, "folds").integer(100));
 * ```
 */
export function randomStream(seed: number, name: string): RandomStream {
  return resumeStream({ seed, name, words: [...xoroshiro128plus(hash32(`${seed}/${name}`)).getState()] });
}

/** The stream that {@linkcode RandomStream.state} was taken from, at that point. */
export function resumeStream({ seed, name, words }: RandomState): RandomStream {
  const generator = xoroshiro128plusFromState(words);
  const uniform = (low = 0, high = 1) => low + (high - low) * uniformFloat64(generator);
  const integer = (n: number) => uniformInt(generator, 0, n - 1);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    choice: (items) => items[integer(items.length)],
    shuffle(items) {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last--) {
        const other = integer(last + 1);
        [order[last], order[other]] = [order[other], order[last]];
      }
      return order;
    },
    fork: (child) => randomStream(seed, `${name}/${child}`),
    state: () => ({ seed, name, words: [...generator.getState()] }),
  };
}

/** 32-bit FNV-1a (Fowler, Noll, Vo), then the final mix of MurmurHash3, so that near names lie far apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
