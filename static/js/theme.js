// Light or dark as the person chose, before the first paint; and the mark that script is there.
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  const chosen = () => {
    try {
      return localStorage.getItem("attest.theme") || "auto";
    } catch {
      return "auto";
    }
  };

  const show = () => {
    const theme = chosen();
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-is]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeIs === theme));
    }
  };

  show();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-is]");
    if (!button) return;
    try {
      localStorage.setItem("attest.theme", button.dataset.themeIs);
    } catch {
      return;
    }
    show();
  });
})();
