import { all, fragment, sentence } from "../dom";
import { morph } from "../morph";

/*
 * `data-island="upload"`: files are sent one by one as soon as they are chosen, dropped or taken
 * with the camera; what is too large is refused before it leaves. Without scripts it is a form.
 */

interface Wanted {
  form: HTMLFormElement;
  file: File;
}

function refused(form: HTMLFormElement, words: string[]): void {
  const place = form.querySelector<HTMLElement>(".err");
  if (!place) return;
  place.hidden = words.length === 0;
  place.textContent = words.join("\n");
}

/** Sends one file; answers why it was not kept, or nothing. */
function send({ form, file }: Wanted, far: (share: number) => void): Promise<string> {
  const body = new FormData();
  const part = form.querySelector<HTMLSelectElement>("select[name=part]");
  if (part?.value) body.append("part", part.value);
  body.append("files", file, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => far(event.loaded / Math.max(event.total, 1));
    request.onerror = () => done(form.dataset["wordLost"] ?? "");
    request.onload = () => {
      if (request.status < 300) return done("");
      try {
        done((JSON.parse(request.responseText) as { detail: string }).detail);
      } catch {
        done(sentence(request.responseText));
      }
    };
    request.send(body);
  });
}

async function sendAll(form: HTMLFormElement, files: File[]): Promise<void> {
  const most = Number(form.dataset["bytesMax"]);
  const words: string[] = [];
  const fits = files.filter((file) => {
    if (file.size <= most) return true;
    words.push((form.dataset["wordLarge"] ?? "").replace("{}", file.name));
    return false;
  });
  refused(form, words);
  form.classList.add("is-busy");
  form.setAttribute("aria-busy", "true");
  for (const [at, file] of fits.entries()) {
    const far = (share: number): void => {
      form.style.setProperty("--p", String((at + share) / fits.length));
    };
    const why = await send({ form, file }, far);
    if (why) words.push(why);
    refused(form, words);
  }
  form.classList.remove("is-busy");
  form.removeAttribute("aria-busy");
  form.style.removeProperty("--p");
  for (const input of all<HTMLInputElement>("input[type=file]", form)) input.value = "";
  await again(form, words);
}

/** Shows the shelf as it is now; what was refused stays written. */
async function again(form: HTMLFormElement, words: string[]): Promise<void> {
  const section = form.closest<HTMLElement>("[data-live-src]");
  const source = section?.dataset["liveSrc"];
  if (!section || !source) return location.reload();
  try {
    const html = await fragment(source);
    if (html !== null) morph(section, html);
  } catch {
    // The stream brings it as soon as it is back.
  }
  refused(section.querySelector<HTMLFormElement>("form.drop") ?? form, words);
}

const upload = (target: EventTarget | null): HTMLFormElement | null =>
  target instanceof Element ? target.closest<HTMLFormElement>('[data-island="upload"]') : null;

/** Starts all shelves of the page, those that come later too. */
export function uploads(): void {
  document.documentElement.dataset["uploads"] = "";
  document.addEventListener("change", (event) => {
    const input = event.target;
    const form = upload(input);
    if (!form || !(input instanceof HTMLInputElement) || input.type !== "file") return;
    void sendAll(form, [...(input.files ?? [])]);
  });
  document.addEventListener("dragover", (event) => {
    const form = upload(event.target);
    for (const other of all(".drop.is-over")) if (other !== form) other.classList.remove("is-over");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  document.addEventListener("drop", (event) => {
    const form = upload(event.target);
    for (const other of all(".drop.is-over")) other.classList.remove("is-over");
    if (!form || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    void sendAll(form, [...event.dataTransfer.files]);
  });
}
