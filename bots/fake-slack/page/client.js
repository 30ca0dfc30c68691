// The page of the fake Slack: asks for what a person sees, puts it in place, and says what they do.
const place = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
let look = { user: query.get("u") ?? "", channel: query.get("c") ?? "", thread: query.get("t") ?? "" };
const NAME = "@nephoscope ";
let modalShown = "";
let refreshing = false;
let again = false;

async function act(what, body) {
  const response = await fetch(`/act/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...look, ...body }),
  });
  return response.ok ? response.json() : { problem: await response.text() };
}

async function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  do {
    again = false;
    const asked = new URLSearchParams({ u: look.user, c: look.channel, t: look.thread });
    const parts = await (await fetch(`/view?${asked}`)).json();
    if (asked.get("u") !== look.user || asked.get("c") !== look.channel || asked.get("t") !== look.thread) {
      again = true;
      continue;
    }
    show(parts);
  } while (again);
  refreshing = false;
}

function show(parts) {
  look = parts.look;
  history.replaceState(null, "", `/?${new URLSearchParams({ u: look.user, c: look.channel, t: look.thread })}`);
  set("sidebar", parts.sidebar);
  set("title", parts.title);
  set("status", parts.status);
  set("prompts", parts.prompts);
  place("thread").hidden = parts.thread === null;
  list("channel-messages", parts.channel);
  list("thread-messages", parts.thread ?? []);
  const isApp = place("sidebar").querySelector(".channel.current small")?.textContent === "APP";
  for (const field of document.querySelectorAll(".composer textarea")) {
    // A question in a channel names the bot: the name stands there already.
    if (field.value === "" || field.value === NAME) field.value = isApp ? "" : NAME;
    field.placeholder = isApp ? "Message nephoscope" : "Message, @nephoscope to ask the bot";
  }
  if (parts.modal !== modalShown) set("modal", parts.modal);
  modalShown = parts.modal;
}

function set(id, markup) {
  const element = place(id);
  if (element.dataset.markup !== markup) element.innerHTML = markup;
  element.dataset.markup = markup;
}

/** Only what changed is replaced, so that nothing flickers and what was unfolded stays so. */
function list(id, messages) {
  const holder = place(id);
  const atEnd = holder.scrollHeight - holder.scrollTop - holder.clientHeight < 80;
  const known = new Map([...holder.children].map((child) => [child.dataset.ts, child]));
  let next = holder.firstElementChild;
  for (const markup of messages) {
    const template = document.createElement("template");
    template.innerHTML = markup.trim();
    const fresh = template.content.firstElementChild;
    let shown = known.get(fresh.dataset.ts);
    known.delete(fresh.dataset.ts);
    if (shown !== undefined && shown.dataset.key !== fresh.dataset.key) {
      const folded = [...shown.querySelectorAll("details")].map((details) => details.open);
      fresh.querySelectorAll("details").forEach((details, index) => {
        if (folded[index] !== undefined) details.open = folded[index];
      });
      if (next === shown) next = fresh;
      shown.replaceWith(fresh);
      shown = fresh;
    }
    if (shown !== undefined && shown === next) next = next.nextElementSibling;
    else holder.insertBefore(shown ?? fresh, next);
  }
  for (const gone of known.values()) gone.remove();
  const toEnd = () => {
    holder.scrollTop = holder.scrollHeight;
  };
  if (!atEnd) return;
  toEnd();
  for (const picture of holder.querySelectorAll("img")) if (!picture.complete) picture.addEventListener("load", toEnd, { once: true });
}

function go(change) {
  look = { ...look, ...change };
  return refresh();
}

document.addEventListener("click", async (event) => {
  const target = event.target.closest("button");
  if (target === null) return;
  const { open, be, thread, close, action, prompt, assistant } = target.dataset;
  if (open !== undefined) await go({ channel: open, thread: "" });
  else if (be !== undefined) await go({ user: be });
  else if (thread !== undefined) await go({ thread });
  else if (target.id === "close-thread") await go({ thread: "" });
  else if (close !== undefined) await act("close", { view: close });
  else if (prompt !== undefined) await say("thread", prompt);
  else if (assistant !== undefined) await go(await act("assistant", {}));
  else if (action !== undefined) {
    const message = target.closest(".message");
    if (target.dataset.confirm && !window.confirm(target.dataset.confirm)) return;
    target.classList.add("pressed");
    const { value } = target.dataset;
    const answer = await act("click", {
      ts: message.dataset.ts,
      channel: message.dataset.channel,
      action,
      ...(value === undefined ? {} : { value }),
    });
    target.classList.remove("pressed");
    // As Slack has it: a sign beside the button of an app that did not answer.
    if (answer.acknowledged !== true) target.title = answer.problem ?? "The app did not answer.";
    target.classList.toggle("unanswered", answer.acknowledged !== true);
  }
});

async function say(where, text) {
  const inThread = where === "thread";
  const { ts } = await act("say", { text, thread: inThread ? look.thread : "" });
  if (!inThread && ts !== undefined) await go({ thread: ts });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".composer textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches(".composer")) {
    const field = form.querySelector("textarea");
    const text = field.value.trim();
    field.value = "";
    if (text !== "" && text !== NAME.trim()) await say(form.dataset.place, text);
    return;
  }
  const values = {};
  for (const [name, value] of new FormData(form)) {
    const [block, action] = name.split("/");
    values[block] = { ...values[block], [action]: value };
  }
  const answer = await act("submit", { view: form.dataset.view, values });
  for (const [block, problem] of Object.entries(answer.errors ?? {})) {
    form.querySelector(`[data-problem="${CSS.escape(block)}"]`).textContent = problem;
  }
});

new EventSource("/changes").onmessage = () => refresh();
// Statuses end by themselves.
setInterval(refresh, 30_000);
