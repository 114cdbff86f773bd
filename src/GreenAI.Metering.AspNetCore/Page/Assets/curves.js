import { el, reconcile, setAttribute, setFigure, setText, show, table, tableRow } from './dom.js';
import { Chart } from './chart.js';
import { band, duration, energy, mass, number, percent, power, rate, tier, words } from './units.js';

const ago = (time, { to }) => to - time < 1000 ? 'now' : `−${duration((to - time) / 1000)}`;

function window(store, snapshot, figure) {
  const now = Date.parse(snapshot.time), span = store.spanOf(figure);
  return { times: store.points.map(point => point.time), from: now - span, to: now, steps: span > 60e3 ? [5, 1] : [4, 1] };
}

const flowUnits = {
  power: { title: 'Where the power goes', of: point => point.flows, factor: 1, format: power },
  carbon: { title: 'Where the carbon goes', of: point => point.gramFlows, factor: 3600, format: (value, reference) => value === null ? mass(value) : `${mass(value, reference)}/h` },
};

/** Watts, or operational grams an hour, by model and by what no model is charged for. */
export class FlowsView {
  #inks = new Map();

  constructor(host, title, buttons) {
    this.host = host;
    this.title = title;
    this.buttons = buttons;
    for (const button of buttons.children) button.addEventListener('click', () => this.#choose(button.dataset.unit));
    this.#choose('power');
  }

  #choose(name) {
    this.unit = flowUnits[name];
    for (const button of this.buttons.children) setAttribute(button, 'aria-pressed', String(button.dataset.unit === name));
    setText(this.title, this.unit.title);
    this.host.replaceChildren();
    this.chart = new Chart(this.host, { label: `${this.unit.title}, by model, over the last minutes`, format: this.unit.format, onTime: ago, cursor: true, stacked: true });
    if (this.last) this.update(...this.last);
  }

  update(snapshot, store) {
    this.last = [snapshot, store];
    // Without a grid factor there is no carbon to show.
    this.buttons.hidden = snapshot.carbon.operational === null && this.unit === flowUnits.power;
    const flow = (point, key) => (this.unit.of(point).get(key) ?? 0) * this.unit.factor;
    const column = (...keys) => store.points.map(point => this.unit.of(point) ? keys.reduce((sum, key) => sum + flow(point, key), 0) : null);
    // The first five keep their colours: a curve that changes its colour is another one to the eye.
    for (const model of snapshot.models) if (this.#inks.size < 5 && model.joules > 0 && !this.#inks.has(model.name)) this.#inks.set(model.name, this.#inks.size);
    const own = [...this.#inks].map(([name, ink]) => ({ key: `model ${name}`, name, ink, values: column(`model ${name}`) }));
    const rest = snapshot.models.filter(model => !this.#inks.has(model.name)).map(model => `model ${model.name}`);
    const idle = { key: 'idle', name: 'Idle floor', ink: 'idle', values: column('idle') };
    const others = [
      { key: 'rest', name: 'Other models', ink: 'rest', values: column('more', ...rest) },
      { key: 'unattributed', name: 'This process, no inference', ink: 'unattributed', values: column('unattributed') },
      { key: 'other', name: 'Other processes', ink: 'foreign', values: column('other') },
    ];
    const series = [idle, ...own, ...others].filter(row => row.values.some(value => value > 0));
    this.chart.update({ ...window(store, snapshot, 'flows'), series: series.length > 0 ? series : [idle] });
  }
}

/** Inferences per second by outcome. */
export class RateView {
  constructor(host) {
    this.chart = new Chart(host, { label: 'Inferences per second by outcome, over the last minutes', format: rate, onTime: ago, cursor: true });
  }

  update(snapshot, store) {
    const row = (key, name, ink, dash) => ({ key, name, ink, dash, values: store.points.map(point => point.rates?.get(key) ?? null) });
    this.chart.update({ ...window(store, snapshot, 'rates'), series: [row('succeeded', 'Succeeded', 'good', 0), row('failed', 'Failed', 'bad', 1), row('abandoned', 'Abandoned', 'warn', 2)] });
  }
}

const columns = [
  { title: 'Device' }, { title: 'Power' }, { title: 'Idle floor' }, { title: 'Utilisation' }, { title: 'Energy' }, { title: 'Coverage' },
];

/** Watts by device, and the devices. */
export class PowerView {
  constructor(chartHost, host) {
    this.chartHost = chartHost;
    this.host = host;
  }

  update(snapshot, store) {
    if (snapshot.devices.length === 0) {
      this.chartHost.hidden = true;
      show(this.host, 'none', () => [empty(snapshot.detection)]);
      return;
    }

    this.chartHost.hidden = false;
    this.chart ??= new Chart(this.chartHost, { label: 'Power by device, over the last minutes', format: power, onTime: ago, cursor: true, size: 'small' });
    show(this.host, 'devices', () => {
      this.table = table('Metered devices', columns);
      return [this.table.node];
    });
    const series = snapshot.devices.slice(0, 6).map((device, i) => ({
      key: device.id, name: device.name, ink: i, dash: i % 4, values: store.points.map(point => point.watts.get(device.id) ?? null),
    }));
    this.chart.update({ ...window(store, snapshot, 'watts'), series });
    reconcile(this.table.body, snapshot.devices, device => device.id, () => tableRow(columns), ({ cells }, device) => {
      setFigure(cells[0], device.name, [words(device.domain), tier(device.tier), band(device.uncertainty), device.remark].filter(Boolean).join(', '));
      setFigure(cells[1], power(device.watts), device.reason);
      setFigure(cells[2], device.idleWatts === null ? 'unknown' : power(device.idleWatts), device.idleWatts === null ? null : device.idleSource.toLowerCase());
      setFigure(cells[3], device.utilization === null ? 'not told' : percent(device.utilization));
      setFigure(cells[4], energy(device.joules));
      setFigure(cells[5], percent(device.coverage, 4), device.holes > 0 ? `${number(device.holes)} holes` : null);
    });
  }
}

function empty(detection) {
  const rows = detection.filter(finding => finding.remedy).map(finding => el('p', {}, `${finding.source}: ${finding.reason} ${finding.remedy}`));
  return el('div', { class: 'empty' }, el('p', {}, 'No device of this host can be metered, so there are no joules and no grams.'), ...rows);
}
