const HEALTHY =
  /^(normal(befund)?|healthy|health|controls?|negative|none|absent|no|n|0|-1|gesund|unauff(ä|ae)llig|sain|sano|sana)$/i;

/** Whether a label says that nothing is wrong. */
export function isHealthy(label: string): boolean {
  return HEALTHY.test(label);
}

/** The distinct labels in order, a healthy one (normal, healthy, control, absent, …) before the others. */
export function healthyFirst(labels: Iterable<string>): string[] {
  const distinct = [...new Set(labels)].sort();
  return [...distinct.filter(isHealthy), ...distinct.filter((label) => !isHealthy(label))];
}
