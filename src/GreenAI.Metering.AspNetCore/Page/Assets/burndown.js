import { Chart } from './chart.js';
import { inUnit, onAxis } from './units.js';

/** What is left of a budget over its period, beside an even pace, and where it goes if it goes on like this. */
export class BurnDown {
  constructor(host, budget) {
    this.chart = new Chart(host, {
      label: `Burn-down of ${[budget.name, budget.part].filter(Boolean).join(' ')}`,
      size: 'small',
      least: budget.limit,
      format: (value, reference) => inUnit(value, budget.unit, reference),
      onTime: (time, { from, to }) => onAxis(time, to - from),
      steps: [3, 2, 1],
    });
  }

  update(budget, now) {
    const points = budget.burnDown.map(point => [Date.parse(point.time), point.remaining]).filter(([time]) => time < now);
    points.push([now, budget.remaining]);
    const start = Date.parse(budget.periodStart ?? ''), end = Date.parse(budget.periodEnd ?? '');
    // A rolling window, and one without an end, has neither a pace nor a day of reckoning.
    const ends = Number.isFinite(start) && end > now + 500;
    const series = [row('left', 'Left', 0, 0, points, inUnit(budget.remaining, budget.unit))];
    if (ends) {
      const even = budget.limit * (end - now) / (end - start);
      series.push(row('pace', 'Even pace', 'muted', 1, [[start, budget.limit], [end, 0]], inUnit(even, budget.unit)));
    }

    if (ends && budget.forecast !== null) {
      const left = budget.limit - budget.forecast;
      const line = [[now, budget.remaining], cut(now, budget.remaining, end, left, Math.min(budget.remaining, 0) - budget.limit / 4)];
      series.push(row('forecast', 'Forecast', left < 0 ? 'bad' : 2, 2, line, left < 0 ? `${inUnit(-left, budget.unit)} over at the end` : `${inUnit(left, budget.unit)} left at the end`));
    }

    this.chart.update({
      times: points.map(([time]) => time),
      // What was begun this very moment has no width yet.
      from: ends ? start : Math.min(points[0][0], now - 1000),
      to: ends ? end : now,
      series,
      marks: [{ time: now, value: budget.remaining, ink: 0 }],
    });
  }
}

// Where a line falls far below nothing, the rest of the chart would be flat: it ends at the edge.
function cut(now, remaining, end, left, lowest) {
  if (left >= lowest) return [end, left];
  return [now + (end - now) * (remaining - lowest) / (remaining - left), lowest];
}

function row(key, name, ink, dash, points, shown) {
  return { key, name, ink, dash, shown, times: points.map(([time]) => time), values: points.map(([, value]) => value) };
}
