/** The reference: a page for each command, and one that lists them all. Plain files, which need no JavaScript. */

import { fileOf, linkToLines } from "../src/share.js";
import type { Block, Examples, Step } from "./examples.js";
import type { Facts } from "./facts.js";

/** A file of the reference, by its name. */
export interface Page {
  file: string;
  html: string;
}

/** Makes all pages. */
export function makePages(commands: Facts[], examplesOf: (name: string) => Examples): Page[] {
  const pages = commands.map((command) => {
    const around = commands.filter(({ name, group }) => group === command.group && name !== command.name);
    return { file: fileOf(command.name), html: commandPage(command, examplesOf(command.name), around) };
  });
  return [{ file: "index.html", html: indexPage(commands) }, ...pages];
}

function commandPage(command: Facts, examples: Examples, around: Facts[]): string {
  const { name, syntax, summary, since, group, complexity, returns, flags, categories, history, deprecated, arity } = command;
  const words = (list: string[]): string => list.map((word) => `<code>${escape(word)}</code>`).join(" ");
  const facts: [string, string][] = [
    ["Since", escape(since)],
    ["Complexity", prose(complexity)],
    ["Reply", returns.split("; ").map((form) => `<code>${escape(form)}</code>`).join("<br>")],
    ["Arity", arity < 0 ? `${-arity} words or more` : `${arity} words`],
    ["ACL categories", words(categories)],
    ["Flags", words(flags)],
  ];
  const parts = [
    `<p class="path"><a href="index.html">Commands</a> / <a href="index.html#${group}">${escape(group)}</a></p>`,
    `<h1>${escape(name)}</h1>`,
    `<p class="summary">${escape(summary)}</p>`,
    deprecated ? `<p class="deprecated">Deprecated since ${escape(deprecated[0])}. Use ${prose(deprecated[1])}.</p>` : "",
    `<pre class="syntax">${escape(syntax)}</pre>`,
    `<dl>${facts.filter(([, fact]) => fact).map(([term, fact]) => `<dt>${term}</dt><dd>${fact}</dd>`).join("\n")}</dl>`,
    examples.blocks.length > 0 ? section("Examples", examples.blocks.map(block).join("\n") + stepThrough(examples)) : "",
    history.length > 0 ? section("History", `<ul>${history.map(([release, change]) => `<li>${escape(release)}: ${prose(change)}</li>`).join("\n")}</ul>`) : "",
    around.length > 0 ? section("Its group", `<p class="around">${around.map(link).join(" ")}</p>`) : "",
  ];
  return page(name, summary, parts.filter(Boolean).join("\n"));
}

function indexPage(commands: Facts[]): string {
  const groups = [...new Set(commands.map(({ group }) => group))].sort();
  const row = (command: Facts): string => `<tr><th>${link(command)}</th><td>${escape(command.summary)}</td></tr>`;
  const lists = groups.map((group) => {
    const rows = commands.filter((command) => command.group === group).map(row).join("\n");
    return `<section id="${group}"><h2>${escape(group)}</h2><table>${rows}</table></section>`;
  });
  const contents = groups.map((group) => `<a href="#${group}">${escape(group)}</a>`).join(" ");
  const intro = `<p class="summary">${commands.length} commands of Redis 8.10, as the engine itself describes them. The examples are transcripts that its tests replay.</p>`;
  return page("Commands", "Every command of Redis, with examples.", `<h1>Commands</h1>\n${intro}\n<p class="around">${contents}</p>\n${lists.join("\n")}`);
}

function block({ sentences, steps }: Block): string {
  const before = sentences.length > 0 ? `<p>${escape(sentences.join(" "))}</p>\n` : "";
  const several = steps.some(({ session }) => session > 1);
  const pattern = steps.some(({ isPattern }) => isPattern) ? '\n<p class="path">Here <code>*</code> stands for what differs each time.</p>' : "";
  return `${before}<pre>${steps.flatMap((one) => step(one, several)).join("\n")}</pre>${pattern}`;
}

function step({ command, reply, session, later }: Step, several: boolean): string[] {
  const client = several ? `${session}` : "";
  const typed = command === undefined ? `<i>client ${session} hears</i>` : `<b>${client}&gt; ${escape(command)}</b>`;
  return [...(later > 0 ? [`<i>${later} ms later</i>`] : []), typed, ...reply.map(escape)];
}

/** A link that has the playground's console offer the lines one after the other. */
function stepThrough({ blocks, whole }: Examples): string {
  if (!whole) return "";
  const lines = blocks.flatMap(({ steps }) => steps.map(({ command }) => command ?? ""));
  return `\n<p><a class="try" href="../${linkToLines(lines)}">▶ Step through it in the playground</a></p>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>\n${content}</section>`;
}

function link({ name }: Facts): string {
  return `<a href="${fileOf(name)}">${escape(name)}</a>`;
}

function page(title: string, description: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escape(description)}">
<title>${escape(title)} · Redmoon</title>
<link rel="icon" href="../moon.svg">
<link rel="stylesheet" href="reference.css">
</head>
<body>
<header><a href="../"><span class="moon" aria-hidden="true"></span>Redmoon</a> <a href="../">Playground</a> <a href="index.html">Commands</a></header>
<main>
${body}
</main>
</body>
</html>
`;
}

/** Text in which code stands between backticks. */
function prose(text: string): string {
  return escape(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function escape(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replaceAll(/[&<>"]/g, (char) => entities[char]!);
}
