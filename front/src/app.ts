import htmx from "htmx.org";
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
