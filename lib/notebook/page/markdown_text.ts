import { Marked, type Tokens } from "marked";

export interface MarkdownHeading {
  /** Its anchor in the page. */
  id: string;
  /** 1 for the largest. */
  depth: number;
  text: string;
}

const marked = new Marked({
  gfm: true,
  renderer: {
    heading({ tokens, depth, text }: Tokens.Heading) {
      return `<h${depth} id="${anchor(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    html: ({ text }: Tokens.HTML | Tokens.Tag) => plainHtml(text),
    link({ href, tokens }: Tokens.Link) {
      const shown = this.parser.parseInline(tokens);
      return SAFE_LINK.test(href) ? `<a href="${escaped(href)}">${shown}</a>` : shown;
    },
  },
});

/** Tags that only say how text looks, without attributes. */
const SAFE_TAG =
  /^<\/?(b|i|em|strong|u|s|del|small|mark|sub|sup|kbd|code|pre|p|br|hr|div|span|blockquote|details|summary|ul|ol|li|table|thead|tbody|tr|th|td|h[1-6])\s*\/?>$/i;

/** To other pages and places, and to nothing that does something. */
const SAFE_LINK = /^(https?:|mailto:|#|(?![a-z][a-z0-9+.-]*:))/i;

/** HTML in Markdown as far as it shapes text; all else (`<meta>`, forms, frames, …) is shown as it was written. */
function plainHtml(html: string): string {
  return html.replaceAll(/<!--[^]*?(-->|$)/g, "").replaceAll(
    /<[^>]*>?/g,
    (tag) => SAFE_TAG.test(tag) ? tag : escaped(tag),
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The HTML of Markdown text. Nothing in it loads, sends, leads away or runs by itself. */
export function markdownHtml(source: string): string {
  return marked.parse(source, { async: false });
}

/** The headings of Markdown text, in order. */
export function markdownHeadings(source: string): MarkdownHeading[] {
  return marked.lexer(source).filter((token): token is Tokens.Heading => token.type === "heading")
    .map(({ depth, text }) => ({ id: anchor(text), depth, text }));
}

function anchor(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
}
