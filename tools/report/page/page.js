// What a reader does with a page: choose a language, a panel or the order of a table.
'use strict';
(() => {
  const bodies = [...document.querySelectorAll('.body')];
  const languages = [...document.querySelectorAll('.languages button')];

  /** The part of the other language that stands where the reader is. */
  const counterpart = (language) => {
    const seen = [...document.querySelectorAll('.body:not([hidden]) section')]
      .filter((section) => section.getBoundingClientRect().top <= 120).pop();
    return seen && document.getElementById(seen.id.replace(/^[a-z]+/, language));
  };

  const speak = (language) => {
    const at = counterpart(language);
    for (const body of bodies) body.hidden = body.lang !== language;
    for (const button of languages) button.setAttribute('aria-pressed', String(button.lang === language));
    document.documentElement.lang = language;
    document.title = bodies.find((body) => body.lang === language).dataset.title;
    if (at) at.scrollIntoView();
  };
  for (const button of languages) button.addEventListener('click', () => speak(button.lang));

  // What is chosen in one language is chosen in all.
  const choices = (body) => [...body.querySelectorAll('.choice')];
  const choose = (choice, number) => {
    choice.querySelector('select').selectedIndex = number;
    [...choice.children].filter((child) => child.classList.contains('panel'))
      .forEach((panel, at) => { panel.hidden = at !== number; });
  };
  for (const body of bodies)
    choices(body).forEach((choice, at) => {
      const select = choice.querySelector(':scope > label select');
      if (!select) return;
      select.addEventListener('change', () => {
        const number = select.selectedIndex;
        for (const other of bodies) choose(choices(other)[at], number);
      });
    });

  const compared = (a, b, language) =>
    typeof a === 'number' && typeof b === 'number' ? a - b
      : typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : a.localeCompare(b, language);
  const figure_of = (cell) =>
    cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);

  for (const table of document.querySelectorAll('table.sorts'))
    table.querySelectorAll('thead th').forEach((head, column) => {
      head.querySelector('button').addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        table.querySelectorAll('thead th').forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const rows = table.tBodies[0];
        [...rows.rows]
          .map((row) => ({ row, by: figure_of(row.cells[column]) }))
          .sort((a, b) => (down ? -1 : 1) * compared(a.by, b.by, document.documentElement.lang))
          .forEach((one) => rows.appendChild(one.row));
      });
    });
})();
