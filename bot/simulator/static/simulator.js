"use strict";

// Text from people and from the bot reaches the page through textContent only, never as markup.

const chats = new Map(); // owner → {section, lines, tab}
const tapToSend = "weixin://bizmsgmenu?msgmenucontent=";
const unanswered = "排练微信没有回应";
const pieces = /<a\s+href="([^"]*)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s<>"，。；）]+)/g;
let newest = 0;
let polling = false;

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function trouble(text) {
  const line = document.getElementById("trouble");
  line.textContent = text;
  line.hidden = !text;
}

async function post(action, body) {
  const answer = await fetch(`/simulator/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  trouble(answer.ok ? "" : `没有做成（${answer.status}）`);
  await poll();
  return answer.ok;
}

function link(href, label, owner) {
  if (href.startsWith(tapToSend)) {
    const button = element("button", "send", label);
    button.type = "button";
    button.onclick = () => post("tap", { person: owner, label });
    return button;
  }
  if (!/^https?:\/\//.test(href)) return document.createTextNode(label);
  const anchor = element("a", "", label);
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function bubble(entry) {
  const made = element("div", "bubble");
  const linked = entry.kind === "reply" || entry.kind === "push";
  let end = 0;
  for (const found of linked ? entry.text.matchAll(pieces) : []) {
    made.append(entry.text.slice(end, found.index));
    made.append(found[3] ? link(found[3], found[3], entry.owner) : link(found[1], found[2], entry.owner));
    end = found.index + found[0].length;
  }
  made.append(entry.text.slice(end));
  return made;
}

function show(entry) {
  const chat = chats.get(entry.owner);
  if (!chat) return;
  chat.section.querySelector(".empty")?.remove();
  const atEnd = chat.lines.scrollHeight - chat.lines.scrollTop - chat.lines.clientHeight < 60;
  const line = element("li", entry.kind);
  line.append(bubble(entry));
  const [, month, day, time] = entry.at.match(/-(\d+)-(\d+)T(\d+:\d+)/);
  line.append(element("div", "at", `${Number(month)}月${Number(day)}日 ${time}`));
  chat.lines.append(line);
  if (atEnd || entry.kind === "said") chat.lines.scrollTop = chat.lines.scrollHeight;
  if (!chat.section.classList.contains("open")) chat.tab.classList.add("unread");
}

function open(owner) {
  for (const [each, chat] of chats) {
    const chosen = each === owner;
    chat.section.classList.toggle("open", chosen);
    chat.tab.setAttribute("aria-pressed", chosen);
    if (chosen) {
      chat.tab.classList.remove("unread");
      chat.lines.scrollTop = chat.lines.scrollHeight;
    }
  }
}

function addChat(owner, name, isRobot) {
  const section = document.getElementById("chat").content.firstElementChild.cloneNode(true);
  section.querySelector(".name").textContent = name;
  section.querySelector(".lines").append(
    element("li", "empty", isRobot ? "群机器人还没有发消息" : "说“帮助”看看能做什么"),
  );
  const tab = element("button", "", name.split("（")[0]);
  tab.type = "button";
  tab.onclick = () => open(owner);
  for (const [place, part] of [["tabs", tab], ["chats", section]]) {
    const list = document.getElementById(place);
    list.insertBefore(part, isRobot ? null : list.querySelector(".robot"));
    part.classList.toggle("robot", isRobot);
  }
  const chat = { section, tab, lines: section.querySelector(".lines") };
  chats.set(owner, chat);
  if (chats.size === 1) open(owner);
  if (isRobot) {
    section.querySelector(".say").remove();
    section.querySelector(".following").remove();
    return;
  }
  listen(section.querySelector(".say"), owner);
}

function listen(form, owner) {
  const { text } = form.elements;
  const button = form.querySelector("button");
  form.onsubmit = async (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words || button.disabled) return;
    text.value = "";
    button.disabled = true;
    setTimeout(poll, 100);
    try {
      if (!(await post("say", { person: owner, text: words })) && !text.value) text.value = words;
    } catch {
      trouble(unanswered);
    } finally {
      button.disabled = false;
    }
  };
  text.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  };
}

function showPerson({ id, name, following }) {
  if (!chats.has(id)) addChat(id, name, false);
  const { section } = chats.get(id);
  const button = section.querySelector(".following");
  button.textContent = following ? "取消关注" : "关注";
  button.onclick = () => post(following ? "unfollow" : "follow", { person: id });
  section.querySelector(".say textarea").disabled = !following;
}

async function poll() {
  if (polling) return;
  polling = true;
  try {
    const state = await (await fetch(`/simulator/state?after=${newest}`)).json();
    if (document.getElementById("trouble").textContent === unanswered) trouble("");
    document.getElementById("clock").textContent = state.clock.slice(0, 19).replace("T", " ");
    state.people.forEach(showPerson);
    for (const name of state.robots) if (!chats.has(name)) addChat(name, `群：${name}`, true);
    for (const entry of state.entries) {
      show(entry);
      newest = entry.id;
    }
  } catch {
    trouble(unanswered);
  } finally {
    polling = false;
  }
}

document.getElementById("add").onsubmit = (event) => {
  event.preventDefault();
  const { name } = event.target.elements;
  post("people", { name: name.value });
  name.value = "";
};

const jump = document.getElementById("jump");
if (jump) {
  jump.onsubmit = (event) => {
    event.preventDefault();
    post("jump", { to: jump.elements.to.value });
  };
  for (const button of jump.querySelectorAll("[data-to]")) {
    button.onclick = () => post("jump", { to: button.dataset.to });
  }
}

poll();
setInterval(poll, 1000);
