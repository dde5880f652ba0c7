/** The server's clock: pages carry it in `<html data-now>`, so words and rings agree with it. */
const stated = Date.parse(document.documentElement.dataset["now"] ?? "");
/** A copy of a page was made when the device's clock showed `data-copied`. */
const loaded = Number(document.documentElement.dataset["copied"]) || Date.now();
const offset = Number.isNaN(stated) ? 0 : stated - loaded;

/** Now by the server's clock, in milliseconds since 1970. */
export const now = (): number => Date.now() + offset;

const chinese = document.documentElement.lang.startsWith("zh");

/** A duration in words: `35 min`, `1 h 25 min`, `35 分钟`, `1 小时 25 分`. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return chinese ? `${rest} 分钟` : `${rest} min`;
  if (rest === 0) return chinese ? `${hours} 小时` : `${hours} h`;
  return chinese ? `${hours} 小时 ${rest} 分` : `${hours} h ${rest} min`;
}

/** `m:ss`, or `h:mm:ss` from an hour on. */
export function digits(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number): string => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Time of day of the device, `14:36`. */
export const timeOfDay = (at: number): string =>
  new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
