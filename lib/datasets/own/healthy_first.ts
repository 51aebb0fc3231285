const HEALTHY =
  /^(normal(befund)?|healthy|health|controls?|negative|none|absent|no|n|0|-1|gesund|unauff(ä|ae)llig|sain|sano|sana)$/i;

/** The distinct labels in order, a healthy one (normal, healthy, control, absent, …) before the others. */
export function healthyFirst(labels: Iterable<string>): string[] {
  const distinct = [...new Set(labels)].sort();
  return [...distinct.filter((label) => HEALTHY.test(label)), ...distinct.filter((label) => !HEALTHY.test(label))];
}
