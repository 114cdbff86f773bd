// Numbers for people: three significant digits, in the unit that reads best.

const nothing = '–';

// A figure and its unit stay on one line.
const gap = '\u00a0';

const scales = {
  energy: [[1e6, 'MJ'], [1e3, 'kJ'], [1, 'J'], [1e-3, 'mJ'], [1e-6, 'µJ'], [1e-9, 'nJ']],
  mass: [[1e6, 't'], [1e3, 'kg'], [1, 'g'], [1e-3, 'mg'], [1e-6, 'µg'], [1e-9, 'ng']],
  power: [[1e6, 'MW'], [1e3, 'kW'], [1, 'W'], [1e-3, 'mW'], [1e-6, 'µW']],
};

const isNumber = value => typeof value === 'number' && Number.isFinite(value);

export function number(value, digits = 3) {
  if (!isNumber(value)) return nothing;
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude > 14 || magnitude < -9) return value.toExponential(digits - 1);
  const places = Math.max(0, digits - 1 - magnitude);
  const rounded = Math.abs(value) >= 10 ** digits ? Math.round(value) : value;
  return rounded.toLocaleString('en', { maximumFractionDigits: places }).replace('-', '−');
}

/** A value apart from its unit, which is that of a reference where one is given: figures beside each other share one. */
export function parts(value, scale, reference = value) {
  if (!isNumber(value)) return { figure: nothing, unit: '' };
  const rows = scales[scale];
  const size = Math.abs(reference);
  // 999.7 rounds to 1,000: the next unit has it as 1.
  const [factor, unit] = size === 0 ? rows.find(row => row[0] === 1) : rows.find(row => size * 1.0005 >= row[0]) ?? rows.at(-1);
  return { figure: number(value / factor), unit };
}

function scaled(value, scale, reference) {
  const { figure, unit } = parts(value, scale, reference);
  return unit ? `${figure}${gap}${unit}` : figure;
}

export const energy = (value, reference) => scaled(value, 'energy', reference);
export const mass = (value, reference) => scaled(value, 'mass', reference);
export const power = (value, reference) => scaled(value, 'power', reference);
export const rate = value => isNumber(value) ? `${number(value)}/s` : nothing;
export const count = value => isNumber(value) ? Math.round(value).toLocaleString('en') : nothing;

export function percent(share, digits = 3) {
  return isNumber(share) ? `${number(share * 100, digits)}${gap}%` : nothing;
}

export function duration(seconds) {
  if (!isNumber(seconds)) return nothing;
  const s = Math.max(0, Math.round(seconds));
  const pieces = [[Math.floor(s / 86400), 'd'], [Math.floor(s / 3600) % 24, 'h'], [Math.floor(s / 60) % 60, 'min'], [s % 60, 's']];
  const first = pieces.findIndex(([amount]) => amount > 0);
  if (first < 0) return `0${gap}s`;
  return pieces.slice(first, first + 2).filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${gap}${unit}`).join(gap);
}

export function band(uncertainty) {
  if (!uncertainty) return '';
  const below = number(uncertainty.below * 100, 2), above = number(uncertainty.above * 100, 2);
  return below === above ? `±${below}${gap}%` : `−${below}/+${above}${gap}%`;
}

/** How a value has to stand to its target. */
export const signs = { LessThan: '<', AtMost: '≤', GreaterThan: '>', AtLeast: '≥' };

/** A value of an indicator or a budget, by the unit it is counted in. */
export function inUnit(value, unit, reference) {
  if (!isNumber(value)) return nothing;
  switch (unit) {
    case 'g': return mass(value, reference);
    case 'J': return energy(value, reference);
    case 'g/h': return `${mass(value)}/h`;
    case 'g/inference': return `${mass(value)} per inference`;
    case 'J/inference': return `${energy(value)} per inference`;
    case '1': return percent(value);
    case '1/kWh': return `${number(value)} per kWh`;
    case '1/TB': return `${number(value)} per TB`;
    default: return `${number(value)} ${unit}`;
  }
}

const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minuteFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

export const clock = time => clockFormat.format(new Date(time));
export const date = time => dateFormat.format(new Date(time));
export const moment = time => `${dateFormat.format(new Date(time))}, ${minuteFormat.format(new Date(time))}`;

/** A time on an axis, as finely as its length asks for. */
export function onAxis(time, length) {
  if (length <= 10 * 60e3) return clock(time);
  return length <= 36 * 3600e3 ? minuteFormat.format(new Date(time)) : dayFormat.format(new Date(time));
}

const tiers = { Measured: 'measured', Modelled: 'modelled', Unavailable: 'unavailable' };
export const tier = name => tiers[name] ?? name;

/** A word of the program as words for people: CpuPackage becomes CPU package. */
export function words(name) {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2');
  const lower = spaced.charAt(0) + spaced.slice(1).toLowerCase();
  return lower.replace(/\b(cpu|gpu|dram)\b/gi, word => word.toUpperCase());
}
