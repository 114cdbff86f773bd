import { setText } from './dom.js';

// The reader's choice is for as long as the page is open, unless the browser lets it be kept.
const choices = ['automatic', 'light', 'dark'];
const place = 'greenai-theme';

function kept() {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

function keep(choice) {
  try {
    localStorage.setItem(place, choice);
  } catch {
    // A browser that keeps nothing still shows the choice.
  }
}

export function startTheme(button) {
  let choice = choices.includes(kept()) ? kept() : choices[0];

  function apply() {
    if (choice === 'automatic') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    setText(button, `Theme: ${choice}`);
  }

  button.addEventListener('click', () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length];
    keep(choice);
    apply();
  });
  apply();
}
