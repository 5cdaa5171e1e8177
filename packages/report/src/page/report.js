// The page works without this. It opens in the language of the run, and names the chosen one to screen readers.
const choices = [...document.querySelectorAll('input[name="language"]')];
const titles = document.querySelectorAll('h1 [lang], h1[lang]');
function show(language) {
  document.documentElement.lang = language;
  for (const title of titles) if (title.lang === language) document.title = title.textContent;
}
const wanted = document.documentElement.lang;
for (const choice of choices) {
  if (choice.value === wanted) choice.checked = true;
  choice.addEventListener('change', () => show(choice.value));
}
show(wanted);
// On paper nothing is folded; what was folded on the screen is so again afterwards.
const folded = () => [...document.querySelectorAll('details.whole:not([open])')];
addEventListener('beforeprint', () => {
  for (const details of folded()) details.open = details.dataset.printed = true;
});
addEventListener('afterprint', () => {
  for (const details of document.querySelectorAll('details[data-printed]')) {
    details.open = false;
    delete details.dataset.printed;
  }
});
