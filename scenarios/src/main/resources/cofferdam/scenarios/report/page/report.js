
'use strict';
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const table = document.getElementById('matrix-table');
  const body = table.tBodies[0];
  const rows = all('tr', body);
  const accounts = all('[data-columns]');
  const text = document.getElementById('text-filter');
  const unexpected = document.getElementById('only-unexpected');
  const status = document.getElementById('status');
  document.documentElement.classList.add('scripted');

  const ticked = name => new Set(all(`input[name=${name}]`).filter(box => box.checked).map(box => box.value));
  const plural = (count, one, several) => `${count} ${count === 1 ? one : several}`;

  function filter() {
    const verdicts = ticked('verdict');
    const policies = ticked('policy');
    const everyVerdict = all('input[name=verdict]').every(box => box.checked);
    const words = text.value.toLowerCase().split(/\s+/).filter(word => word !== '');
    all('[data-column]', table).forEach(cell => { cell.hidden = !policies.has(cell.dataset.column); });
    const shown = new Set();
    for (const row of rows) {
      const about = `${row.cells[0].textContent} ${row.dataset.words}`.toLowerCase();
      let hits = 0;
      for (const cell of all('td[data-outcome]', row)) {
        const hit = verdicts.has(cell.dataset.outcome)
          && (!unexpected.checked || cell.classList.contains('unexpected'));
        cell.classList.toggle('dimmed', !hit);
        hits += hit && !cell.hidden ? 1 : 0;
      }
      const everything = everyVerdict && !unexpected.checked;
      row.hidden = !words.every(word => about.includes(word)) || (hits === 0 && !everything);
      if (!row.hidden) {
        shown.add(row.dataset.row);
      }
    }
    for (const account of accounts) {
      account.hidden = !shown.has(account.dataset.row)
        || !verdicts.has(account.dataset.outcome)
        || !account.dataset.columns.split(' ').some(column => policies.has(column));
    }
    for (const chapter of all('.chapter')) {
      chapter.hidden = all('[data-columns]', chapter).every(account => account.hidden);
    }
    status.textContent = `${shown.size} of ${plural(rows.length, 'row', 'rows')}, `
      + `${policies.size} of ${plural(all('input[name=policy]').length, 'policy', 'policies')} shown`;
  }

  const inOrder = (one, other) => Number(one.dataset.row) - Number(other.dataset.row);
  const byName = (one, other) =>
    one.cells[0].textContent < other.cells[0].textContent ? -1
      : one.cells[0].textContent > other.cells[0].textContent ? 1 : inOrder(one, other);
  const rank = (row, column) => {
    const cell = row.querySelector(`td[data-column="${column}"]`);
    return cell && cell.dataset.rank !== undefined ? Number(cell.dataset.rank) : 99;
  };
  const byVerdict = column => (one, other) => rank(one, column) - rank(other, column) || inOrder(one, other);

  function sort(head) {
    const before = head.getAttribute('aria-sort');
    const now = before === 'ascending' ? 'descending' : before === 'descending' ? 'none' : 'ascending';
    all('th[aria-sort]', table).forEach(other => other.setAttribute('aria-sort', 'none'));
    head.setAttribute('aria-sort', now);
    let order = inOrder;
    if (now !== 'none') {
      const rule = head.dataset.sort === 'rows' ? byName : byVerdict(head.dataset.column);
      order = now === 'ascending' ? rule : (one, other) => -rule(one, other);
    }
    rows.sort(order);
    rows.forEach(row => body.append(row));
    table.classList.toggle('grouped', now === 'none');
    const name = head.querySelector('.sort-label').textContent;
    status.textContent = now === 'none' ? 'Rows in the order of the report'
      : `Rows sorted by ${name}, ${head.dataset.sort === 'rows' ? now : now === 'ascending' ? 'worst first' : 'best first'}`;
  }

  for (const head of all('th[data-sort]', table)) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(head.querySelector('.sort-label'));
    button.addEventListener('click', () => sort(head));
    head.append(button);
    head.setAttribute('aria-sort', 'none');
  }

  function reveal() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) {
      return;
    }
    if (place.hidden) {
      showAll();
    }
    if (place.tagName === 'DETAILS') {
      place.open = true;
    }
    place.scrollIntoView();
    const target = place.querySelector('summary') || place;
    if (place.matches('details, li')) {
      target.focus({preventScroll: true});
    }
  }

  function showAll() {
    text.value = '';
    unexpected.checked = false;
    all('#controls input[name]').forEach(box => { box.checked = true; });
    filter();
  }

  text.addEventListener('input', filter);
  document.getElementById('controls').addEventListener('change', filter);
  document.getElementById('reset').addEventListener('click', showAll);
  document.getElementById('open-all').addEventListener('click', () => all('.account').forEach(one => { one.open = true; }));
  document.getElementById('close-all').addEventListener('click', () => all('.account').forEach(one => { one.open = false; }));
  window.addEventListener('hashchange', reveal);
  table.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) {
      reveal();
    }
  });
  let closed = [];
  window.addEventListener('beforeprint', () => {
    closed = all('details').filter(one => !one.open);
    closed.forEach(one => { one.open = true; });
  });
  window.addEventListener('afterprint', () => closed.forEach(one => { one.open = false; }));
  filter();
  if (location.hash.length > 1) {
    reveal();
  }
})();
