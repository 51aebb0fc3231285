import { type Confusion, truthCount } from "./confusion_matrix.ts";

/** The scores of the SPRSound challenges (Zhang et al. 2022), under their official names. */
export interface SprsoundScore {
  /** Rightly classified (exact class) of all that is not normal. */
  SE: number;
  /** Rightly classified of all that is normal. */
  SP: number;
  /** (SE + SP) / 2. */
  AS: number;
  /** 2 SE SP / (SE + SP); 0 where both are 0. */
  HS: number;
  /** (AS + HS) / 2. */
  Score: number;
}

/**
 * SE, SP, AS, HS and Score of a confusion whose class 0 is normal.
 *
 * @param options `poorQuality`: the class of unusable recordings in the record tasks, which SE leaves out.
 * @returns NaN where there is no normal or no other example.
 */
export function sprsoundScore(confusion: Confusion, options: { poorQuality?: number } = {}): SprsoundScore {
  const { size, counts } = confusion;
  let right = 0, abnormal = 0;
  for (let c = 1; c < size; c++) {
    if (c === options.poorQuality) continue;
    right += counts[c * size + c];
    abnormal += truthCount(confusion, c);
  }
  const SE = right / abnormal, SP = counts[0] / truthCount(confusion, 0);
  const AS = (SE + SP) / 2;
  const HS = SE + SP === 0 ? 0 : 2 * SE * SP / (SE + SP);
  return { SE, SP, AS, HS, Score: (AS + HS) / 2 };
}
