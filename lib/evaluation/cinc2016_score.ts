/** The scores of the PhysioNet/CinC challenge 2016, under their official names. */
export interface Cinc2016Score {
  Se: number;
  Sp: number;
  /** (Se + Sp) / 2. */
  MAcc: number;
}

/** A recording's truth, answer and quality. */
export interface Cinc2016Answer {
  abnormal: boolean;
  answer: "normal" | "abnormal" | "unsure";
  /** Flagged as noisy by the organisers: `"unsure"` is then the right answer too. */
  noisy?: boolean;
  /** How many recordings this is said of. @default {1} */
  count?: number;
}

/** Options of {@linkcode cinc2016Score}. */
export interface Cinc2016Options {
  /**
   * `"quality"` (the website): unsure is right on noisy and wrong on clean recordings, and the two qualities are weighted by
   * their shares; `"half"` (the organisers' script): unsure counts half.
   *
   * @default {"quality"}
   */
  unsure?: "quality" | "half";
  /** Weights of the [clean, noisy] abnormal recordings. Their shares where left out. */
  abnormalWeights?: readonly [number, number];
  /** Weights of the [clean, noisy] normal recordings. Their shares where left out. */
  normalWeights?: readonly [number, number];
}

/** Se, Sp and MAcc (Clifford et al. 2016); NaN where a class is missing. */
export function cinc2016Score(answers: readonly Cinc2016Answer[], options: Cinc2016Options = {}): Cinc2016Score {
  const { unsure = "quality", abnormalWeights, normalWeights } = options;
  const rate = (abnormal: boolean, weights?: readonly [number, number]) => {
    const those = answers.filter((one) => one.abnormal === abnormal);
    const right = abnormal ? "abnormal" : "normal";
    const all = total(those);
    if (!(all > 0)) return NaN;
    if (unsure === "half") {
      return total(those, ({ answer }) => answer === right ? 1 : answer === "unsure" ? 0.5 : 0) / all;
    }
    const clean = those.filter((one) => !one.noisy), noisy = those.filter((one) => one.noisy);
    const [forClean, forNoisy] = weights ?? [total(clean) / all, total(noisy) / all];
    return forClean * share(clean, ({ answer }) => Number(answer === right)) +
      forNoisy * share(noisy, ({ answer }) => Number(answer === right || answer === "unsure"));
  };
  const Se = rate(true, abnormalWeights), Sp = rate(false, normalWeights);
  return { Se, Sp, MAcc: (Se + Sp) / 2 };
}

type Credit = (answer: Cinc2016Answer) => number;

function total(answers: readonly Cinc2016Answer[], credit: Credit = () => 1): number {
  return answers.reduce((sum, answer) => sum + (answer.count ?? 1) * credit(answer), 0);
}

function share(answers: readonly Cinc2016Answer[], credit: Credit): number {
  const all = total(answers);
  return all > 0 ? total(answers, credit) / all : 0;
}
