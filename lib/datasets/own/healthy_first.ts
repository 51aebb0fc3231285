const HEALTHY = [
  /^(normal(befund)?|healthy|health|well|controls?|negative|neg|none|absent|no|nein|non|n|false|0|-1|[-–−])$/i,
  /^(gesund|unauff(ä|ae)llig|sain|sano|sana)$/i,
  // "no murmur", "without_crackles", "ohne Befund", but neither "not normal" nor "non-healthy"
  /^(no|non|not|without|absen(t|ce)|free|kein\w*|ohne|sans|pas|sin)[\s_-]+(?!.*(normal|healthy|gesund))/i,
  /[\s_:-](absent|negative|neg|no|false)$/i, // "murmur absent", "COVID_negative"
  /^(normal|healthy|controls?|gesunde?)[\s_-]/i, // "healthy control", "normal_heart"
];

/** Whether a label says that nothing is wrong. */
export function isHealthy(label: string): boolean {
  return HEALTHY.some((pattern) => pattern.test(label));
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
  const counts = `${second} counts as the abnormal one, whose share that is found is the sensitivity`;
  const remedy = 'call the other "normal" to turn it round';
  return [`of the classes ${first} and ${second} no name says which is healthy: ${counts} (${remedy})`];
}
