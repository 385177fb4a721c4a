/* What every page does beyond its markup; all of it can be read without. */
"use strict";

/** Called by the files of data/. Who waits for a file listens to the event `data:NAME` of the document. */
const siteData = (name, value) => document.dispatchEvent(new CustomEvent(`data:${name}`, { detail: value }));

(() => {
  /** The form in the header of each page leads to the table of products. */
  for (const form of document.querySelectorAll("form.search")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = `${form.dataset.target}#${new URLSearchParams(new FormData(form))}`;
    });
  }

  document.addEventListener("keydown", (event) => {
    const isTyping = document.activeElement?.closest("input, select, textarea");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const fields = ["#filters [name=q]", "form.search [name=q]"].map((each) => document.querySelector(each));
    const field = fields.find((each) => each?.checkVisibility());
    if (!field) return;
    event.preventDefault();
    field.select();
  });

  /** What plain http pages have to do: they have no clipboard of their own. */
  const copySelected = (element) => {
    window.getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  };

  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      return copySelected(element);
    }
  };

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const outcome = document.createElement("span");
    outcome.setAttribute("role", "status");
    button.after(" ", outcome);
    button.hidden = false;
    button.addEventListener("click", async () => {
      outcome.textContent = "";
      const isDone = await copy(document.getElementById(button.dataset.copy));
      outcome.textContent = isDone ? "Copied" : "Select the text and copy it";
    });
  }
})();
