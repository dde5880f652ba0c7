import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";

interface Canvas {
  zoom(to: "fit-viewport"): void;
}

/** Draws the file that a place names; its own words stay where that fails. */
export async function bpmn(place: HTMLElement): Promise<void> {
  const waiting = place.querySelector<HTMLElement>("[data-waiting]");
  try {
    const answer = await fetch(place.dataset["file"] ?? "", { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const viewer = new NavigatedViewer({ container: place });
    const { warnings } = await viewer.importXML(await answer.text());
    waiting?.remove();
    viewer.get<Canvas>("canvas").zoom("fit-viewport");
    place.dataset["drawn"] = String(warnings.length);
  } catch {
    if (waiting) waiting.textContent = place.dataset["failed"] ?? "";
  }
}
