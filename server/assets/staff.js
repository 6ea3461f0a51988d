// A help for staff's forms, never a need: what is typed is kept while it is typed, where the form says so.
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
})();
