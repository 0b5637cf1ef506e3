// The menu is closed in the page and works without this. Escape closes it on a phone, and a browser
// that cannot show what is closed on a desk gets it opened there.
const menu = document.querySelector(".menu");
const phone = matchMedia("(max-width: 899px)");

const fit = () => {
  menu.open = !phone.matches;
};

const close = (event) => {
  if (event.key !== "Escape" || !phone.matches || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
};

if (menu) {
  menu.addEventListener("keydown", close);
  if (!CSS.supports("selector(::details-content)")) {
    fit();
    phone.addEventListener("change", fit);
  }
}
