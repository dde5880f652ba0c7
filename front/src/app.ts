import htmx from "htmx.org";
import { all } from "./dom";
import { acts } from "./islands/acts";
import { blueprint } from "./islands/blueprint";
import { calendar } from "./islands/calendar";
import { clocks } from "./islands/clocks";
import { forms } from "./islands/forms";
import { keys, laneTabs } from "./islands/keys";
import { live, poll } from "./islands/live";
import { lock } from "./islands/lock";
import { offline } from "./islands/offline";
import { palette } from "./islands/palette";
import { passkeys } from "./islands/passkey";
import { toasts } from "./islands/toast";
import { uploads } from "./islands/upload";
import "./styles/app.css";

htmx.config.includeIndicatorCSS = false;
document.addEventListener("steward:swap", (event) => {
  htmx.process(event.target as HTMLElement);
  calendar();
  blueprint();
});

/** On a narrow screen a track of steps opens at the one that is being carried out. */
for (const track of all<HTMLElement>(".stps")) {
  const step = track.querySelector<HTMLElement>('[data-s="now"]');
  if (step) track.scrollLeft = step.offsetLeft - track.offsetLeft - step.offsetWidth;
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) print();
});

/** The BPMN viewer is large and seldom wanted: it comes only with a diagram. */
const diagram = document.querySelector<HTMLElement>("[data-island=bpmn]");
if (diagram) void import("./islands/bpmn").then(({ bpmn }) => bpmn(diagram));

acts();
forms();
keys();
laneTabs();
palette();
toasts();
uploads();
clocks();
calendar();
blueprint();
live();
poll();
offline();
passkeys();
lock();
