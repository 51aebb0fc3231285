// How values of options are read from a command line.
import { InvalidArgumentError } from "@commander-js/extra-typings";

/** Of an option that may be repeated: all of its values. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** Parses a command-line value that must be a whole number of 1 or more: of none, nothing would be done. */
export function countNumber(text: string): number {
  if (!/^0*[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It should be a whole number of 1 or more.");
  return Number(text);
}

/** Parses a command-line value that must be a whole number of 0 or more. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It should be a whole number of 0 or more.");
  return Number(text);
}
