// @ts-types="@types/pdfkit"
import PDFDocument from "pdfkit";
import { Buffer } from "node:buffer";

const POINTS_A_MM = 72 / 25.4; // a point is 1/72 inch

/**
 * A picture as a PDF of one page with nothing beside it. Letters become outlines, so that it needs no fonts and shows every
 * script that this machine has one of.
 *
 * @param svg Of paths, texts and PNG pictures, its size in pixels.
 */
export async function svgPdf(svg: string, { millimetres }: { millimetres: number }): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js"); // looks at the machine when it is loaded
  const drawn = new Resvg(svg, { font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans" } });
  const scale = millimetres * POINTS_A_MM / drawn.width;
  const document = new PDFDocument({
    size: [scale * drawn.width, scale * drawn.height],
    margin: 0,
    info: { CreationDate: new Date(0) }, // the same picture is the same file
  });
  document.scale(scale);
  for (const [, end, tag, text] of drawn.toString().matchAll(/<(\/?)(g|path|image)\b([^>]*)>/g)) {
    const at = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    if (end) document.restore();
    else draw(document, tag, Object.fromEntries(at));
  }
  document.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of document as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type Attributes = Record<string, string | undefined>;

/** An element as resvg writes it, with all that it inherits: groups with matrices, paths, and pictures. */
function draw(document: PDFKit.PDFDocument, tag: string, at: Attributes): void {
  if (tag !== "g") document.save();
  else document.save().opacity(Number(at.opacity ?? 1));
  if (at.transform) {
    document.transform(...at.transform.match(/-?[\d.e-]+/g)!.map(Number) as Parameters<typeof document.transform>);
  }
  if (tag === "g") return; // its end restores
  if (tag === "image") {
    const place = { width: Number(at.width), height: Number(at.height) };
    document.image(Buffer.from(at["xlink:href"]!.split(",")[1], "base64"), Number(at.x ?? 0), Number(at.y ?? 0), place);
  } else drawPath(document, at);
  document.restore();
}

function drawPath(document: PDFKit.PDFDocument, at: Attributes): void {
  const fill = at.fill !== undefined && at.fill !== "none", stroke = at.stroke !== undefined && at.stroke !== "none";
  if (fill) document.fillColor(at.fill!, Number(at["fill-opacity"] ?? 1));
  if (stroke) {
    document.lineWidth(Number(at["stroke-width"] ?? 1)).strokeColor(at.stroke!, Number(at["stroke-opacity"] ?? 1));
    const dashes = at["stroke-dasharray"]?.split(/[ ,]+/).map(Number);
    if (dashes) document.dash(dashes[0], { space: dashes[1] });
  }
  document.path(at.d!);
  if (fill && stroke) document.fillAndStroke();
  else if (fill) document.fill();
  else if (stroke) document.stroke();
}
