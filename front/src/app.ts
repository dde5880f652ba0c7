import htmx from "htmx.org";
import { all } from "./dom";
import { blueprint } from "./islands/blueprint";
import { calendar } from "./islands/calendar";
import { clocks } from "./islands/clocks";
import { forms } from "./islands/forms";
import { keys, laneTabs } from "./islands/keys";
import { live, poll } from "./islands/live";
import { palette } from "./islands/palette";
import { toasts } from "./islands/toast";
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

forms();
keys();
laneTabs();
palette();
toasts();
clocks();
calendar();
blueprint();
live();
poll();
