import { isMissing } from "./is_missing.ts";

const SEXES: Record<string, string> = { f: "female", w: "female", 1: "female", m: "male", 0: "male" };

/** `"female"` or `"male"` for what tables call them; nothing for numbers, whose meaning differs from table to table. */
export function sexOf(cell: string): string | undefined {
  return /^(f|fem\w*|w|weibl\w*|frau)$/i.test(cell)
    ? "female"
    : /^(m|males?|masc\w*|m(ä|ae)nnl\w*|mann|homme)$/i.test(cell)
    ? "male"
    : undefined;
}

const AGE =
  /^(\d+(?:[.,]\d+)?)\s*(?:(y|yrs?|years?|j|jahre?)|(m|mo|months?|monate?)|(w|weeks?|wochen?)|(d|days?|tage?))\.?$/i;

/** Years in an age with its unit, as `"45 years"`, `"006M"` (DICOM) and `"3 Wochen"` have it. */
export function yearsOf(cell: string): number | undefined {
  const [, number, years, months, weeks] = AGE.exec(cell) ?? [];
  if (number === undefined) return undefined;
  return Number(number.replace(",", ".")) / (years ? 1 : months ? 12 : weeks ? 365.25 / 7 : 365.25);
}

/** Age (years) and sex (`F`, `female`, 1, …) as tables and file names write them; what says nothing isn't known. */
export function ageAndSex(age: string | undefined, sex: string | undefined): { age?: number; sex?: string } {
  const years = isMissing(age) ? NaN : Number(age);
  return { age: Number.isFinite(years) ? years : undefined, sex: SEXES[sex?.trim().charAt(0).toLowerCase() ?? ""] };
}
