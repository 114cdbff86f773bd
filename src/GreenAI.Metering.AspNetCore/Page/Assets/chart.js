import { el, reconcile, setAttribute, setText, svg } from './dom.js';
import { ticks } from './scale.js';

const margin = { left: 58, right: 28, top: 12, bottom: 24 };
const charts = new WeakMap();
const resized = new ResizeObserver(entries => entries.forEach(entry => charts.get(entry.target)?.draw()));

/**
 * Curves over time with axes and a legend. Series: { key, name, ink, dash, values } with a value for each time, null where there is none;
 * one may have times of its own, and say itself what the legend shows.
 * Options: format of values, onTime(time) for the axis, steps it may have unless the data say so, stacked, size ('small', 'tiny'), label.
 */
export class Chart {
  constructor(host, options) {
    this.options = options;
    this.layers = { grid: svg('g', { 'aria-hidden': 'true' }), series: svg('g'), marks: svg('g'), cursor: svg('line', { class: 'cursor', visibility: 'hidden' }) };
    this.plot = svg('svg', { class: 'plot', role: 'img', 'aria-label': options.label }, this.layers.grid, this.layers.series, this.layers.marks, this.layers.cursor);
    this.legend = options.size === 'tiny' ? null : el('ul', { class: 'legend' });
    this.node = el('div', { class: `chart ${options.size ?? ''}` }, this.plot, this.legend);
    host.append(this.node);
    this.hover = null;
    if (options.cursor) {
      this.plot.addEventListener('pointermove', event => this.#point(event));
      this.plot.addEventListener('pointerleave', () => this.#point(null));
    }

    charts.set(this.node, this);
    resized.observe(this.node);
  }

  /** Shows times (in milliseconds), from when to when, series, and marks { time, value, ink }. */
  update(data) {
    this.data = data;
    this.draw();
  }

  draw() {
    const width = this.plot.clientWidth, height = this.plot.clientHeight;
    if (!this.data || width < 20 || height < 10) return;
    setAttribute(this.plot, 'viewBox', `0 0 ${width} ${height}`);
    const bare = this.options.size === 'tiny';
    const edge = bare ? { left: 1, right: 1, top: 3, bottom: 3 } : margin;
    const tops = this.options.stacked ? this.#stack() : this.data.series.map(series => ({ over: series.values, under: null }));
    const [least, greatest] = this.#extent(tops);
    const rows = ticks(least, greatest, height < 160 ? 3 : 4);
    const [low, high] = bare ? [least, greatest] : [rows[0], rows.at(-1)];
    this.x = time => edge.left + (time - this.data.from) / (this.data.to - this.data.from) * (width - edge.left - edge.right);
    this.y = value => height - edge.bottom - (value - low) / (high - low || 1) * (height - edge.top - edge.bottom);
    this.timeAt = x => this.data.from + (x - edge.left) / (width - edge.left - edge.right) * (this.data.to - this.data.from);
    if (!bare) this.#axes(rows, width, height);
    this.#curves(tops);
    this.#marks(height);
    if (this.legend) this.#legend();
    setAttribute(this.plot, 'aria-label', this.#words());
  }

  #stack() {
    const under = this.data.times.map(() => 0);
    return this.data.series.map(series => {
      const floor = [...under];
      const over = series.values.map((value, i) => value === null ? null : (under[i] += value));
      return { over, under: floor };
    });
  }

  #extent(tops) {
    let least = 0, greatest = this.options.least ?? 0;
    for (const { over } of tops) {
      for (const value of over) {
        if (value === null) continue;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }

    return [least, greatest > least ? greatest : least + 1];
  }

  #axes(rows, width, height) {
    const lines = rows.map(value => svg('line', { class: value === 0 ? 'base' : 'grid', x1: margin.left, x2: width - margin.right, y1: this.y(value), y2: this.y(value) }));
    const names = rows.map(value => label(margin.left - 8, this.y(value) + 4, 'end', this.options.format(value, rows.at(-1))));
    const wanted = (this.data.steps ?? this.options.steps).find(steps => (width - margin.left) / steps >= 86) ?? 1;
    const times = [];
    for (let i = 0; i <= wanted; i++) {
      const time = this.data.from + (this.data.to - this.data.from) * i / wanted;
      times.push(label(this.x(time), height - 6, 'middle', this.options.onTime(time, this.data)));
    }

    this.layers.grid.replaceChildren(...lines, ...names, ...times);
  }

  #curves(tops) {
    const rows = this.data.series.map((series, i) => ({ ...series, ...tops[i] }));
    reconcile(this.layers.series, rows, row => row.key, () => ({ node: svg('path') }), ({ node }, row) => {
      setAttribute(node, 'class', `${this.options.stacked ? 'area' : 'line'} ink-${row.ink} dash-${row.dash ?? 0}`);
      setAttribute(node, 'd', this.options.stacked ? this.#area(row) : this.#line(row.over, row.times ?? this.data.times));
    });
  }

  #line(values, times) {
    let path = '', open = false;
    values.forEach((value, i) => {
      if (value !== null) path += `${open ? 'L' : 'M'}${this.x(times[i]).toFixed(1)} ${this.y(value).toFixed(1)}`;
      open = value !== null;
    });
    return path;
  }

  #area({ over, under }) {
    const at = (i, values) => `${this.x(this.data.times[i]).toFixed(1)} ${this.y(values[i]).toFixed(1)}`;
    let path = '', run = [];
    for (let i = 0; i <= over.length; i++) {
      if (i < over.length && over[i] !== null) {
        run.push(i);
        continue;
      }

      if (run.length > 1) path += `M${run.map(one => at(one, over)).join('L')}L${run.toReversed().map(one => at(one, under)).join('L')}Z`;
      run = [];
    }

    return path;
  }

  #marks(height) {
    const marks = (this.data.marks ?? []).map(({ time, value, ink }) => svg('circle', { class: `mark ink-${ink}`, cx: this.x(time), cy: this.y(value), r: 4 }));
    this.layers.marks.replaceChildren(...marks);
    const shown = this.hover !== null && this.hover >= this.data.from;
    setAttribute(this.layers.cursor, 'visibility', shown ? 'visible' : 'hidden');
    if (!shown) return;
    for (const [name, value] of [['x1', this.x(this.hover)], ['x2', this.x(this.hover)], ['y1', margin.top], ['y2', height - margin.bottom]]) setAttribute(this.layers.cursor, name, value);
  }

  #index() {
    const { times } = this.data;
    if (this.hover === null) return times.length - 1;
    let best = times.length - 1;
    times.forEach((time, i) => { if (Math.abs(time - this.hover) < Math.abs(times[best] - this.hover)) best = i; });
    return best;
  }

  #legend() {
    const at = this.#index();
    // The topmost area comes first, as it is seen.
    const rows = this.options.stacked ? this.data.series.toReversed() : this.data.series;
    reconcile(this.legend, rows, row => row.key, row => entry(row, this.options.stacked), (kept, row) => {
      setText(kept.name, row.name);
      setText(kept.value, row.shown ?? this.options.format(row.values[at] ?? null));
    });
  }

  #words() {
    if (this.options.size === 'tiny') return this.options.label;
    const at = this.data.times.length - 1;
    return `${this.options.label}. ${this.data.series.map(row => `${row.name}: ${row.shown ?? this.options.format(row.values[at] ?? null)}`).join('; ')}.`;
  }

  #point(event) {
    if (!this.data || !this.timeAt) return;
    this.hover = event && Math.min(this.data.to, Math.max(this.data.from, this.timeAt(event.offsetX)));
    this.draw();
  }
}

function label(x, y, anchor, words) {
  return svg('text', { x, y, 'text-anchor': anchor }, words);
}

function entry(row, filled) {
  const swatch = filled
    ? svg('rect', { class: 'area', x: 0, y: 0, width: 18, height: 10, rx: 2 })
    : svg('path', { class: `line dash-${row.dash ?? 0}`, d: 'M1 5H17' });
  const name = el('span'), value = el('b');
  return { node: el('li', { class: `ink-${row.ink}` }, svg('svg', { viewBox: '0 0 18 10', 'aria-hidden': 'true' }, swatch), name, value), name, value };
}
