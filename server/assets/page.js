// A help, never a need: every page works without it. ES2015, for old phones.
(function () {
  'use strict';
  var summary = document.querySelector('[data-focus]');
  if (summary) { summary.focus(); }

  // One tap, one sending. `disabled` would lose the focus and stick after Back.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    form.setAttribute('aria-busy', 'true');
    mark(form, true);
  });
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[aria-busy]').forEach(function (form) {
      form.removeAttribute('aria-busy');
      mark(form, false);
    });
  });
  function mark(form, busy) {
    form.querySelectorAll('button').forEach(function (button) {
      if (busy) { button.setAttribute('aria-disabled', 'true'); } else { button.removeAttribute('aria-disabled'); }
    });
  }
})();
