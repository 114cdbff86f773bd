import { el, reconcile, setAttribute, setFigure, setText, show, table, tableRow } from './dom.js';
import { badge, textOf } from './icons.js';
import { clock, count, date, words } from './units.js';

const verdicts = ['Allow', 'Warn', 'Degrade', 'Delay', 'Deny'];
const countColumns = [{ title: 'Rule' }, ...verdicts.map(verdict => ({ title: verdict }))];
const waiverColumns = [{ title: 'Waiver' }, { title: 'Rule', kind: 'text' }, { title: 'Why', kind: 'text' }, { title: 'Approved by', kind: 'text' }, { title: 'Until', kind: 'text' }];

const shown = 6;

const titles = {
  PolicyChanged: 'Policy in force',
  PolicyRefused: 'Policy refused',
  WaiverUsed: 'Waiver used',
  WaiverEnded: 'Waiver ended',
  PeriodEnded: 'Period ended',
  LedgerLost: 'Ledger lost',
  LedgerReturned: 'Ledger back',
};

/** What happened to budgets, how often requests were answered how, and what is waived. */
export class DecisionsView {
  constructor(host) {
    this.host = host;
  }

  update({ events, decisions, moreDecisions, waivers, moreWaivers, policy }) {
    if (policy.version === null && events.length === 0) {
      show(this.host, 'none', () => [el('p', { class: 'empty' }, 'Nothing is decided while no policy is in force. Decisions and waivers of a policy are told here, with their reasons.')]);
      return;
    }

    show(this.host, 'all', () => this.#build());
    this.quiet.hidden = events.length > 0;
    const keyOf = event => `${event.time} ${event.kind} ${event.rule} ${event.part} ${event.decision}`;
    reconcile(this.events, events.slice(0, shown), keyOf, createEvent, updateEvent);
    reconcile(this.older, events.slice(shown), keyOf, createEvent, updateEvent);
    this.earlier.hidden = events.length <= shown;
    setText(this.earlierSummary, `Earlier (${events.length - shown})`);
    this.#counts(decisions);
    say(this.moreCounts, moreDecisions, 'more figures of other rules are in the report.');
    say(this.moreWaivers, moreWaivers, 'more waivers are in the policy.');
    this.waivers.node.hidden = waivers.length === 0;
    reconcile(this.waivers.body, waivers, waiver => waiver.id, () => tableRow(waiverColumns), ({ cells }, waiver) => {
      setFigure(cells[0], waiver.id, words(waiver.state));
      setFigure(cells[1], waiver.rule, waiver.scope);
      setFigure(cells[2], waiver.reason);
      setFigure(cells[3], waiver.approvedBy);
      setFigure(cells[4], date(waiver.expires));
    });
  }

  #build() {
    this.quiet = el('p', { class: 'empty' }, 'No verdict has changed yet.');
    this.events = el('ul', { class: 'events' });
    this.older = el('ul', { class: 'events inside' });
    this.earlierSummary = el('summary');
    this.earlier = el('details', {}, this.earlierSummary, this.older);
    this.counts = table('Requests by rule and verdict, since the service started', countColumns);
    this.waivers = table('Waivers of the policy', waiverColumns);
    this.moreCounts = el('p', { class: 'muted' });
    this.moreWaivers = el('p', { class: 'muted' });
    return [this.quiet, this.events, this.earlier, this.counts.node, this.moreCounts, this.waivers.node, this.moreWaivers];
  }

  #counts(decisions) {
    const rows = new Map();
    for (const { rule, verdict, count: times } of decisions) {
      if (!rows.has(rule)) rows.set(rule, { rule });
      rows.get(rule)[verdict] = times;
    }

    this.counts.node.hidden = rows.size === 0;
    reconcile(this.counts.body, [...rows.values()], row => row.rule, () => tableRow(countColumns), ({ cells }, row) => {
      setFigure(cells[0], row.rule);
      verdicts.forEach((verdict, i) => setFigure(cells[i + 1], count(row[verdict] ?? 0)));
    });
  }
}

function say(place, many, words) {
  place.hidden = !(many > 0);
  setText(place, `${count(many)} ${words}`);
}

function createEvent(event) {
  const mark = badge();
  const time = el('time', { datetime: event.time });
  const title = el('span'), change = el('span', { class: 'muted' }), reason = el('p');
  const explanation = el('p', { class: 'explanation inside' });
  const more = el('details', {}, el('summary', {}, 'Why'), explanation);
  const what = event.kind === 'VerdictChanged' ? [mark.node, title, change] : [title, change];
  const node = el('li', {}, time, el('div', { class: 'why' }, el('div', { class: 'what' }, ...what), reason, more));
  return { node, mark, time, title, change, reason, explanation, more };
}

function updateEvent(row, event) {
  setText(row.time, clock(event.time));
  setAttribute(row.node, 'data-verdict', event.verdict);
  row.mark.set(event.verdict);
  setText(row.title, event.kind === 'VerdictChanged' ? event.rule ?? '' : titles[event.kind] ?? words(event.kind));
  const changed = event.kind === 'VerdictChanged' ? event.before === event.verdict ? 'the verdict stays' : `from ${textOf(event.before)} to ${textOf(event.verdict)}` : event.rule ?? '';
  setText(row.change, [event.part, changed, event.isShadow ? 'shadow' : '', event.waiver ? `waiver ${event.waiver}` : ''].filter(Boolean).join(', '));
  setText(row.reason, event.reason);
  // One that is not known any more stands in the audit log.
  if (event.explanation !== null) setText(row.explanation, event.explanation);
  row.more.hidden = row.explanation.textContent === '';
}
