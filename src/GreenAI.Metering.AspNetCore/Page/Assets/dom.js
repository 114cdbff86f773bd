// Elements without markup in strings: whatever text comes from the meter goes in as text.

const svgSpace = 'http://www.w3.org/2000/svg';
const rowsOf = new WeakMap();

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(svgSpace, tag), attributes, children);
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/** Shows one of several states of a place: a state is built once and kept while it lasts. */
export function show(host, state, build) {
  if (host.dataset.shows === state) return;
  host.dataset.shows = state;
  rowsOf.delete(host);
  host.replaceChildren(...build());
}

/** Brings the children of an element in line with a list, keeping those that stay, and with them focus and what is opened. */
export function reconcile(host, items, keyOf, create, update) {
  const before = rowsOf.get(host) ?? new Map();
  const after = new Map(items.map(item => [keyOf(item), item]));
  // What goes, goes first: what stays is then in its place already, and is not moved.
  for (const [key, row] of before) if (!after.has(key)) row.node.remove();
  let place = host.firstChild;
  for (const [key, item] of after) {
    const row = before.get(key) ?? create(item);
    update(row, item);
    if (row.node === place) place = place.nextSibling;
    else host.insertBefore(row.node, place);
    after.set(key, row);
  }

  rowsOf.set(host, after);
}

/** A table whose rows are told their columns, so that a narrow screen can show them as lists. */
export function table(caption, columns) {
  const body = el('tbody', { role: 'rowgroup' });
  const head = columns.map(({ title, kind }) => el('th', { scope: 'col', role: 'columnheader', class: kind ?? null }, title));
  const node = el('table', { role: 'table' }, el('caption', {}, caption),
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...head)), body);
  return { node, body };
}

/** A row of such a table: its first cell is the header of the row. */
export function tableRow(columns) {
  const cells = columns.map(({ title, kind }, i) => i === 0
    ? el('th', { scope: 'row', role: 'rowheader' })
    : el('td', { role: 'cell', class: kind ?? null, 'data-label': title }, el('span')));
  return { node: el('tr', { role: 'row' }, ...cells), cells: cells.map((cell, i) => i === 0 ? cell : cell.firstChild) };
}

/** Writes a figure and what stands small below it. */
export function setFigure(cell, text, sub) {
  if (cell.childNodes.length !== 2) cell.replaceChildren(document.createTextNode(''), el('span', { class: 'sub' }));
  if (cell.firstChild.data !== text) cell.firstChild.data = text;
  setText(cell.lastChild, sub ?? '');
  cell.lastChild.hidden = !sub;
}

/** Keeps a list of terms and figures. */
export function setFigures(host, rows) {
  reconcile(host, rows.flatMap(row => [{ ...row, part: 'dt' }, { ...row, part: 'dd' }]), row => `${row.part} ${row.term}`,
    row => ({ node: el(row.part) }),
    (kept, row) => {
      if (row.part === 'dt') setText(kept.node, row.term);
      else setFigure(kept.node, row.text, row.sub);
    });
}
