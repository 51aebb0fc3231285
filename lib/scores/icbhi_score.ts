import { type Confusion, truthCount } from "./confusion_matrix.ts";

/** The scores of the ICBHI 2017 challenge, under their official names. */
export interface IcbhiScore {
  /** Rightly classified (exact class) of all abnormal cycles. */
  Se: number;
  /** Rightly classified of all normal cycles. */
  Sp: number;
  /** (Se + Sp) / 2. */
  Score: number;
}

/** Se, Sp and Score of a confusion whose class 0 is normal; NaN where there is no normal or no abnormal cycle. */
export function icbhiScore(confusion: Confusion): IcbhiScore {
  const { size, counts } = confusion;
  let right = 0, abnormal = 0;
  for (let c = 1; c < size; c++) {
    right += counts[c * size + c];
    abnormal += truthCount(confusion, c);
  }
  const Se = right / abnormal, Sp = counts[0] / truthCount(confusion, 0);
  return { Se, Sp, Score: (Se + Sp) / 2 };
}
