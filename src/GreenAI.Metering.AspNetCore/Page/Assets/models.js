import { el, reconcile, setAttribute, setFigure, setText, show, table, tableRow } from './dom.js';
import { band, count, energy, mass, percent, rate, tier } from './units.js';

const columns = [
  { title: 'Model' }, { title: 'Inferences' }, { title: 'Rate' }, { title: 'Energy each' }, { title: 'Carbon each' }, { title: 'Energy in all' }, { title: 'Carbon in all' },
];

/** What each model has cost. */
export class ModelsView {
  constructor(host, note) {
    this.host = host;
    this.note = note;
  }

  update(snapshot, store) {
    const { models, moreModels } = snapshot;
    if (models.length === 0) {
      setText(this.note, '');
      show(this.host, 'none', () => [el('div', { class: 'empty' },
        el('p', {}, 'No inference yet.'),
        el('p', {}, 'Mark an endpoint with ', el('code', {}, '.WithInferenceMetering("model")'), ' and send it a request, or begin one with ', el('code', {}, 'meter.Begin("model")'), '.'))]);
      return;
    }

    show(this.host, 'models', () => {
      this.table = table('Since the service started, the idle floor shared by active time', columns);
      return [this.table.node];
    });
    setText(this.note, moreModels.count > 0 ? `The ${models.length} largest; ${count(moreModels.count)} more used ${energy(moreModels.joules)}` : '');
    const whole = models.reduce((sum, model) => sum + model.joules, moreModels.joules);
    reconcile(this.table.body, models, model => model.name, create, (row, model) => update(row, model, whole, store.latest.byModel?.get(model.name)));
  }
}

function create() {
  const row = tableRow(columns);
  const fill = el('span');
  const name = el('span');
  row.cells[0].append(name, el('span', { class: 'meter', 'aria-hidden': 'true' }, fill));
  return { ...row, name, fill };
}

function update({ cells, name, fill }, model, whole, perSecond) {
  const inferences = model.succeeded + model.failed + model.abandoned;
  const share = whole > 0 ? model.joules / whole : 0;
  setText(name, model.name);
  fill.style.width = `${(share * 100).toFixed(1)}%`;
  const troubles = [model.failed > 0 && `${count(model.failed)} failed`, model.abandoned > 0 && `${count(model.abandoned)} abandoned`].filter(Boolean);
  setFigure(cells[1], count(inferences), troubles.join(', '));
  setFigure(cells[2], rate(perSecond));
  setFigure(cells[3], energy(model.joulesPerInference), model.reason ?? [band(model.uncertainty), tier(model.tier)].filter(Boolean).join(', '));
  const grams = model.gramsWithIdle !== null && inferences > 0 && model.joulesPerInference !== null ? model.gramsWithIdle / inferences : null;
  setFigure(cells[4], mass(grams), model.gramsWithIdle === null ? 'no grid factor' : model.embodiedGrams === null ? null : 'without embodied');
  setFigure(cells[5], energy(model.joulesWithIdle), `${energy(model.joules)} above idle, ${percent(share, 2)} of models`);
  setFigure(cells[6], mass(model.gramsWithIdle), model.embodiedGrams === null ? null : `and ${mass(model.embodiedGrams)} embodied`);
  setAttribute(cells[0].parentNode, 'data-model', model.name);
}
