/** The console: a prompt with completion and history, and what was answered. */

import { readDocs, type Doc } from "./docs.js";
import { element, make } from "./dom.js";
import { print, type Reply } from "./reply.js";
import type { Session } from "./session.js";
import { fileOf } from "./share.js";
import { split, Unbalanced } from "./split.js";

const HISTORY = "redmoon.history";
const MOST_LINES = 500;
const MOST_CHOICES = 12;

export class Console {
  private readonly output = element<HTMLDivElement>("output");
  private readonly line = element<HTMLInputElement>("line");
  private readonly hint = element<HTMLDivElement>("hint");
  private readonly choices = element<HTMLUListElement>("choices");
  private readonly prompt = element<HTMLLabelElement>("database");
  private readonly docs: Doc[];
  private history: string[] = stored();
  /** The entry of the history that is shown; its length for the line being written. */
  private place = this.history.length;
  private draft = "";
  private offered: Doc[] = [];
  private picked = -1;
  /** Lines that are offered one after the other. */
  private coming: string[] = [];

  constructor(private readonly session: Session) {
    this.docs = readDocs(session);
    element<HTMLFormElement>("prompt").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.picked >= 0) return this.complete(this.picked);
      this.enter(this.line.value);
      this.offerNext();
    });
    this.line.addEventListener("input", () => this.suggest());
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.line.addEventListener("blur", () => this.offer([]));
    this.output.addEventListener("click", () => {
      if (!getSelection()?.toString()) this.line.focus({ preventScroll: true });
    });
  }

  /** Runs a line as if it had been typed. */
  enter(text: string): void {
    const line = text.trim();
    this.line.value = "";
    this.offer([]);
    this.hint.textContent = "";
    if (!line) return;
    this.remember(line);
    this.asked(line);
    if (line.toLowerCase() === "clear") return void this.output.replaceChildren();
    const help = /^help(?:\s+(.+))?$/i.exec(line);
    if (help) return this.help(help[1]?.replace(/\s+/g, " ").toUpperCase());
    let argv: Uint8Array[];
    try {
      argv = split(line);
    } catch (error) {
      if (!(error instanceof Unbalanced)) throw error;
      return this.failed(error.message);
    }
    this.answered(this.session.run(...argv));
  }

  /** Offers lines one after the other: Enter runs one and brings the next. */
  stepThrough(lines: string[]): void {
    this.note(`${lines.length} lines are ready: Enter runs one and brings the next.`);
    this.coming = [...lines];
    this.offerNext();
  }

  private offerNext(): void {
    const next = this.coming.shift();
    if (next === undefined) return;
    this.line.value = next;
    this.line.focus({ preventScroll: true });
  }

  /** Shows what was asked. */
  asked(text: string): void {
    const line = make("div", "asked", text);
    line.dataset.prompt = this.prompt.textContent ?? "";
    this.add(line);
  }

  /** Shows replies. */
  answered(replies: Reply[]): void {
    for (const reply of replies) this.add(make("div", reply.kind === "error" ? "failed" : "", print(reply)));
    this.settle();
  }

  /** Shows an error of the playground's own. */
  failed(text: string): void {
    this.add(make("div", "failed", text));
  }

  /** Shows a remark. */
  note(text: string): void {
    this.add(make("div", "note", text));
  }

  /** Tells of a command, or of the console. */
  private help(name: string | undefined): void {
    if (name === undefined) return this.note(helpText);
    const doc = this.docs.find((doc) => doc.name === name);
    if (!doc) return this.failed(`There is no command ${name}.`);
    const { syntax, summary, since, complexity, group } = doc;
    const line = make("div", "note", `\n  ${syntax}\n  summary: ${summary}\n  since: ${since}\n  complexity: ${complexity}\n  group: ${group}\n  `);
    const link = make("a", "", "its page, with examples");
    link.href = `commands/${fileOf(name)}`;
    line.append(link);
    this.add(line);
  }

  private add(line: HTMLElement): void {
    this.output.append(line);
    while (this.output.childElementCount > MOST_LINES) this.output.firstElementChild?.remove();
    this.output.scrollTop = this.output.scrollHeight;
  }

  /** Shows the selected database and an open transaction in the prompt, as redis-cli does. */
  private settle(): void {
    const { db, inTransaction } = this.session.state();
    this.prompt.textContent = `redmoon${db === 0 ? "" : `[${db}]`}${inTransaction ? "(TX)" : ""}>`;
  }

  private key(event: KeyboardEvent): void {
    const open = this.offered.length > 0;
    switch (event.key) {
      case "ArrowUp":
        if (open) this.pick(this.picked <= 0 ? this.offered.length - 1 : this.picked - 1);
        else this.recall(-1);
        break;
      case "ArrowDown":
        if (open) this.pick((this.picked + 1) % this.offered.length);
        else this.recall(1);
        break;
      case "Tab":
        if (!open) return;
        this.complete(Math.max(this.picked, 0));
        break;
      case "Escape":
        this.offer([]);
        break;
      case "l":
        if (!event.ctrlKey) return;
        this.output.replaceChildren();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  private suggest(): void {
    const text = this.line.value.trimStart().toUpperCase();
    const known = this.docs.filter((doc) => text.startsWith(`${doc.name} `)).sort((a, b) => b.name.length - a.name.length)[0];
    this.hint.textContent = known ? known.syntax : "";
    this.offer(text ? this.docs.filter((doc) => doc.name.startsWith(text) && doc.name !== text).slice(0, MOST_CHOICES) : []);
    const exact = this.docs.find((doc) => doc.name === text);
    if (exact) this.hint.textContent = exact.syntax;
  }

  private offer(docs: Doc[]): void {
    this.offered = docs;
    this.picked = -1;
    this.choices.hidden = docs.length === 0;
    this.choices.replaceChildren(
      ...docs.map((doc, at) => {
        const choice = make("li", "", doc.name);
        choice.role = "option";
        choice.append(make("small", "", doc.summary));
        choice.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.complete(at);
        });
        return choice;
      }),
    );
  }

  private pick(at: number): void {
    this.picked = at;
    [...this.choices.children].forEach((choice, index) => {
      choice.ariaSelected = String(index === at);
      if (index === at) choice.scrollIntoView({ block: "nearest" });
    });
    this.hint.textContent = this.offered[at]?.syntax ?? "";
  }

  private complete(at: number): void {
    const doc = this.offered[at];
    if (!doc) return;
    this.line.value = `${doc.name} `;
    this.offer([]);
    this.hint.textContent = doc.syntax;
  }

  private recall(step: number): void {
    const place = this.place + step;
    if (place < 0 || place > this.history.length) return;
    if (this.place === this.history.length) this.draft = this.line.value;
    this.place = place;
    this.line.value = place === this.history.length ? this.draft : this.history[place]!;
  }

  private remember(line: string): void {
    if (this.history.at(-1) !== line) this.history = [...this.history, line].slice(-200);
    this.place = this.history.length;
    try {
      localStorage.setItem(HISTORY, JSON.stringify(this.history));
    } catch {
      // A page that may not store keeps its history until it is left.
    }
  }
}

const helpText = `Type a command, as in redis-cli. Tab completes, ↑ and ↓ recall, "help ZADD" tells of a command, "clear" empties this console.
Try:  SET greeting hello   ·   ZADD board 10 ann 20 bob   ·   ZRANGE board 0 -1 WITHSCORES   ·   COMMAND COUNT`;

function stored(): string[] {
  try {
    const lines: unknown = JSON.parse(localStorage.getItem(HISTORY) ?? "[]");
    return Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [];
  } catch {
    return [];
  }
}
