"use strict";

// The print button does nothing without script, so it is shown by script only.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
