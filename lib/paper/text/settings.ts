import { cited } from "./cited.ts";

/** `a, b and c`. */
export function listed(names: readonly unknown[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A part of an experiment with all its options: `spec-augment [@park2019] (probability 1, bands 6)`. */
export function settings(part: unknown): string {
  if (typeof part !== "object" || part === null) return cited(String(part));
  const { kind, ...options } = part as { kind?: string } & Record<string, unknown>;
  const said = Object.entries(options).filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => [key, valueText(value)]).filter(([, text]) => text !== "").map((pair) => pair.join(" "));
  return [kind === undefined ? "" : cited(kind), said.length > 0 ? `(${said.join(", ")})` : ""].filter(Boolean).join(
    " ",
  );
}

/** The same without the works that its parts are cited by, and with no brackets around the whole. */
export function plainSettings(part: unknown): string {
  return settings(part).replaceAll(/ \[@\w+\]/g, "").replace(/^\((.*)\)$/s, "$1");
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return typeof value === "object" && value !== null ? settings(value) : String(value);
}
