import { el, setAttribute, setText } from './dom.js';
import { badge } from './icons.js';
import { Chart } from './chart.js';
import { count, duration, inUnit, mass, parts, percent, power, rate, signs, tier } from './units.js';

/** The five figures that matter most. */
export class TilesView {
  constructor(host) {
    this.power = tile(host, 'Power now');
    this.carbon = tile(host, 'Carbon since start');
    this.energy = tile(host, 'Energy since start');
    this.cpi = tile(host, 'Carbon per inference');
    this.budgets = tile(host, 'Budgets');
    this.verdict = badge();
    this.powerCurve = new Chart(this.power.spark, { label: 'Power over the last minutes', size: 'tiny', format: power });
    this.carbonCurve = new Chart(this.carbon.spark, { label: 'Grams an hour over the last minutes', size: 'tiny', format: mass });
  }

  update(snapshot, store) {
    this.#power(snapshot, store);
    this.#carbon(snapshot, store);
    this.#energy(snapshot, store);
    this.#cpi(snapshot);
    this.#budgets(snapshot);
  }

  #power({ devices, quality, time }, store) {
    const read = devices.filter(device => device.watts !== null);
    const watts = read.length > 0 ? read.reduce((sum, device) => sum + device.watts, 0) : null;
    set(this.power, watts === null ? null : parts(watts, 'power'), devices.length === 0 ? 'No device is metered' : 'Not read');
    const missing = devices.length - read.length;
    setText(this.power.note, watts === null ? 'See Power by device'
      : missing > 0 ? `${missing} of ${devices.length} devices not read` : `${devices.length === 1 ? '1 device' : `${devices.length} devices`}, ${tier(quality.tier)}`);
    const values = store.points.map(point => sum(point.watts));
    this.powerCurve.update(curve(store, Date.parse(time), 'watts', values, 0));
  }

  #carbon({ carbon, time }, store) {
    const embodied = carbon.embodied;
    set(this.carbon, carbon.operational === null ? null : parts(carbon.operational + (embodied ?? 0), 'mass'), 'Not known');
    const grams = store.latest.grams;
    setText(this.carbon.note, carbon.operational === null ? 'See Electricity and carbon'
      : `${grams === null ? '' : `${mass(grams * 3600)}/h now, `}${embodied === null ? 'operational only' : 'with embodied'}`);
    this.carbonCurve.update(curve(store, Date.parse(time), 'grams', store.points.map(point => point.grams), 1));
  }

  #energy({ energy, models, moreModels }, store) {
    set(this.energy, parts(energy.total, 'energy'));
    const all = [...models, moreModels].reduce((sum, model) => sum + model.succeeded + model.failed + model.abandoned, 0);
    const { rates } = store.latest;
    setText(this.energy.note, `${count(all)} inferences${rates ? `, ${rate(sum(rates))} now` : ''}`);
  }

  #cpi({ kpis }) {
    const readings = kpis.filter(kpi => kpi.abbreviation === 'CPI').sort((a, b) => a.askedSeconds - b.askedSeconds);
    const reading = readings.find(kpi => kpi.value !== null);
    set(this.cpi, reading ? parts(reading.value, 'mass') : null, 'Not defined');
    if (!reading) setText(this.cpi.note, (readings[0]?.reason ?? 'no window is kept').split(/[,;:]/)[0]);
    else setText(this.cpi.note, `Target ${reading.target ? `${signs[reading.target.comparison]} ${inUnit(reading.target.bound, 'g')}: ${reading.verdict === 'Met' ? 'met' : 'not met'}` : 'none'}, over ${duration(reading.askedSeconds)}`);
  }

  #budgets({ policy, budgets }) {
    if (this.budgets.figure.firstChild !== this.verdict.node) this.budgets.figure.replaceChildren(this.verdict.node);
    this.verdict.set(policy.verdict ?? 'None', policy.version !== null && policy.verdict === null ? 'No budget' : undefined);
    const tripped = budgets.filter(budget => budget.verdict !== 'Allow').length;
    const fullest = Math.max(...budgets.map(budget => budget.spent / budget.limit).filter(Number.isFinite));
    setText(this.budgets.note, policy.verdict === null ? 'Nothing is limited'
      : `${tripped} of ${policy.budgets} tripped${Number.isFinite(fullest) ? `, fullest at ${percent(fullest)}` : ''}`);
  }
}

function tile(host, title) {
  const figure = el('div', { class: 'figure' }), note = el('div', { class: 'note' }), spark = el('div', { class: 'spark' });
  host.append(el('div', { class: 'tile' }, el('dt', {}, title), el('dd', {}, figure, note), el('dd', { class: 'spark-cell' }, spark)));
  return { figure, note, spark };
}

function set(place, value, absent) {
  setAttribute(place.figure, 'class', value ? 'figure' : 'figure absent');
  if (place.figure.childNodes.length !== 2) place.figure.replaceChildren(document.createTextNode(''), el('small'));
  place.figure.firstChild.data = value ? `${value.figure} ` : absent;
  setText(place.figure.lastChild, value?.unit ?? '');
}

function sum(values) {
  const known = [...values.values()].filter(value => value !== null);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) : null;
}

function curve(store, now, figure, values, ink) {
  return { times: store.points.map(point => point.time), from: now - store.spanOf(figure), to: now, series: [{ key: 'all', name: 'all', ink, values }] };
}
