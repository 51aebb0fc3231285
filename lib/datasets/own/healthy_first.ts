const HEALTHY = /^(normal|healthy|health|control|controls|negative|none|absent|no|n|0|-1)$/i;

/** The distinct labels in order, a healthy one (normal, healthy, control, absent, …) before the others. */
export function healthyFirst(labels: Iterable<string>): string[] {
  const distinct = [...new Set(labels)].sort();
  return [...distinct.filter((label) => HEALTHY.test(label)), ...distinct.filter((label) => !HEALTHY.test(label))];
}
