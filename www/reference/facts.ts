/** What the engine's table says of each command. */

import { readFileSync } from "node:fs";
import type { Reply } from "../src/reply.js";
import { readDocs, type Doc } from "../src/docs.js";
import { Session } from "../src/session.js";

/** A command with all that its page tells. */
export interface Facts extends Doc {
  /** Words of a call at least, the name among them; so many exactly if it takes no more. */
  arity: number;
  flags: string[];
  categories: string[];
  /** The form of the reply: `integer`, `bulk | null`, `bulk[]; with COUNT: ...`. */
  returns: string;
}

/** Asks an engine for all commands, in the order of their names. */
export async function readFacts(): Promise<Facts[]> {
  const session = await Session.open("reference");
  const info = new Map<string, Reply[]>();
  const visit = (replies: Reply[]): void => {
    for (const reply of replies) {
      if (!("items" in reply)) continue;
      info.set(text(reply.items[0]).replace("|", " ").toUpperCase(), reply.items);
      visit(items(reply.items[9]));
    }
  };
  visit(items(session.ask("COMMAND")[0]));
  const returns = readReturns();
  return readDocs(session).map((doc) => {
    const [, arity, flags, , , , categories] = info.get(doc.name) ?? [];
    const words = (reply: Reply | undefined): string[] => items(reply).map(text);
    return { ...doc, arity: Number(text(arity)), flags: words(flags), categories: words(categories), returns: returns(doc.name) };
  });
}

/** The form of each command's reply, which the comments of the package's types tell behind its syntax. */
function readReturns(): (name: string) => string {
  const types = readFileSync(new URL("../../js/commands.gen.ts", import.meta.url), "utf8");
  const comments = [...types.matchAll(/^   \*     (.+)$[^/]*?- returns: (.+)$/gm)];
  return (name) => comments.find(([, syntax]) => `${syntax} `.startsWith(`${name} `))?.[2] ?? "";
}

function items(reply: Reply | undefined): Reply[] {
  return reply && "items" in reply ? reply.items : [];
}

function text(reply: Reply | undefined): string {
  return reply && "text" in reply ? reply.text : "";
}
