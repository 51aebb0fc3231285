import { AnsiUp } from "ansi_up";

/** Text with terminal colours as HTML, escaped: how Deno prints values. */
export function ansiHtml(text: string): string {
  const ansi = new AnsiUp(); // it keeps colours from one text to the next
  ansi.use_classes = true;
  ansi.escape_html = true;
  return ansi.ansi_to_html(text);
}
