import { byId } from './element.ts';

const THEMES = ['auto', 'light', 'dark'] as const;

/** Lets a reader choose between light and dark; as it is, the system's choice stands. */
export function enableTheme(): void {
  let at = 0;
  const button = byId('theme');
  const show = (): void => {
    const theme = THEMES[at] ?? 'auto';
    document.documentElement.dataset['theme'] = theme;
    button.textContent = `Colours: ${theme}`;
  };
  button.addEventListener('click', () => {
    at = (at + 1) % THEMES.length;
    show();
  });
  show();
}
