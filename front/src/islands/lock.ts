const STAY_MILLISECONDS = 20_000;

/** A shared computer shows its lock when nobody touches it; who works on says so now and then. */
export function lock(): void {
  const seconds = Number(document.documentElement.dataset["locks"] ?? "0");
  if (!(seconds > 0)) return;
  let timer = 0;
  let said = Date.now();
  const wait = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const here = location.pathname + location.search;
      location.assign(`/switch?next=${encodeURIComponent(here)}`);
    }, seconds * 1000);
  };
  const act = (): void => {
    wait();
    if (Date.now() - said < STAY_MILLISECONDS) return;
    said = Date.now();
    void fetch("/switch/stay", { method: "POST" });
  };
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, act);
  wait();
}
