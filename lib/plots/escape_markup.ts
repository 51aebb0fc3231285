/**
 * Text that plotly shows as it is: plotly reads `<b>` and `&lt;` in names as markup, and a label or file name must
 * never be more than text.
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
