import { el, reconcile, setAttribute, setFigures, setText, show } from './dom.js';
import { badge, toneOf } from './icons.js';
import { BurnDown } from './burndown.js';
import { count, duration, inUnit, moment, number, percent, tier } from './units.js';

/** A card for each budget. */
export class BudgetsView {
  constructor(host, note) {
    this.host = host;
    this.note = note;
  }

  update({ policy, budgets, decisions, time }) {
    setText(this.note, note(policy, budgets));
    if (budgets.length === 0) {
      show(this.host, policy.version === null ? 'no policy' : 'no budget', () => [empty(policy)]);
      return;
    }

    show(this.host, 'budgets', () => []);
    reconcile(this.host, budgets, budget => `${budget.name} ${budget.part}`, budget => new BudgetCard(budget), (card, budget) => card.update(budget, answered(decisions, budget), Date.parse(time)));
  }
}

class BudgetCard {
  constructor(budget) {
    this.verdict = badge();
    this.marks = el('div', { class: 'budget-marks' }, this.verdict.node);
    this.extra = el('span', { class: 'chip', hidden: '' });
    this.marks.append(this.extra);
    this.share = el('b');
    this.amount = el('span', { class: 'muted' });
    this.fill = el('span', { class: 'fill' });
    this.forecast = el('span', { class: 'forecast' });
    this.gauge = el('div', { class: 'gauge', role: 'img' }, this.fill, this.forecast);
    this.chartHost = el('div');
    this.figures = el('dl', { class: 'figures' });
    this.reason = el('p', { class: 'reason' });
    this.denied = null;
    this.title = el('h3', {}, budget.name);
    this.part = el('span', { class: 'muted' }, budget.part);
    this.node = el('article', { class: 'budget' }, el('div', { class: 'budget-head' }, el('div', {}, this.title, this.part), this.marks),
      el('div', { class: 'budget-spent' }, this.share, this.amount), this.gauge, this.chartHost, this.figures, this.reason);
  }

  update(budget, requests, now) {
    const isRefusing = this.denied !== null && requests.denied > this.denied;
    this.denied = requests.denied;
    const tone = toneOf(budget.verdict);
    const share = budget.limit > 0 && budget.spent !== null ? budget.spent / budget.limit : null;
    setAttribute(this.node, 'data-tone', tone);
    setAttribute(this.node, 'data-verdict', budget.verdict);
    this.verdict.set(budget.verdict);
    const extra = [budget.isShadow && 'shadow', isRefusing && budget.verdict !== 'Deny' && 'refusing some', budget.waiver && `waived by ${budget.waiver}`].filter(Boolean).join(', ');
    setText(this.extra, extra);
    this.extra.hidden = !extra;
    setText(this.share, share === null ? 'no inference yet' : `${percent(share)} ${isMean(budget) ? 'of the limit' : 'spent'}`);
    setText(this.amount, `${inUnit(budget.spent, budget.unit)} of ${inUnit(budget.limit, budget.unit)}`);
    setAttribute(this.fill, 'class', `fill ink-${tone === 'none' || tone === 'info' ? 'good' : tone}`);
    this.fill.style.width = `${Math.min(100, Math.max(0, (share ?? 0) * 100)).toFixed(1)}%`;
    const end = budget.forecast !== null && budget.limit > 0 ? budget.forecast / budget.limit : null;
    this.forecast.hidden = isMean(budget) || end === null || end > 1;
    if (end !== null) this.forecast.style.left = `calc(${Math.min(100, end * 100).toFixed(1)}% - 3px)`;
    setAttribute(this.gauge, 'aria-label', `${percent(share)} of the limit${end === null || isMean(budget) ? '' : `, ${percent(end)} forecast for the end`}`);
    this.#chart(budget, now);
    setFigures(this.figures, figures(budget, requests.words, now, end));
    // It was said when the verdict changed: of one that allows, the figures above are the newer ones.
    setText(this.reason, `When it changed: ${budget.reason}`);
    this.reason.hidden = !budget.reason || budget.verdict === 'Allow';
  }

  #chart(budget, now) {
    this.chartHost.hidden = isMean(budget) || budget.burnDown.length === 0;
    if (this.chartHost.hidden) return;
    this.chart ??= new BurnDown(this.chartHost, budget);
    this.chart.update(budget, now);
  }
}

const isMean = budget => budget.kind.endsWith('PerInference');

const answers = [['Allow', 'allowed'], ['Warn', 'warned'], ['Degrade', 'degraded'], ['Delay', 'delayed'], ['Deny', 'denied']];

// Also where the budget itself still allows: what is left may be less than one more inference is likely to cost.
function answered(decisions, { name, part }) {
  const rule = part ? `${name}/${part}` : name;
  const counts = new Map(decisions.filter(row => row.rule === rule).map(row => [row.verdict, row.count]));
  const words = answers.filter(([verdict]) => counts.has(verdict)).map(([verdict, word]) => `${count(counts.get(verdict))} ${word}`).join(', ');
  return { words, denied: counts.get('Deny') ?? 0 };
}

function figures(budget, requests, now, end) {
  const rows = [{ term: 'Remaining', text: inUnit(budget.remaining, budget.unit) }];
  if (!isMean(budget)) rows.push({ term: 'Forecast', text: budget.forecast === null ? 'not yet' : `${inUnit(budget.forecast, budget.unit)}${end === null ? '' : ` (${percent(end)})`}` });
  if (budget.periodEnd && Date.parse(budget.periodEnd) > now + 1000) rows.push({ term: 'Period ends', text: `in ${duration((Date.parse(budget.periodEnd) - now) / 1000)}`, sub: Date.parse(budget.periodEnd) - now > 3600e3 ? moment(budget.periodEnd) : null });
  if (budget.burnRates.length > 0) rows.push({ term: 'Burn rate', text: budget.burnRates.map(({ windowSeconds, rate }) => `${rate === null ? 'not yet' : `${number(rate)}×`} over ${duration(windowSeconds)}`).join(', ') });
  if (budget.isShadow) rows.push({ term: 'Mode', text: 'shadow: it tells, and refuses nobody' });
  if (budget.overrun > 0) rows.push({ term: 'Unreserved', text: inUnit(budget.overrun, budget.unit) });
  rows.push({ term: 'Charged', text: `${count(budget.inferences)} inferences, ${tier(budget.tier)}`, sub: budget.unmetered > 0 ? `${count(budget.unmetered)} more could not be metered` : null });
  if (requests) rows.push({ term: 'Requests', text: requests });
  if (!budget.isLedgerReachable) rows.push({ term: 'Ledger', text: 'does not answer: the spend of others is as last heard' });
  return rows;
}

function note(policy, budgets) {
  const pieces = [];
  if (policy.version !== null) pieces.push(`Policy ${policy.version}, ledger: ${policy.ledger}`);
  if (policy.budgets > budgets.length) pieces.push(`${budgets.length} of ${policy.budgets} shown`);
  if (policy.pendingVersion !== null) pieces.push(`policy ${policy.pendingVersion} comes into force on ${moment(policy.pendingFrom)}`);
  if (policy.problem !== null) pieces.push(`a newer policy was refused: ${policy.problem}`);
  return pieces.join('; ');
}

function empty(policy) {
  return policy.version === null
    ? el('div', { class: 'empty' }, el('p', {}, 'No policy is in force: nothing is limited, and no request is refused.'),
      el('p', {}, 'Add one with ', el('code', {}, '.AddPolicyFile("greenai-policy.json")'), ' after ', el('code', {}, 'AddGreenAIMetering()'), '.'))
    : el('div', { class: 'empty' }, el('p', {}, `Policy ${policy.version} has no budget.`));
}
