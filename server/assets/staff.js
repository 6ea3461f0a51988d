// A help for staff's forms, never a need: what is typed is kept while it is typed, where the form says so; Enter goes down a form that is
// keyed from paper.
(function () {
  'use strict';
  const WAIT = 1500;
  document.querySelectorAll('form[data-autosave]').forEach((form) => {
    const told = form.querySelector('[data-saved]');
    let timer = 0;
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(save, WAIT); });
    function save() {
      const fields = new URLSearchParams(new FormData(form));
      fields.set('nhap', '1');
      fetch(form.action, { method: 'POST', body: fields, headers: { 'x-onward': '1' }, credentials: 'same-origin' })
        .then((answer) => { if (told && answer.ok) { told.textContent = told.dataset.saved.replace('@', clock()); } })
        .catch(() => { if (told) { told.textContent = told.dataset.lost; } });
    }
    function clock() { return new Date().toTimeString().slice(0, 5); }
  });

  document.querySelectorAll('form[data-keying]').forEach((form) => {
    const stops = Array.from(form.querySelectorAll('input[type=text], textarea, button:not([disabled])'));
    form.addEventListener('keydown', (event) => {
      const at = stops.indexOf(event.target);
      if (event.key !== 'Enter' || event.target.type !== 'text' || at < 0) { return; }
      event.preventDefault();
      stops[at + 1].focus();
      if (stops[at + 1].select) { stops[at + 1].select(); }
    });
  });

  // Where one form follows another, typing begins at once; a summary of what is wrong comes before that.
  const first = document.querySelector('form[data-begin] input[type=text], form[data-keying] input[type=text]');
  if (first && !document.querySelector('[data-focus]')) { first.focus(); }
})();
