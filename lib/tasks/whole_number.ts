import { InvalidArgumentError } from "@commander-js/extra-typings";

/** Parses a command-line value that must be a whole number of 0 or more. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It should be a whole number of 0 or more.");
  return Number(text);
}
