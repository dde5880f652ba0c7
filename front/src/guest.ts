import { clocks } from "./islands/clocks";
import { forms } from "./islands/forms";
import { idle } from "./islands/kiosk";
import { live, poll } from "./islands/live";
import { offline } from "./islands/offline";
import { passkeys } from "./islands/passkey";
import { toasts } from "./islands/toast";
import { wall } from "./islands/wall";
import "./styles/guest.css";

forms();
toasts();
clocks();
live();
poll();
offline();
passkeys();
idle();
wall();
