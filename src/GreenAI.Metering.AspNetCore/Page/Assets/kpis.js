import { el, reconcile, setFigure, setText, show, table, tableRow } from './dom.js';
import { badge } from './icons.js';
import { band, duration, inUnit, signs, tier } from './units.js';

/** The indicators of the host: a row each, a column a window; what is not defined is named with its reason. */
export class KpisView {
  constructor(host, note) {
    this.host = host;
    this.note = note;
  }

  update({ kpis }) {
    const rows = group(kpis);
    const windows = [...new Set(kpis.map(kpi => kpi.askedSeconds).filter(seconds => seconds !== null))].sort((a, b) => a - b);
    // A day has no more in it than the hour that the service has been up.
    const young = windows.filter(seconds => kpis.some(kpi => kpi.askedSeconds === seconds && kpi.windowSeconds < seconds * 0.98));
    const metered = Math.max(...kpis.map(kpi => kpi.windowSeconds ?? 0));
    setText(this.note, young.length > 0 ? `Of the whole service, by window. There are ${duration(metered)} so far: longer windows hold no more yet.` : 'Of the whole service, by window');
    show(this.host, `windows ${windows.join(' ')}`, () => this.#build(windows));
    const defined = rows.filter(row => row.readings.some(reading => reading.value !== null));
    const missing = rows.filter(row => !defined.includes(row));
    const judged = defined.filter(row => row.readings.some(reading => reading.target));
    const told = defined.filter(row => !judged.includes(row));
    for (const [{ node, body }, part] of [[this.table, judged], [this.others, told]]) {
      reconcile(body, part, row => row.key, () => this.#row(), (kept, row) => this.#update(kept, row, windows));
      node.hidden = part.length === 0;
    }

    this.besides.hidden = told.length === 0;
    setText(this.besidesSummary, `Without a target (${told.length})`);
    this.none.hidden = defined.length > 0;
    this.more.hidden = missing.length === 0;
    setText(this.summary, `Not defined yet (${missing.length})`);
    reconcile(this.list, missing.flatMap(row => [{ key: `${row.key} name`, tag: 'dt', text: row.title }, { key: `${row.key} why`, tag: 'dd', text: row.readings[0].reason ?? 'the reason is not known' }]),
      item => item.key, item => ({ node: el(item.tag) }), ({ node }, item) => setText(node, item.text));
  }

  #build(windows) {
    this.columns = [{ title: 'Indicator' }, ...windows.map(seconds => ({ title: duration(seconds) })), { title: 'Target' }];
    this.table = table('Value, how far the truth may lie from it, and the target', this.columns);
    this.others = table('Value, and how far the truth may lie from it', this.columns);
    this.besidesSummary = el('summary');
    this.besides = el('details', {}, this.besidesSummary, el('div', { class: 'inside' }, this.others.node));
    this.none = el('p', { class: 'empty' }, 'No indicator is defined yet. Below is what each of them waits for.');
    this.summary = el('summary');
    this.list = el('dl', { class: 'figures inside' });
    this.more = el('details', {}, this.summary, this.list);
    return [this.none, this.table.node, this.besides, this.more];
  }

  #row() {
    const row = tableRow(this.columns);
    const mark = badge();
    const bound = el('span', { class: 'sub' });
    return { ...row, mark, bound };
  }

  #update({ cells, mark, bound }, row, windows) {
    setFigure(cells[0], row.title, row.formula);
    windows.forEach((seconds, i) => {
      const reading = row.readings.find(one => one.askedSeconds === seconds) ?? (i === 0 ? row.readings.find(one => one.askedSeconds === null) : undefined);
      const cell = cells[i + 1];
      if (!reading) setFigure(cell, '');
      else if (reading.value === null) setFigure(cell, 'not defined', reading.reason);
      else setFigure(cell, inUnit(reading.value, reading.unit), [reading.askedSeconds === null && 'since the start', band(reading.uncertainty), tier(reading.tier), reading.reason].filter(Boolean).join(', '));
    });
    const judged = row.readings.findLast(reading => reading.value !== null);
    const target = judged?.target;
    const last = cells.at(-1);
    if (!target) {
      setFigure(last, 'none');
      return;
    }

    if (mark.node.parentNode !== last) last.replaceChildren(mark.node, bound);
    mark.set(judged.verdict);
    setText(bound, `${signs[target.comparison]} ${inUnit(target.bound, judged.unit)}${isClose(judged) ? ', within the uncertainty' : ''}`);
  }
}

function group(kpis) {
  const rows = new Map();
  for (const kpi of kpis) {
    const key = `${kpi.abbreviation} ${kpi.qualifier ?? ''}`;
    if (!rows.has(key)) rows.set(key, { key, title: kpi.qualifier ? `${kpi.name} (${kpi.qualifier})` : kpi.name, formula: kpi.formula, readings: [] });
    rows.get(key).readings.push(kpi);
  }

  for (const row of rows.values()) row.readings.sort((a, b) => a.askedSeconds - b.askedSeconds);
  return [...rows.values()];
}

function isClose({ value, target, uncertainty }) {
  return uncertainty !== null && value * (1 - uncertainty.below) <= target.bound && target.bound <= value * (1 + uncertainty.above);
}
