import { cellLanguage } from "./cell_language.ts";
import { executeHidden, type FencedKernel, RUNTIME } from "./fenced_kernel.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";

const WAIT_MS = 2500; // how long an answer of the language server is waited for: its first takes seconds

/**
 * Help where people press Shift-Tab and Tab, and a word on types beneath a cell. What the types say comes from Deno's language
 * server, what a variable holds from the kernel itself: that one answers also while the other is still starting.
 */
export function cellHelp(folder: string, fenced: FencedKernel) {
  const language = cellLanguage(folder);

  async function inspect(code: string, cursor: number): Promise<MessageContent> {
    const typed = await within(language.inspect(code, cursor), WAIT_MS);
    const value = await valueAt(code, cursor, fenced);
    const markdown = [typed, value && `\`\`\`ts\n${value}\n\`\`\``].filter((text) => text !== undefined).join("\n\n");
    const plain = markdown.replaceAll(/^```\w*\n?/gm, "").replaceAll(/\n{3,}/g, "\n\n").trim();
    const data = markdown === "" ? {} : { "text/plain": plain, "text/markdown": markdown };
    return { status: "ok", found: markdown !== "", data, metadata: {} };
  }

  async function complete(code: string, cursor: number, request: MessageContent): Promise<MessageContent> {
    const typed = await within(language.complete(code, cursor), WAIT_MS);
    if (typed === undefined || typed.names.length === 0) {
      return readContent(await fenced.request("complete_request", request));
    }
    const [cursor_start, cursor_end] = [typed.start, cursor].map((at) => [...code.slice(0, at)].length);
    return { status: "ok", matches: typed.names, cursor_start, cursor_end, metadata: {} };
  }

  return {
    /** The reply to an `inspect_request` or `complete_request`; `undefined` for any other. */
    async answer(type: string, content: MessageContent | Uint8Array): Promise<MessageContent | undefined> {
      if (type !== "inspect_request" && type !== "complete_request") return undefined;
      const request = content instanceof Uint8Array ? readContent({ content }) : content;
      const code = String(request.code);
      // Jupyter counts characters, JavaScript their halves.
      const cursor = [...code].slice(0, Number(request.cursor_pos)).join("").length;
      return type === "inspect_request" ? await inspect(code, cursor) : await complete(code, cursor, request);
    },
    /** The warning on a cell's types as a `display_data`, once it is known; none where they agree. */
    async warning(code: string): Promise<JupyterMessage | undefined> {
      const problems = await language.problems(code).catch(() => []);
      if (problems.length === 0) return undefined;
      const text = problems.map((problem) => `Type warning, ${problem}`).join("\n");
      const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      const html = `<pre style="margin:0;padding-left:8px;border-left:3px solid #c90">${escaped}</pre>`;
      const content = { data: { "text/plain": text, "text/html": html }, metadata: {}, transient: {} };
      return newMessage({ type: "display_data", content, session: "types" });
    },
    ran: language.ran,
    close: language.close,
  };
}

/** What a variable, or a property of one, holds; nothing for a function, whose type says more. */
async function valueAt(code: string, cursor: number, fenced: FencedKernel): Promise<string | undefined> {
  const left = code.slice(0, cursor).match(/[\p{ID_Continue}$.]*$/u)![0];
  const right = code.slice(cursor).match(/^[\p{ID_Continue}$]*/u)![0];
  const path = left + right;
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u.test(path)) return undefined;
  const { text } = await executeHidden(fenced, `await ${RUNTIME}.showValue(() => ${path})`);
  return text || undefined;
}

/** What a promise gives within a time; `undefined` where it takes longer or fails. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(resolve, milliseconds, undefined));
  try {
    return await Promise.race([promise.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
