// Hints on plain language while an answer is written; the page gives them without this when it is
// saved. What is written is sent to be read, and is not kept.

const PAUSE = 600; // milliseconds

for (const form of document.querySelectorAll("form[data-hints]")) {
  const said = form.querySelector("[data-hints-of]");
  const field = said && form.querySelector(`#${said.dataset.hintsOf}`);
  let waiting = 0;
  let last = 0;

  const ask = async () => {
    const mine = ++last;
    const body = new FormData();
    body.set("text", field.value);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(form.dataset.hints, { method: "POST", body }).catch(() => null);
    // Sent on to log in when the session has ended; saving says so.
    if (!answer?.ok || answer.redirected || mine !== last) return;
    const list = document.createElement("ul");
    list.className = "notes hints";
    for (const hint of (await answer.json()).hints) {
      const line = document.createElement("li");
      line.textContent = hint;
      list.append(line);
    }
    said.replaceChildren(...(list.children.length ? [list] : []));
  };

  field?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}
