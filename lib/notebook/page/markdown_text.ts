import { Marked, type Tokens } from "marked";

/** A heading of Markdown text. */
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
  },
});

/** The HTML of Markdown text. Scripts in it don't run: the page's policy names none of them. */
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
