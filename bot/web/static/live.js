// How old the figures are: their moment goes on while nothing changes, and what is old is marked.
(() => {
  const STALE = 30_000;
  const live = () => document.getElementById("live");
  let readAt = Date.now() - 1000 * Number(live()?.dataset.age ?? 0);

  function mark() {
    live()?.querySelector(".moment")?.classList.toggle("stale", Date.now() - readAt > STALE);
  }

  function tell(asOf) {
    const time = live()?.querySelector(".moment time");
    if (!time || !asOf) return;
    time.dateTime = asOf;
    time.textContent = `${Number(asOf.slice(5, 7))}月${Number(asOf.slice(8, 10))}日 ${asOf.slice(11, 19)}`;
  }

  document.addEventListener("htmx:after:request", (event) => {
    const { status, headers } = event.detail.ctx.response;
    if (status !== 200 && status !== 304) return;
    readAt = Date.now() - 1000 * Number(headers.get("Age") ?? 0);
    tell(headers.get("X-As-Of"));
    mark();
  });
  setInterval(mark, 1000);
})();
