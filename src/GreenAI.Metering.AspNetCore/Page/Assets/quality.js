import { el, reconcile, setFigures, setText, show } from './dom.js';
import { band, count, energy, mass, number, percent, power, words } from './units.js';

/** What grams are reckoned by. */
export class GridView {
  constructor(host) {
    this.host = host;
  }

  update({ carbon }) {
    show(this.host, 'grid', () => {
      this.reason = el('div', { class: 'empty' });
      this.figures = el('dl', { class: 'figures' });
      return [this.reason, this.figures];
    });
    this.reason.hidden = carbon.reason === null;
    setText(this.reason, carbon.reason ?? '');
    const { factor } = carbon;
    const rows = [];
    if (factor) {
      const kinds = [factor.kind, factor.isEstimated && 'estimated', factor.isForecast && 'forecast', factor.fallbackRank > 0 && 'a fallback', band(factor.uncertainty)];
      rows.push({ term: 'Grid intensity', text: `${number(factor.gramsPerKilowattHour)} g/kWh`, sub: kinds.filter(Boolean).join(', ') });
      rows.push({ term: 'Source', text: factor.source, sub: [factor.zone, factor.licence].filter(Boolean).join(', ') });
    }

    rows.push({ term: 'Account', text: words(carbon.method), sub: `${words(carbon.boundary).toLowerCase()} emissions` });
    rows.push({ term: 'PUE', text: carbon.pue === null ? 'not stated' : number(carbon.pue) });
    rows.push({ term: 'Priced', text: `${percent(carbon.pricedShare, 4)} of the energy`, sub: carbon.fallbackShare > 0 ? `${percent(carbon.fallbackShare)} of it by a fallback` : null });
    if (carbon.operational !== null) {
      rows.push({ term: 'Operational', text: mass(carbon.operational), sub: `idle ${mass(carbon.idle)}, other processes ${mass(carbon.other)}` });
    }

    rows.push(carbon.embodied === null
      ? { term: 'Embodied', text: 'not known', sub: carbon.embodiedReason }
      : { term: 'Embodied', text: mass(carbon.embodied) });
    if (carbon.waterLitres !== null) rows.push({ term: 'Water', text: `${number(carbon.waterLitres)} l` });
    setFigures(this.figures, rows);
  }
}

/** How good the figures are, and what metering costs. */
export class QualityView {
  constructor(host) {
    this.host = host;
  }

  update({ quality, energy: joules, detection }) {
    show(this.host, 'quality', () => {
      this.figures = el('dl', { class: 'figures' });
      this.list = el('dl', { class: 'figures inside' });
      return [this.figures, el('details', {}, el('summary', {}, 'How this host is metered'), this.list)];
    });
    setFigures(this.figures, [
      { term: 'Tier', text: words(quality.tier), sub: quality.isRunning ? null : 'the sampler does not run' },
      { term: 'Coverage', text: quality.coverage === null ? 'no device' : percent(quality.coverage, 4), sub: quality.holes > 0 ? `${count(quality.holes)} readings failed` : null },
      { term: 'Uncertainty', text: band(quality.uncertainty) || 'not known', sub: 'of the models’ joules, the widest' },
      { term: 'Metering itself', text: quality.selfWatts === null ? 'power not known' : power(quality.selfWatts), sub: `${percent(quality.selfProcessorShare, 2)} of one processor` },
      { term: 'Open now', text: `${count(quality.openScopes)} inferences`, sub: quality.droppedScopes > 0 ? `${count(quality.droppedScopes)} could not be tracked` : null },
      { term: 'Unaccounted', text: energy(joules.unaccounted), sub: `of ${energy(joules.total)}: every microjoule is in one bucket` },
    ]);
    const rows = detection.map((finding, i) => ({ ...finding, key: `${i} ${finding.source}` }));
    reconcile(this.list, rows.flatMap(row => [{ key: `${row.key} t`, tag: 'dt', text: row.source }, { key: `${row.key} d`, tag: 'dd', text: `${words(row.status)}. ${row.reason} ${row.remedy ?? ''}` }]),
      row => row.key, row => ({ node: el(row.tag) }), ({ node }, row) => setText(node, row.text.trim()));
    this.host.lastChild.hidden = detection.length === 0;
  }
}
