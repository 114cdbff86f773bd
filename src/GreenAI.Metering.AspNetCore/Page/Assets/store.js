// The last minutes of what the snapshots say, as curves.

const keep = 5 * 60e3 + 10e3;
const smooth = 4000;

export const span = 5 * 60e3;

export class Store {
  constructor() {
    this.points = [];
    this.snapshots = [];
  }

  /** The curves of before the page was opened; only a page that has none yet takes them. */
  addHistory(history) {
    if (this.points.length > 0) return;
    const end = Date.parse(history.time);
    const longest = Math.max(0, ...Object.values(history.watts).map(values => values.length));
    for (let i = 0; i < longest; i++) {
      const watts = new Map();
      for (const [id, values] of Object.entries(history.watts)) watts.set(id, values[values.length - longest + i] ?? null);
      this.points.push({ time: end - (longest - 1 - i) * history.stepSeconds * 1000, watts, flows: null, rates: null, grams: null });
    }
  }

  add(snapshot) {
    const time = Date.parse(snapshot.time);
    const last = this.snapshots.at(-1);
    // A service that was started anew counts from nothing.
    if (last && (snapshot.elapsedSeconds < last.elapsed || time <= last.time)) this.snapshots = [];
    this.snapshots.push({ time, elapsed: snapshot.elapsedSeconds, snapshot });
    while (this.snapshots.length > 1 && time - this.snapshots[1].time >= smooth) this.snapshots.shift();
    this.points.push(this.#point(time, snapshot));
    while (this.points[0].time < time - keep) this.points.shift();
  }

  get latest() {
    return this.points.at(-1);
  }

  #point(time, now) {
    const watts = new Map(now.devices.map(device => [device.id, device.watts]));
    const first = this.snapshots[0];
    const seconds = (time - first.time) / 1000;
    if (seconds < 0.5) return { time, watts, flows: null, rates: null, grams: null };
    const before = first.snapshot;
    const perSecond = (later, earlier) => Math.max(0, ((later ?? 0) - (earlier ?? 0)) / seconds);
    const models = new Map(before.models.map(model => [model.name, model]));
    const flows = new Map();
    for (const model of now.models) {
      // One that has just come among the largest has no past here.
      if (models.has(model.name)) flows.set(`model ${model.name}`, perSecond(model.joules, models.get(model.name).joules));
    }

    for (const bucket of ['idle', 'unattributed', 'other']) flows.set(bucket, perSecond(now.energy[bucket], before.energy[bucket]));
    const rates = new Map();
    for (const outcome of ['succeeded', 'failed', 'abandoned']) rates.set(outcome, perSecond(total(now, outcome), total(before, outcome)));
    const grams = now.carbon.operational === null || before.carbon.operational === null ? null : perSecond(now.carbon.operational, before.carbon.operational);
    const byModel = new Map(now.models.map(model => {
      const earlier = models.get(model.name);
      return [model.name, earlier ? perSecond(model.succeeded + model.failed + model.abandoned, earlier.succeeded + earlier.failed + earlier.abandoned) : null];
    }));
    return { time, watts, flows, rates, grams, byModel };
  }
}

function total(snapshot, outcome) {
  return snapshot.models.reduce((sum, model) => sum + model[outcome], snapshot.moreModels[outcome]);
}
