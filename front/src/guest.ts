import { clocks } from "./islands/clocks";
import { forms } from "./islands/forms";
import { live, poll } from "./islands/live";
import { offline } from "./islands/offline";
import { toasts } from "./islands/toast";
import "./styles/guest.css";

forms();
toasts();
clocks();
live();
poll();
offline();
