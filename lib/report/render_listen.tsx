import type { ListenData } from "./listen/listen_data.ts";
import desk from "./listen/listen.css" with { type: "text" };
import player from "./listen/player.css" with { type: "text" };
import verdict from "./listen/verdict.css" with { type: "text" };
import { renderPage } from "./page/render_page.tsx";
import { pageScript } from "./live_script.ts";

/**
 * The text of a page to listen to a queue of sounds in. It needs nothing else: from disk it asks for nothing and keeps what is
 * said in the browser; from the server of `deno task listen` it sends verdicts there and nowhere else.
 */
export async function renderListenPage(data: ListenData): Promise<string> {
  return await renderPage({
    title: `${data.title} · listening`,
    kind: "listening",
    packed: await pageScript(import.meta.resolve("./listen/listen.tsx")),
    computes: true,
    saves: true,
    data,
    style: desk + player + verdict,
    body: (
      <>
        <header class="head listening">
          <h1>{data.title}</h1>
        </header>
        <div id="listen">
          <p>The page is opening. It needs a browser that runs scripts.</p>
        </div>
        <footer>
          Sounds stay on this machine. They are raised to full loudness; heart sounds are low, so use headphones.
        </footer>
      </>
    ),
  });
}
