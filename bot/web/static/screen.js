// The hall's screen: the faces take turns, keys turn them by hand, and a newer program is loaded by itself.
(() => {
  const TURN = 15_000;
  const IDLE = 4_000;
  const wall = document.getElementById("wall");
  const paused = document.getElementById("paused");
  const live = () => document.getElementById("live");
  const program = live().dataset.program;
  const faces = () => [...wall.querySelectorAll("[data-face]")].map((face) => face.dataset.face);
  let turning;
  let resting;

  function turn(step) {
    const all = faces();
    wall.dataset.show = all[(all.indexOf(wall.dataset.show) + step + all.length) % all.length];
    if (paused.hidden) restart();
  }

  function restart() {
    clearInterval(turning);
    turning = setInterval(() => turn(1), TURN);
  }

  function pause() {
    paused.hidden = !paused.hidden;
    if (paused.hidden) restart();
    else clearInterval(turning);
  }

  function fill() {
    const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    done.catch(() => {});
  }

  function awake() {
    document.body.classList.remove("resting");
    clearTimeout(resting);
    resting = setTimeout(() => document.body.classList.add("resting"), IDLE);
  }

  function stayLit() {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  }

  const keys = { ArrowRight: () => turn(1), ArrowLeft: () => turn(-1), " ": pause, f: fill, F: fill };

  document.addEventListener("keydown", (event) => {
    awake();
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("mousemove", awake);
  document.addEventListener("dblclick", fill);
  document.addEventListener("visibilitychange", stayLit);
  document.addEventListener("htmx:after:swap", () => {
    if (live().dataset.program !== program) location.reload();
    if (!faces().includes(wall.dataset.show)) turn(1);
  });
  stayLit();
  awake();
  restart();
})();
