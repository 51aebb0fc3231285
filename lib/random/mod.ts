/**
 * Named, seeded streams of random numbers: the only randomness in Auscult.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { randomStream } from "./mod.ts";
 * const stream = randomStream(0, "shuffling");
 * expect(stream.shuffle([1, 2, 3]).toSorted()).toEqual([1, 2, 3]);
 * ```
 *
 * @module
 */
export * from "./random_stream.ts";
