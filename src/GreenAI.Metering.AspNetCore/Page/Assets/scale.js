// Round numbers for axes.

/** Round values from the least to the greatest and a little beyond. */
export function ticks(least, greatest, wanted = 4) {
  const range = greatest - least || Math.abs(greatest) || 1;
  const rough = range / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough * 0.999);
  const first = Math.floor(least / step + 1e-9), last = Math.ceil(greatest / step - 1e-9);
  const values = [];
  for (let i = first; i <= Math.max(last, first + 1); i++) values.push(i * step);
  return values;
}
