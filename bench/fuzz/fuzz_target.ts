/** A file that is read without complaint, to be damaged. */
export interface FuzzSeed {
  /** Path below the case's folder: `"model/bundle.json"`. */
  name: string;
  bytes: Uint8Array;
  /** Whether words and numbers of it are replaced, too. */
  text?: boolean;
}

/** A reader that is given damaged files. */
export interface FuzzTarget {
  name: string;
  /**
   * Writes what must lie beside a case into its folder, and gives the seeds.
   *
   * @param folder Empty; it stays from case to case.
   */
  prepare(folder: string): Promise<FuzzSeed[]>;
  /**
   * Reads the damaged file where it lies. An `AuscultError` that names it, or what it is part of, is a refusal; any other error
   * an offence.
   *
   * @throws {WrongAnswer} for an answer that can't be: NaN, a label of no class.
   */
  read(folder: string, seed: FuzzSeed): Promise<void>;
}

/** Damage that was taken for something else. */
export class WrongAnswer extends Error {
  override readonly name = "WrongAnswer";
}

/** @throws {WrongAnswer} where a number isn't finite. */
export function requireFinite(numbers: Iterable<number>, what: string): void {
  for (const number of numbers) {
    if (!Number.isFinite(number)) throw new WrongAnswer(`${what} ${number}`);
  }
}
