// @ts-types="@types/sanitize-html"
import sanitizeHtml from "sanitize-html";

/** Elements that load, send or lead elsewhere; the page's policy stops most of them, but not a refresh. */
const TAKEN_OUT = new Set([
  ...["meta", "base", "link", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "form"],
  ...["fencedframe", "template"],
]);

/**
 * The HTML of an output without what could lead elsewhere. Whatever else it holds may stay: the page's policy lets nothing be
 * loaded, and only those scripts run that cells put there, as in the notebook itself.
 */
export function harmlessHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true, // style elements: they are asked for here
    allowedSchemes: ["http", "https", "mailto", "data", "blob"],
    exclusiveFilter: ({ tag }) => TAKEN_OUT.has(tag.toLowerCase()),
    parseStyleAttributes: false,
    parser: { lowerCaseTags: false, lowerCaseAttributeNames: false }, // SVG has viewBox
  });
}
