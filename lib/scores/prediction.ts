/** One row of `predictions.csv`: what a model said of one item (a manifest row) that it was judged on. */
export interface Prediction {
  fold: number;
  seed: number;
  /** `"validation"`, `"test"`, or the name of an official part. */
  part: string;
  recording: string;
  subject: string;
  /** Which of several examinations of the subject. */
  visit?: string;
  source: string;
  /** Seconds. */
  start: number;
  /** Seconds. */
  end: number;
  /** In what a network says window by window: 0 begins an item. Left out where the whole item was judged. */
  window?: number;
  /** The true class. */
  label: string;
  /** The class after the decision rule. */
  predicted: string;
  /** One a class, in the order of the classes; they sum to 1. */
  probabilities: number[];
}
