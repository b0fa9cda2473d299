"use strict";

// Suggestions while typing, and the note of which result was opened. Without script the box and the results do the same.
const PAUSE = 150; // milliseconds after the last key

class Suggestions {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.chosen = -1;
    this.items = [];
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-list`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.listLabel);
    this.status = document.createElement("div");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.form.append(this.list, this.status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-haspopup", "listbox"],
      ["aria-expanded", "false"], ["aria-controls", this.list.id]]) input.setAttribute(name, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus while an option is pressed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.open(this.items[Number(option.dataset.place)]);
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < 2) { this.close(); return; }
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    this.request = new AbortController();
    try {
      const address = `${this.input.dataset.suggest}&q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: this.request.signal, credentials: "omit" });
      if (!answer.ok) { this.close(); return; }
      const found = await answer.json();
      // Somebody who has left the box or typed on meanwhile is not disturbed.
      if (document.activeElement === this.input && this.input.value.trim() === text) this.show(found.items);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(items) {
    this.items = items;
    this.choose(-1);
    this.list.replaceChildren(...items.map((item, place) => this.option(item, place)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    const words = this.input.dataset;
    this.status.textContent = items.length === 0 ? words.countNone
      : (items.length === 1 ? words.countOne : words.countMany).replace("#", items.length);
  }

  option(item, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.dataset.place = place;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const text = document.createElement("span");
    text.append(...item.segments.map((piece) => {
      const part = document.createElement(piece.found ? "b" : "span");
      part.textContent = piece.text;
      return part;
    }));
    const kind = document.createElement("span");
    kind.className = "hint";
    kind.textContent = item.kind_label;
    option.append(text, " ", kind);
    return option;
  }

  choose(place) {
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = place;
    const option = this.list.children[place];
    if (!option) { this.input.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.choose(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }

  key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden, last = this.items.length - 1;
    if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the first one closes the list, the next one empties the box
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) { if (event.key === "ArrowDown") this.wait(); return; }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = this.chosen + step;
      this.choose(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && isOpen && this.chosen >= 0) {
      event.preventDefault();
      this.open(this.items[this.chosen]);
    } else if (event.key === "Tab") {
      this.close();
    }
  }

  open(item) {
    this.input.value = item.text;
    this.close();
    window.location.assign(item.url);
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggestions(input);

for (const results of document.querySelectorAll("[data-chosen]")) {
  const note = (event) => {
    const link = event.target.closest("a[href]"), hit = event.target.closest("[data-page]");
    if (!link || !hit || !hit.dataset.page || (event.type === "auxclick" && event.button !== 1)) return;
    const told = new URLSearchParams({ q: results.dataset.question, page: hit.dataset.page });
    navigator.sendBeacon?.(results.dataset.chosen, told);
  };
  results.addEventListener("click", note);
  results.addEventListener("auxclick", note);
}
