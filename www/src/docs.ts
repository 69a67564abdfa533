/** What the engine says of its own commands. */

import type { Reply } from "./reply.js";
import type { Session } from "./session.js";

/** A command as the prompt offers it. */
export interface Doc {
  name: string;
  /** Name and arguments in the notation of Redis's documentation. */
  syntax: string;
  summary: string;
  since: string;
  /** Redis's word for what it is about: `string`, `sorted-set`. */
  group: string;
  complexity: string;
  /** Releases that changed it, and how. */
  history: [release: string, change: string][];
  /** The release that deprecated it, if one did, and what takes its place. */
  deprecated: [release: string, instead: string] | undefined;
}

/** Asks for every command and subcommand, in the order of their names. */
export function readDocs(session: Session): Doc[] {
  const docs: Doc[] = [];
  const visit = (entries: Reply[]): void => {
    for (const [name, body] of pairs(entries)) {
      const full = name.replace("|", " ").toUpperCase();
      const fields = fieldsOf(body);
      const subcommands = fields.get("subcommands");
      if (subcommands && "items" in subcommands) visit(subcommands.items);
      else docs.push(docOf(full, fields));
    }
  };
  const [reply] = session.ask("COMMAND", "DOCS");
  if (reply && "items" in reply) visit(reply.items);
  return docs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function docOf(name: string, fields: Map<string, Reply>): Doc {
  const history = fields.get("history");
  const changes = history && "items" in history ? history.items : [];
  const deprecated = text(fields, "deprecated_since");
  return {
    name,
    syntax: `${name} ${list(fields.get("arguments")).join(" ")}`.trim(),
    summary: text(fields, "summary"),
    since: text(fields, "since"),
    group: text(fields, "group"),
    complexity: text(fields, "complexity"),
    history: changes.map((change) => ("items" in change ? change.items.map((item) => ("text" in item ? item.text : "")) : []) as [string, string]),
    deprecated: deprecated ? [deprecated, text(fields, "replaced_by")] : undefined,
  };
}

function pairs(items: Reply[]): [string, Reply][] {
  const found: [string, Reply][] = [];
  for (let at = 0; at + 1 < items.length; at += 2) {
    const key = items[at]!;
    if ("text" in key) found.push([key.text, items[at + 1]!]);
  }
  return found;
}

function fieldsOf(reply: Reply): Map<string, Reply> {
  return new Map("items" in reply ? pairs(reply.items) : []);
}

function text(fields: Map<string, Reply>, key: string): string {
  const field = fields.get(key);
  return field && "text" in field ? field.text : "";
}

/** Writes each argument of a tree. */
function list(tree: Reply | undefined): string[] {
  return tree && "items" in tree ? tree.items.map(argument) : [];
}

function argument(reply: Reply): string {
  const fields = fieldsOf(reply);
  const flags = fields.get("flags");
  const has = (flag: string): boolean =>
    flags !== undefined && "items" in flags && flags.items.some((item) => "text" in item && item.text === flag);
  const type = text(fields, "type");
  const parts = list(fields.get("arguments"));
  const bodies: Record<string, string> = { oneof: parts.join(" | "), block: parts.join(" "), "pure-token": "" };
  let body = bodies[type] ?? (text(fields, "display_text") || text(fields, "name"));
  const token = text(fields, "token");
  if (type === "oneof" && (token || !has("optional"))) body = `<${body}>`;
  if (token) body = body ? `${token} ${body}` : token;
  if (has("multiple")) body = `${body} [${body} ...]`;
  return has("optional") ? `[${body}]` : body;
}
