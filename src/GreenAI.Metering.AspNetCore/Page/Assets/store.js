// The last minutes of what the snapshots say, as curves.

const keep = 5 * 60e3 + 10e3;
const smooth = 4000;

const span = 5 * 60e3;
const shortSpan = 60e3;
const longestStep = 10e3;

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
      this.points.push({ time: end - (longest - 1 - i) * history.stepSeconds * 1000, watts, flows: null, gramFlows: null, rates: null, grams: null });
    }
  }

  add(snapshot) {
    const time = Date.parse(snapshot.time);
    const last = this.snapshots.at(-1);
    // A service that was started anew counts from nothing.
    if (last && (snapshot.elapsedSeconds < last.elapsed || time <= last.time)) this.snapshots = [];
    const isGap = this.points.length > 0 && time - this.latest.time > longestStep;
    if (isGap) this.snapshots = [];
    this.snapshots.push({ time, elapsed: snapshot.elapsedSeconds, snapshot });
    while (this.snapshots.length > 1 && time - this.snapshots[1].time >= smooth) this.snapshots.shift();
    // The history ends when it was asked for, which may be after the snapshot; and a clock may be set back.
    while (this.points.length > 0 && this.latest.time >= time) this.points.pop();
    // Nobody looked meanwhile: no curve goes across as if somebody had.
    if (isGap) this.points.push({ time: time - 1, watts: new Map(), flows: null, gramFlows: null, rates: null, grams: null });
    this.points.push(this.#point(time, snapshot));
    while (this.points[0].time < time - keep) this.points.shift();
  }

  get latest() {
    return this.points.at(-1);
  }

  /** How far back the chart of a figure goes: what is known for a minute is not to be a sliver of five. */
  spanOf(figure) {
    const first = this.points.find(point => point[figure] !== null);
    return first && this.latest.time - first.time > shortSpan ? span : shortSpan;
  }

  #point(time, now) {
    const watts = new Map(now.devices.map(device => [device.id, device.watts]));
    const first = this.snapshots[0];
    const seconds = (time - first.time) / 1000;
    if (seconds < 0.5) return { time, watts, flows: null, gramFlows: null, rates: null, grams: null };
    const before = first.snapshot;
    const perSecond = (later, earlier) => Math.max(0, ((later ?? 0) - (earlier ?? 0)) / seconds);
    const models = new Map(before.models.map(model => [model.name, model]));
    const flowsOf = (of, buckets, all) => {
      const flows = new Map();
      for (const model of now.models) {
        // One that has just come among the largest has no past here.
        if (models.has(model.name)) flows.set(`model ${model.name}`, perSecond(of(model), of(models.get(model.name))));
      }

      // Nor have those that are not shown each: they are what all models took, less those above.
      if (now.moreModels.count > 0 || flows.size < now.models.length) {
        const each = [...flows.values()].reduce((sum, flow) => sum + flow, 0);
        flows.set('more', Math.max(0, perSecond(sumOf(now, all), sumOf(before, all)) - each));
      }

      for (const bucket of ['idle', 'unattributed', 'other']) flows.set(bucket, perSecond(buckets(now)[bucket], buckets(before)[bucket]));
      return flows;
    };
    const flows = flowsOf(model => model.joules, snapshot => snapshot.energy, 'joules');
    const rates = new Map();
    for (const outcome of ['succeeded', 'failed', 'abandoned']) rates.set(outcome, perSecond(sumOf(now, outcome), sumOf(before, outcome)));
    const isPriced = now.carbon.operational !== null && before.carbon.operational !== null;
    // The same sum as the total that stands above it: with what making the machine emitted where that is known.
    const whole = ({ carbon }) => carbon.operational + (carbon.embodied ?? 0);
    const grams = isPriced && (now.carbon.embodied === null) === (before.carbon.embodied === null) ? perSecond(whole(now), whole(before)) : null;
    const gramFlows = isPriced ? flowsOf(model => model.grams, snapshot => snapshot.carbon, 'grams') : null;
    const byModel = new Map(now.models.map(model => {
      const earlier = models.get(model.name);
      return [model.name, earlier ? perSecond(model.succeeded + model.failed + model.abandoned, earlier.succeeded + earlier.failed + earlier.abandoned) : null];
    }));
    return { time, watts, flows, gramFlows, rates, grams, byModel };
  }
}

function sumOf(snapshot, figure) {
  return snapshot.models.reduce((sum, model) => sum + (model[figure] ?? 0), snapshot.moreModels[figure] ?? 0);
}
