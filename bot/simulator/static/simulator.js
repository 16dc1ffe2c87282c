"use strict";

// Text from people and from the bot reaches the page through textContent only, never as markup.

const chats = new Map(); // owner → {section, lines, tab, menu}
const tapToSend = "weixin://bizmsgmenu?msgmenucontent=";
const unanswered = "排练微信没有回应";
const links = /<a\s+href="([^"]*)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s<>"，。；）]+)/g;
const figures = /[+-]?\d[\d,]*(?:\.\d+)? ?(?:[万亿]?元|人次|[万亿名支队个件笔])?/g;
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
  try {
    const answer = await fetch(`/simulator/${action}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    trouble(answer.ok ? "" : `没有做成（${answer.status}）`);
    await poll();
    return answer.ok;
  } catch {
    trouble(unanswered);
    return false;
  }
}

function elsewhere(href, className, label) {
  const anchor = element("a", className, label);
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function link(href, label, owner) {
  if (href.startsWith(tapToSend)) {
    const button = element("button", "send", label);
    button.type = "button";
    button.onclick = () => post("tap", { person: owner, label });
    return button;
  }
  return /^https?:\/\//.test(href) ? elsewhere(href, "", label) : document.createTextNode(label);
}

// A figure and its unit stay on one line.
function words(text) {
  const made = document.createDocumentFragment();
  let end = 0;
  for (const found of text.matchAll(figures)) {
    made.append(text.slice(end, found.index), element("span", "figure", found[0]));
    end = found.index + found[0].length;
  }
  made.append(text.slice(end));
  return made;
}

function bubble(entry) {
  const made = element("div", "bubble");
  const linked = entry.kind === "reply" || entry.kind === "push";
  let end = 0;
  for (const found of linked ? entry.text.matchAll(links) : []) {
    made.append(words(entry.text.slice(end, found.index)));
    made.append(found[3] ? link(found[3], found[3], entry.owner) : link(found[1], found[2], entry.owner));
    end = found.index + found[0].length;
  }
  made.append(words(entry.text.slice(end)));
  return made;
}

function picture(mediaId) {
  const address = `/simulator/picture/${encodeURIComponent(mediaId)}`;
  const made = elsewhere(address, "picture", "");
  const image = element("img", "");
  image.src = address;
  image.alt = "图片";
  made.append(image);
  return made;
}

// Nothing comes from foreign hosts: a card's picture is shown where it is of this one.
function card({ title, description, url, picture: address }) {
  const made = /^https?:\/\//.test(url) ? elsewhere(url, "card", "") : element("div", "card");
  if (address.startsWith(`${location.origin}/`)) {
    const image = element("img", "");
    image.src = address;
    image.alt = "";
    made.append(image);
  }
  made.append(element("b", "", title), element("span", "", description));
  return made;
}

function looks(entry) {
  if (entry.picture) return [picture(entry.picture)];
  return entry.cards.length ? entry.cards.map(card) : [bubble(entry)];
}

function show(entry) {
  const chat = chats.get(entry.owner);
  if (!chat) return;
  chat.section.querySelector(".empty")?.remove();
  const atEnd = chat.lines.scrollHeight - chat.lines.scrollTop - chat.lines.clientHeight < 60;
  const toTheEnd = () => (chat.lines.scrollTop = chat.lines.scrollHeight);
  const line = element("li", entry.kind);
  line.append(...looks(entry));
  const [, month, day, time] = entry.at.match(/-(\d+)-(\d+)T(\d+:\d+)/);
  line.append(element("div", "at", `${Number(month)}月${Number(day)}日 ${time}`));
  chat.lines.append(line);
  if (atEnd || entry.kind === "said") {
    toTheEnd();
    for (const image of line.querySelectorAll("img")) image.onload = toTheEnd;
  }
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
  const lines = section.querySelector(".lines");
  section.querySelector(".name").textContent = name;
  lines.setAttribute("aria-label", `${name}的聊天记录`);
  lines.append(element("li", "empty", isRobot ? "群机器人还没有发消息" : "说“帮助”看看能做什么"));
  const tab = element("button", "", name.split("（")[0]);
  tab.type = "button";
  tab.onclick = () => open(owner);
  section.classList.toggle("robot", isRobot);
  document.getElementById("tabs").append(tab);
  document.getElementById("chats").append(section);
  chats.set(owner, { section, tab, lines, menu: "" });
  if (chats.size === 1) open(owner);
  if (isRobot) {
    for (const part of [".say", ".more", ".menu"]) section.querySelector(part).remove();
  } else {
    listen(section.querySelector(".say"), owner);
  }
}

function listen(form, owner) {
  const { text } = form.elements;
  const button = form.querySelector("button");
  form.onsubmit = async (event) => {
    event.preventDefault();
    const said = text.value.trim();
    if (!said || button.disabled) return;
    text.value = "";
    button.disabled = true;
    setTimeout(poll, 100);
    if (!(await post("say", { person: owner, text: said })) && !text.value) text.value = said;
    button.disabled = false;
  };
  text.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  };
}

function menuButton(owner, { name, url, below }) {
  if (!below.length) {
    const button = element("button", "", name);
    button.type = "button";
    button.onclick = () => {
      button.closest("details")?.removeAttribute("open");
      post("menu", { person: owner, button: name });
      if (url) window.open(url, "_blank", "noopener");
    };
    return button;
  }
  const made = element("details", "");
  const list = element("div", "below");
  list.append(...below.map((each) => menuButton(owner, each)));
  made.append(element("summary", "", name), list);
  return made;
}

function showPerson({ id, name, following, menu }) {
  if (!chats.has(id)) addChat(id, name, false);
  const chat = chats.get(id);
  const button = chat.section.querySelector(".following");
  button.textContent = following ? "取消关注" : "关注";
  button.onclick = () => {
    button.closest("details").open = false;
    post(following ? "unfollow" : "follow", { person: id });
  };
  chat.section.querySelector(".say textarea").disabled = !following;
  const told = JSON.stringify(following ? menu : []);
  if (told === chat.menu) return;
  chat.menu = told;
  chat.section.querySelector(".menu").replaceChildren(...JSON.parse(told).map((each) => menuButton(id, each)));
}

function showStop(moment) {
  const button = document.getElementById("stop");
  if (!button) return;
  button.hidden = !moment;
  if (!moment) return;
  const [, month, day, time] = moment.match(/-(\d+)-(\d+)T(\d+:\d+)/);
  button.textContent = `到下一次推送（${Number(month)}月${Number(day)}日 ${time}）`;
  button.onclick = () => post("jump", { to: moment });
}

async function poll() {
  if (polling) return;
  polling = true;
  try {
    const state = await (await fetch(`/simulator/state?after=${newest}`)).json();
    if (document.getElementById("trouble").textContent === unanswered) trouble("");
    document.getElementById("clock").textContent = state.clock.slice(0, 16).replace("T", " ");
    showStop(state.stop);
    for (const { id, name } of state.robots) if (!chats.has(id)) addChat(id, name, true);
    state.people.forEach(showPerson);
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
  for (const button of jump.querySelectorAll("[data-for]")) {
    button.onclick = () => post("wait", { for: button.dataset.for });
  }
}

for (const button of document.querySelectorAll("#guide [data-text]")) {
  button.onclick = () => {
    const chat = chats.get(button.dataset.person);
    if (!chat) return;
    open(button.dataset.person);
    if (matchMedia("(max-width: 700px)").matches) document.getElementById("guide").open = false;
    chat.section.scrollIntoView({ inline: "center" });
    const text = chat.section.querySelector(".say textarea");
    text.value = button.dataset.text;
    text.focus();
  };
}

if (matchMedia("(min-width: 701px)").matches) document.getElementById("tools").open = true;
poll();
setInterval(poll, 1000);
