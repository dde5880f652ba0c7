import { duration, now } from "../clock";
import { all } from "../dom";

/*
 * The screen on the wall: a chime and a voice for every new call, in Chinese and in English, once
 * somebody has pressed the switch (no browser plays sound before that); and how old the numbers
 * are when the line to the server is lost.
 */

const OLD_AFTER = 15_000;
const LANGUAGES: [string, "sayZh" | "sayEn"][] = [
  ["zh-CN", "sayZh"],
  ["en-GB", "sayEn"],
];

let audio: AudioContext | null = null;
let queue: Promise<void> = Promise.resolve();

/** Two soft tones, a third apart. */
async function chime(): Promise<void> {
  if (!audio) return;
  const start = audio.currentTime;
  [880, 698].forEach((frequency, index) => {
    if (!audio) return;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = start + index * 0.35;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.4, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.8);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.85);
  });
  await new Promise((done) => setTimeout(done, 1200));
}

const voiceOf = (language: string): SpeechSynthesisVoice | undefined =>
  speechSynthesis.getVoices().find((voice) => voice.lang.startsWith(language.slice(0, 2)));

/** Says a sentence; a device without a voice for the language says nothing. */
function say(language: string, words: string): Promise<void> {
  const voice = "speechSynthesis" in window ? voiceOf(language) : undefined;
  if (!voice || !words) return Promise.resolve();
  return new Promise((done) => {
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = language;
    spoken.voice = voice;
    spoken.rate = 0.9;
    spoken.onend = spoken.onerror = () => done();
    // Some devices never say that they are done.
    setTimeout(done, 12_000);
    speechSynthesis.speak(spoken);
  });
}

async function announce(call: HTMLElement): Promise<void> {
  const words = LANGUAGES.map(([language, key]) => [language, call.dataset[key] ?? ""] as const);
  await chime();
  for (const [language, sentence] of words) await say(language, sentence);
}

function sound(button: HTMLButtonElement): void {
  const words = button.querySelector("span");
  const tell = (): void => {
    const voiced = LANGUAGES.some(([language]) => voiceOf(language));
    const key = !audio ? "wordOff" : voiced ? "wordOn" : "wordChime";
    button.setAttribute("aria-pressed", String(audio !== null));
    if (words) words.textContent = button.dataset[key] ?? "";
  };
  button.addEventListener("click", async () => {
    if (audio) {
      await audio.close();
      audio = null;
      speechSynthesis?.cancel();
    } else {
      audio = new AudioContext();
      await audio.resume();
      queue = queue.then(chime);
    }
    tell();
  });
  // Voices come a moment after the page.
  speechSynthesis?.addEventListener?.("voiceschanged", tell);
}

/** Starts the screen on the wall. */
export function wall(): void {
  const bar = document.querySelector("[data-wall]");
  const section = document.getElementById("wall");
  const button = bar?.querySelector<HTMLButtonElement>("[data-wall-sound]");
  const old = bar?.querySelector<HTMLElement>("[data-wall-old]");
  if (!section || !button) return;
  sound(button);
  const calls = (): HTMLElement[] => all("[data-call][data-awaited]", section);
  const known = new Set(calls().map((call) => call.dataset["call"]));
  let fresh = now();
  section.addEventListener("steward:swap", () => {
    fresh = now();
    for (const call of calls()) {
      if (known.has(call.dataset["call"])) continue;
      known.add(call.dataset["call"]);
      if (audio) queue = queue.then(() => announce(call));
    }
  });
  setInterval(() => {
    const age = now() - fresh;
    const lost = age > OLD_AFTER;
    document.body.toggleAttribute("data-lost", lost);
    if (!old) return;
    old.hidden = !lost;
    const minutes = Math.max(1, Math.floor(age / 60_000));
    old.textContent = lost ? (old.dataset["words"] ?? "").replace("{}", duration(minutes)) : "";
  }, 1000);
}
