const HEALTHY =
  /^(normal(befund)?|healthy|health|well|controls?|negative|neg|none|absent|no|nein|non|n|false|0|-1|[-–−])$/i;
const HEALTHY_ELSEWHERE = /^(gesund|unauff(ä|ae)llig|sain|sano|sana)$/i;

/** `"no murmur"`, `"without_crackles"`, `"ohne Befund"`, but neither `"not normal"` nor `"non-healthy"`. */
const DENIED = /^(no|non|not|without|absen(t|ce)|free|kein\w*|ohne|sans|pas|sin)[\s_-]+(?!.*(normal|healthy|gesund))/i;
/** `"murmur absent"`, `"COVID_negative"`. */
const DENIED_AFTER = /[\s_:-](absent|negative|neg|no|false)$/i;
/** `"healthy control"`, `"normal_heart"`. */
const CALLED = /^(normal|healthy|controls?|gesunde?)[\s_-]/i;

/** Whether a label says that nothing is wrong. */
export function isHealthy(label: string): boolean {
  return [HEALTHY, HEALTHY_ELSEWHERE, DENIED, DENIED_AFTER, CALLED].some((pattern) => pattern.test(label));
}

/** The distinct labels in order, a healthy one (normal, healthy, control, no murmur, …) before the others. */
export function healthyFirst(labels: Iterable<string>): string[] {
  const distinct = [...new Set(labels)].sort();
  return [...distinct.filter(isHealthy), ...distinct.filter((label) => !isHealthy(label))];
}

/** Which of two classes is the positive one, in a sentence, where their names leave it open. */
export function openPositive(classes: readonly string[]): string[] {
  if (classes.length !== 2 || classes.filter(isHealthy).length === 1) return [];
  const [first, second] = classes.map((name) => JSON.stringify(name));
  return [
    `of the classes ${first} and ${second} no name says which is healthy: ${second} counts as the abnormal one, whose share ` +
    `that is found is the sensitivity (call the other "normal" to turn it round)`,
  ];
}
