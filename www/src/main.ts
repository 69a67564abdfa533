import { Console } from "./console.js";
import { element } from "./dom.js";
import { Editor } from "./editor.js";
import { examples } from "./examples.js";
import { Keyspace } from "./keyspace.js";
import { Session } from "./session.js";
import { linkTo, sharedLines, sharedScript } from "./share.js";
import { split, Unbalanced } from "./split.js";
import "./style.css";

const status = element<HTMLParagraphElement>("status");
const select = element<HTMLSelectElement>("example");
const about = element<HTMLParagraphElement>("about");
const keys = element<HTMLInputElement>("keys");
const args = element<HTMLInputElement>("args");

async function start(): Promise<void> {
  const began = performance.now();
  const session = await Session.open("playground");
  const terminal = new Console(session);
  new Keyspace(session);
  status.textContent = `engine ready in ${Math.round(performance.now() - began)} ms`;

  const prepared = new Set<string>();
  const editor = new Editor(element("editor"), run, () => editor.mark(null));

  function run(): void {
    let words: Uint8Array[][];
    try {
      words = [split(keys.value), split(args.value)];
    } catch (error) {
      if (!(error instanceof Unbalanced)) throw error;
      return terminal.failed("KEYS and ARGV are split as redis-cli splits its line: a quote is not closed.");
    }
    const [keyWords, argWords] = words as [Uint8Array[], Uint8Array[]];
    const from = performance.now();
    const replies = session.run("EVAL", editor.text, String(keyWords.length), ...keyWords, ...argWords);
    const took = performance.now() - from;
    terminal.asked(`EVAL … ${keyWords.length} ${keys.value} ${args.value}`.trimEnd());
    terminal.answered(replies);
    const [reply] = replies;
    const line = reply?.kind === "error" ? /user_script:(\d+)/.exec(reply.text)?.[1] : undefined;
    editor.mark(line ? Number(line) : null);
    status.textContent = `ran in ${took < 10 ? took.toFixed(2) : Math.round(took)} ms`;
  }

  function load(index: number): void {
    const example = examples[index];
    if (!example) return;
    editor.text = example.code;
    keys.value = example.keys;
    args.value = example.args;
    about.textContent = example.about;
    if (prepared.has(example.title)) return;
    prepared.add(example.title);
    for (const line of example.setup) terminal.enter(line);
  }

  select.append(...examples.map(({ title }, index) => new Option(title, String(index))));
  select.addEventListener("change", () => load(Number(select.value)));
  element("run").addEventListener("click", run);
  for (const field of [keys, args]) {
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") run();
    });
  }
  element("share").addEventListener("click", async () => {
    const link = linkTo({ code: editor.text, keys: keys.value, args: args.value });
    history.replaceState(null, "", link);
    await navigator.clipboard?.writeText(link).catch(() => {});
    status.textContent = "the link is in the address bar and on the clipboard";
  });

  terminal.note('Redis in this page. Type "help", or run the script above with Ctrl+Enter.');
  const shared = sharedScript();
  const lines = sharedLines();
  if (shared) {
    select.prepend(new Option("from the link", "", true, true));
    ({ code: editor.text, keys: keys.value, args: args.value } = shared);
  } else if (lines.length > 0) {
    select.prepend(new Option("", "", true, true));
    terminal.stepThrough(lines);
  } else {
    load(0);
  }
}

start().catch((error: unknown) => {
  status.textContent = `the engine did not start: ${error instanceof Error ? error.message : String(error)}`;
  throw error;
});

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./sw.js").catch(() => {
    // Without it the page works as well, but not without a network.
  });
}
