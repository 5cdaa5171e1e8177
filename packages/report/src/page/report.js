// The page works without this; it opens in the reader's language and names it to screen readers.
const choices = [...document.querySelectorAll('input[name="language"]')];
const titles = document.querySelectorAll('h1 [lang], h1[lang]');
function show(language) {
  document.documentElement.lang = language;
  for (const title of titles) if (title.lang === language) document.title = title.textContent;
}
const primarySubtag = (tag) => tag.toLowerCase().split('-')[0];
const isReaders = ({ value }) => primarySubtag(value) === primarySubtag(navigator.language || '');
const wanted = (choices.find(isReaders) ?? choices[0]).value;
for (const choice of choices) {
  if (choice.value === wanted) choice.checked = true;
  choice.addEventListener('change', () => show(choice.value));
}
show(wanted);
