import { visibleText } from "./visible_text.ts";

/** Text that Markdown, HTML and terminals leave as it is: names of classes, files and sources are never markup. */
export function plainText(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]#|!~$]/g, "\\$&")
    .replaceAll(/\s*[\r\n]+\s*/g, " ");
  return visibleText(escaped);
}
