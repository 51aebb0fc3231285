import type { AnnotatedEvent, ManifestRow, PassedOver } from "./manifest.ts";
import type { ReadRows } from "./read_dataset.ts";

/** Years; the oldest person whose age is documented died at 122. */
const OLDEST = 130;

/**
 * What a loader found without what can't be: rows whose label is none of the classes, segments and events that aren't a
 * stretch of time, numbers that aren't finite, ages that nobody has. Whatever a file says, and whichever loader read it,
 * nothing else reaches a manifest.
 */
export function plausibleRows(found: ReadRows): ReadRows {
  const passedOver: PassedOver[] = [...found.passedOver];
  const known = new Set(found.classes);
  const rows = found.rows.filter((row) => {
    const reason = !known.has(row.label)
      ? `the label "${String(row.label)}" is none of the task's`
      : isStretch(row)
      ? undefined
      : `from ${row.start} to ${row.end} s is no stretch of time`;
    if (reason !== undefined) passedOver.push({ path: row.recording, reason, mislabelled: true });
    return reason === undefined;
  });
  const isPlausible = (event: AnnotatedEvent) => {
    if (isStretch(event)) return true;
    const reason = `the event "${event.label}" from ${event.start} to ${event.end} s is no stretch of time`;
    passedOver.push({ path: event.recording, reason, mislabelled: true });
    return false;
  };
  const events = found.events.filter(isPlausible), states = found.states?.filter(isPlausible);
  const odd: string[] = [];
  const described = rows.map((row) => ({ ...row, attributes: plausibleAttributes(row, odd) }));
  const warnings = odd.length === 0 ? [] : [
    `${odd.length} values that can't be were left out: ${odd.slice(0, 3).join("; ")}${odd.length > 3 ? "; …" : ""}`,
  ];
  return {
    ...found,
    rows: described,
    events,
    ...states ? { states } : {},
    passedOver,
    warnings: [...found.warnings, ...warnings],
  };
}

function isStretch({ start, end }: Pick<AnnotatedEvent, "start" | "end">): boolean {
  return Number.isFinite(start) && Number.isFinite(end) && start >= 0 && end > start;
}

function plausibleAttributes({ recording, attributes }: ManifestRow, odd: string[]): ManifestRow["attributes"] {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => {
      if (typeof value !== "number") return true;
      const plausible = Number.isFinite(value) && (name !== "age" || (value >= 0 && value <= OLDEST));
      if (!plausible) odd.push(`the ${name} ${value} of ${recording}`);
      return plausible;
    }),
  );
}
