/** The keys of the selected database beside the console, kept fresh after each command. */

import { element, make } from "./dom.js";
import { print, quote, type Reply } from "./reply.js";
import type { Session } from "./session.js";

const MOST_KEYS = 1000;
const MOST_MEMBERS = "99";
const decoder = new TextDecoder();

interface Key {
  bytes: Uint8Array;
  name: string;
  type: string;
  /** When it expires, in ms since 1970; -1 for never. */
  expires: number;
  /** The value as text, to see that it changed. */
  value: string;
}

export class Keyspace {
  private readonly list = element<HTMLUListElement>("list");
  private readonly filter = element<HTMLInputElement>("filter");
  private readonly count = element<HTMLSpanElement>("count");
  private readonly value = element<HTMLDivElement>("value");
  private known = new Map<string, string>();
  private keys: Key[] = [];
  private selected: string | undefined;
  private pending = false;

  constructor(private readonly session: Session) {
    this.filter.addEventListener("input", () => this.refresh());
    session.onRun(() => this.soon());
    setInterval(() => this.tick(), 1000);
    this.refresh();
  }

  /** Refreshes once before the next frame, however many commands run until then. */
  private soon(): void {
    if (this.pending) return;
    this.pending = true;
    setTimeout(() => {
      this.pending = false;
      this.refresh();
    });
  }

  private tick(): void {
    if (this.keys.some((key) => key.expires >= 0)) this.refresh();
  }

  private refresh(): void {
    const keys = this.scan();
    this.keys = keys;
    const before = this.known;
    this.known = new Map(keys.map((key) => [key.name, key.value]));
    this.list.replaceChildren(...keys.map((key) => this.row(key, before.size > 0 && before.get(key.name) !== key.value)));
    if (keys.length === 0) this.list.append(make("li", "empty", this.filter.value ? "No key matches." : "No keys yet. Run a script, or type a command."));
    this.show();
  }

  private scan(): Key[] {
    const [size] = this.session.ask("DBSIZE");
    const total = size && "text" in size ? size.text : "0";
    const keys: Key[] = [];
    let cursor = "0";
    do {
      const [reply] = this.session.ask("SCAN", cursor, "COUNT", "500", "MATCH", this.filter.value || "*");
      if (!reply || !("items" in reply)) break;
      const [next, page] = reply.items as [Reply & { text: string }, { items: (Reply & { bytes: Uint8Array })[] }];
      cursor = next.text;
      for (const { bytes } of page.items) keys.push(this.read(bytes));
    } while (cursor !== "0" && keys.length < MOST_KEYS);
    this.count.textContent = `${total} ${total === "1" ? "key" : "keys"}`;
    return keys.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private read(bytes: Uint8Array): Key {
    const [type] = this.session.ask("TYPE", bytes);
    const [expires] = this.session.ask("PEXPIRETIME", bytes);
    const kind = type && "text" in type ? type.text : "none";
    return {
      bytes,
      name: decoder.decode(bytes),
      type: kind,
      expires: expires && "text" in expires ? Number(expires.text) : -1,
      value: this.session.ask(...look(kind, bytes)).map((reply) => print(reply)).join("\n"),
    };
  }

  private row(key: Key, changed: boolean): HTMLLIElement {
    const row = make("li", changed ? "changed" : "");
    const button = make("button", "");
    button.type = "button";
    button.ariaPressed = String(key.name === this.selected);
    button.append(make("span", "name", key.name), make("span", "ttl", timeLeft(key.expires)), make("span", "type", key.type));
    button.addEventListener("click", () => {
      this.selected = this.selected === key.name ? undefined : key.name;
      this.refresh();
    });
    row.append(button);
    return row;
  }

  private show(): void {
    const key = this.keys.find(({ name }) => name === this.selected);
    this.value.hidden = !key;
    if (key) this.value.replaceChildren(make("h2", "", quote(key.bytes)), make("div", "", key.value));
  }
}

/** The command that shows the beginning of a value. */
function look(type: string, key: Uint8Array): (string | Uint8Array)[] {
  switch (type) {
    case "string": return ["GETRANGE", key, "0", "4095"];
    case "list": return ["LRANGE", key, "0", MOST_MEMBERS];
    case "set": return ["SSCAN", key, "0", "COUNT", MOST_MEMBERS];
    case "hash": return ["HSCAN", key, "0", "COUNT", MOST_MEMBERS];
    case "zset": return ["ZRANGE", key, "0", MOST_MEMBERS, "WITHSCORES"];
    default: return ["TYPE", key];
  }
}

function timeLeft(expires: number): string {
  if (expires < 0) return "";
  const seconds = Math.max(0, Math.ceil((expires - Date.now()) / 1000));
  return seconds < 120 ? `${seconds}s` : seconds < 7200 ? `${Math.round(seconds / 60)}m` : `${Math.round(seconds / 3600)}h`;
}
