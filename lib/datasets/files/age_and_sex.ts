import { isMissing } from "./is_missing.ts";

const SEXES: Record<string, string> = { f: "female", w: "female", 1: "female", m: "male", 0: "male" };

/** Age (years) and sex (`F`, `female`, 1, …) as tables and file names write them; what says nothing isn't known. */
export function ageAndSex(age: string | undefined, sex: string | undefined): { age?: number; sex?: string } {
  const years = isMissing(age) ? NaN : Number(age);
  return { age: Number.isFinite(years) ? years : undefined, sex: SEXES[sex?.trim().charAt(0).toLowerCase() ?? ""] };
}
