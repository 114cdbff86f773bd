import { el, setAttribute, setText, svg } from './dom.js';

// Shapes, so that colour is not the only thing that tells verdicts apart.
const shapes = {
  good: 'M3.5 8.5l3 3 6-7',
  info: 'M8 7.2v4.6M8 4.2v.6',
  warn: 'M8 2.2L14.4 13.6H1.6zM8 6.6v3.2M8 11.6v.4',
  down: 'M8 2.5v10M3.8 8.6L8 12.8l4.2-4.2',
  wait: 'M8 1.8a6.2 6.2 0 1 0 .01 0M8 4.6V8l2.4 1.6',
  bad: 'M8 1.8a6.2 6.2 0 1 0 .01 0M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  none: 'M3.5 8h9',
};

const verdicts = {
  Allow: { tone: 'good', icon: 'good', text: 'Allow' },
  Warn: { tone: 'warn', icon: 'warn', text: 'Warn' },
  Degrade: { tone: 'warn', icon: 'down', text: 'Degrade' },
  Delay: { tone: 'warn', icon: 'wait', text: 'Delay' },
  Deny: { tone: 'bad', icon: 'bad', text: 'Deny' },
  Met: { tone: 'good', icon: 'good', text: 'Met' },
  NotMet: { tone: 'bad', icon: 'bad', text: 'Not met' },
  None: { tone: 'none', icon: 'none', text: 'No policy' },
};

export const toneOf = verdict => verdicts[verdict]?.tone ?? 'info';
export const textOf = verdict => verdicts[verdict]?.text ?? verdict;

export function icon(name) {
  const path = svg('path', { d: shapes[name], fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });
  return svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, path);
}

/** A verdict as a mark with its word. */
export function badge() {
  const node = el('span', { class: 'badge' });
  const text = el('span');
  let shown = null;
  return {
    node,
    set(verdict, words) {
      if (shown !== verdict) {
        node.replaceChildren(icon(verdicts[verdict]?.icon ?? 'info'), text);
        shown = verdict;
      }

      setAttribute(node, 'data-tone', toneOf(verdict));
      setText(text, words ?? textOf(verdict));
    },
  };
}
