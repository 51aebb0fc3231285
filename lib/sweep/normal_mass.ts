import { normalCdf } from "../statistics/mod.ts";

/** Share of the standard normal distribution between two points, from the nearer tail. */
export function normalMass(from: number, to: number): number {
  return from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
}
