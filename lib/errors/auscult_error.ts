/** The four parts of every message: what was expected, what was found, where, and what to do about it. */
export interface Problem {
  /** What the code needed, as the end of "Expected …": `"a WAV file"`. */
  expected: string;
  /** What was there instead, as the end of "but found …": `"an empty file"`. */
  found: string;
  /** The file, option or row that the problem is in. */
  where?: string;
  /** What the reader can do, as an imperative: `"record it again"`. */
  remedy?: string;
  /** The lower-level error that revealed it. */
  cause?: unknown;
}

/**
 * The root of all errors that a user may see. Its message is one sentence that needs no stack trace.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { DataError } from "./mod.ts";
 * const error = new DataError({ expected: "a WAV file", found: "an empty file", where: "a.wav", remedy: "record it again" });
 * expect(error.message).toBe("Expected a WAV file but found an empty file in a.wav: record it again.");
 * ```
 */
export abstract class AuscultError extends Error {
  /** Exit status of a task that ends with this error. */
  abstract readonly exitCode: 1 | 2;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(sentence(problem), problem.cause === undefined ? undefined : { cause: problem.cause });
    this.name = new.target.name;
    this.problem = problem;
  }
}

/** Wrong usage: a command line, option or configuration that can't be followed. */
export class UsageError extends AuscultError {
  override readonly exitCode = 2;
}

/** A value that a function can't work with: a shape, a rate, NaN samples. */
export class InputError extends AuscultError {
  override readonly exitCode = 1;
}

/** A file or dataset that isn't what it should be, or isn't there. */
export class DataError extends AuscultError {
  override readonly exitCode = 1;
}

/** A subject or a recording that stands on two sides of a split. */
export class LeakError extends AuscultError {
  override readonly exitCode = 1;
}

/** A training that can't go on: a loss that is no number, a model with nothing to learn. */
export class TrainingError extends AuscultError {
  override readonly exitCode = 1;
}

/** A graphics card that stopped answering amid its work: what was saved can go on without it. */
export class CardLostError extends TrainingError {}

/** A training whose numbers left all bounds: its settings are bad, while the experiment may be good. */
export class DivergenceError extends TrainingError {}

function sentence({ expected, found, where, remedy }: Problem): string {
  return `Expected ${expected} but found ${found}${where ? ` in ${where}` : ""}${remedy ? `: ${remedy}` : ""}.`;
}
