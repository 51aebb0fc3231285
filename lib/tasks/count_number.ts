import { InvalidArgumentError } from "@commander-js/extra-typings";

/** Parses a command-line value that must be a whole number of 1 or more: of none, nothing would be done. */
export function countNumber(text: string): number {
  if (!/^0*[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It should be a whole number of 1 or more.");
  return Number(text);
}
