/** Text that XML and HTML show as it is, also inside quotes. Entities that stand there already stay. */
export function escapeXml(text: string): string {
  return text.replaceAll(/&(?!#?\w+;)/g, "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
    '"',
    "&quot;",
  );
}
