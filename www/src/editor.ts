/** The Lua editor: CodeMirror, with the line of a script's error marked. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completeFromList, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, defaultHighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { lua } from "@codemirror/legacy-modes/mode/lua";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, type DecorationSet } from "@codemirror/view";

const fail = StateEffect.define<number | null>();
const failedLine = Decoration.line({ class: "cm-failed" });
const failures = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    for (const effect of change.effects) {
      if (!effect.is(fail)) continue;
      if (effect.value === null || effect.value < 1 || effect.value > change.state.doc.lines) return Decoration.none;
      return Decoration.set([failedLine.range(change.state.doc.line(effect.value).from)]);
    }
    return change.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const words = [
  "redis.call", "redis.pcall", "redis.error_reply", "redis.status_reply", "redis.sha1hex", "redis.log", "redis.setresp",
  "cjson.encode", "cjson.decode", "cjson.null", "KEYS", "ARGV", "tonumber", "tostring", "ipairs", "pairs", "unpack",
  "string.format", "string.rep", "string.sub", "string.gsub", "string.match", "string.find", "table.insert",
  "table.remove", "table.concat", "table.sort", "math.floor", "math.max", "math.min", "math.random",
].map((label) => ({ label }));

export class Editor {
  private readonly view: EditorView;

  constructor(parent: HTMLElement, run: () => void, changed: () => void) {
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          StreamLanguage.define(lua),
          syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
          autocompletion({ override: [completeFromList(words)] }),
          failures,
          keymap.of([
            { key: "Mod-Enter", run: () => (run(), true) },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            indentWithTab,
          ]),
          EditorView.contentAttributes.of({ "aria-label": "Lua script" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed();
          }),
        ],
      }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** Marks the line of an error; `null` takes the mark away. */
  mark(line: number | null): void {
    this.view.dispatch({ effects: fail.of(line) });
  }
}
