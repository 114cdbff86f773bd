import { textOf } from './icons.js';
import { setText } from './dom.js';

/** Says aloud what has changed for good: verdicts and the stream, never figures. */
export class Announcer {
  constructor(host) {
    this.host = host;
    this.verdicts = null;
    this.wasLost = false;
  }

  onState(state) {
    if (state === 'lost') setText(this.host, 'The stream has dropped. Reconnecting.');
    if (state === 'live' && this.wasLost) setText(this.host, 'The figures are live again.');
    this.wasLost = state === 'lost';
  }

  onSnapshot({ budgets }) {
    const now = new Map(budgets.map(budget => [`${budget.name} ${budget.part}`, budget]));
    const said = this.verdicts === null ? [] : [...now]
      .filter(([key, budget]) => this.verdicts.has(key) && this.verdicts.get(key) !== budget.verdict)
      .map(([, budget]) => `Budget ${budget.name} ${budget.part}: ${textOf(budget.verdict)}.`);
    if (said.length > 0) setText(this.host, said.join(' '));
    this.verdicts = new Map([...now].map(([key, budget]) => [key, budget.verdict]));
  }
}
