import { el, setAttribute, setText } from './dom.js';
import { startTheme } from './theme.js';
import { watch } from './stream.js';
import { Store } from './store.js';
import { clock, duration } from './units.js';
import { TilesView } from './tiles.js';
import { BudgetsView } from './budgets.js';
import { FlowsView, PowerView, RateView } from './curves.js';
import { ModelsView } from './models.js';
import { KpisView } from './kpis.js';
import { DecisionsView } from './decisions.js';
import { GridView, QualityView } from './quality.js';
import { Announcer } from './announcer.js';

const find = id => document.getElementById(id);

const store = new Store();
const announcer = new Announcer(find('announce'));
const views = [
  new TilesView(find('tiles')),
  new BudgetsView(find('budgets-body'), find('budgets-note')),
  new FlowsView(find('flows-chart'), find('flows-title'), find('flows-unit')),
  new RateView(find('rate-chart')),
  new ModelsView(find('models-body'), find('models-note')),
  new KpisView(find('kpis-body'), find('kpis-note')),
  new PowerView(find('power-chart'), find('power-body')),
  new DecisionsView(find('decisions-body')),
  new GridView(find('grid-body')),
  new QualityView(find('quality-body')),
];

const states = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };
const stale = find('stale');
let state = 'connecting';
let latest = null;

function onState(next) {
  if (next === state) return;
  state = next;
  document.body.dataset.stream = next;
  setAttribute(find('connection'), 'data-state', next);
  setText(find('connection-text'), states[next]);
  stale.hidden = next !== 'lost';
  if (next === 'lost') setText(stale, latest ? `The stream has dropped. The figures are as of ${clock(latest.time)}. Reconnecting.` : 'The service does not answer. Trying again.');
  announcer.onState(next);
}

function onSnapshot(snapshot) {
  if (snapshot.version !== 1) {
    find('main').replaceChildren(el('p', { class: 'notice', 'data-tone': 'warn' }, 'The service was updated. Load the page again.'));
    return;
  }

  latest = snapshot;
  store.add(snapshot);
  setText(find('service'), snapshot.service ?? 'Energy and carbon');
  setText(find('about'), `Energy and carbon on ${snapshot.host}, metered for ${duration(snapshot.elapsedSeconds)}`);
  setText(find('library'), `GreenAI.Metering ${snapshot.library}`);
  if (snapshot.service) document.title = `${snapshot.service}: energy and carbon`;
  for (const view of views) view.update(snapshot, store);
  announcer.onSnapshot(snapshot);
}

startTheme(find('theme'));
watch('live', { onHistory: history => store.addHistory(history), onSnapshot, onState });
