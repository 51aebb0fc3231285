/** As spreadsheets, databases, pandas, R, SAS and SPSS write that a value isn't known; `#NV` is German for `#N/A`. */
const MISSING =
  /^(|n\/?a|n\.a\.|<na>|nan|nat|null|\\n|#n\/a|#nv|#n\/v|#value!|#wert!|#ref!|#bezug!|#div\/0!|-+|–|—|\.|\?)$/i;

/**
 * Whether a cell says that its value isn't known: empty, `NA`, `N/A`, `NaN`, `#N/A`, `null`, `-` and the like. `none` is a value
 * (a healthy class) unless `none` is set, as for subjects and attributes, where Python's None is meant.
 */
export function isMissing(cell: string | undefined, { none = false }: { none?: boolean } = {}): boolean {
  const text = cell?.trim() ?? "";
  return MISSING.test(text) || none && /^none$/i.test(text);
}
