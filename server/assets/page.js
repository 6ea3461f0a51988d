// A help, never a need: every page works without it. ES2017, for old phones; why it sends forms itself: docs/adr/0013.
(function () {
  'use strict';
  const KEPT = 'tra-loi';
  const LONGEST_WAIT = 30000;
  let pressed = null;
  let touched = 0;
  let failed = null;

  // After loading, and after a page that the server sent back in place of this one.
  function begin() {
    const summary = document.querySelector('[data-focus]');
    if (summary) { summary.focus(); }
    const token = document.querySelector('input[name=csrf]');
    const kept = stored();
    if (kept && (document.querySelector('[data-forget]') || (token && token.value !== kept.token))) { forget(); }
    document.querySelectorAll('form').forEach((form) => { if (notice(form)) { restore(form); } });
  }

  // Only forms that carry the words for it are sent by script.
  function notice(form) { return form.querySelector('[data-offline]'); }

  // One tap, one sending. `disabled` would lose the focus and stick after Back.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    mark(form, true);
    if (notice(form) && window.fetch && window.AbortController) {
      event.preventDefault();
      send(form, pressed && pressed.form === form ? pressed : null, 2000);
    }
  });
  document.addEventListener('click', (event) => {
    pressed = event.target.closest('button');
    if (pressed && pressed.hasAttribute('data-retry')) { again(); }
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[aria-busy]').forEach((form) => mark(form, false));
  });
  function mark(form, busy) {
    set(form, 'aria-busy', busy);
    form.querySelectorAll('button').forEach((button) => set(button, 'aria-disabled', busy));
  }
  function set(element, name, on) {
    if (on) { element.setAttribute(name, 'true'); } else { element.removeAttribute(name); }
  }

  // The answer to a form is either the address of the next page or a page to show here, so the browser's history
  // holds no form, and a network that is gone takes nothing away.
  async function send(form, button, wait) {
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) { fields.append(button.name, button.value); }
    const patience = new AbortController();
    const alarm = setTimeout(() => patience.abort(), LONGEST_WAIT);
    failed = null;
    try {
      const answer = await fetch(form.getAttribute('action'), {
        method: 'POST', body: fields, headers: { 'x-onward': 'ask' }, credentials: 'same-origin', signal: patience.signal,
      });
      const onward = answer.headers.get('x-onward');
      const page = await answer.text();
      // A gateway that speaks for a server which is not there.
      if (answer.status > 500 || !(onward || page)) { throw new Error(answer.status); }
      if (onward) { forget(); window.location.assign(onward); } else { show(page); }
    } catch (error) {
      lose(form, button, wait);
    } finally {
      clearTimeout(alarm);
    }
  }

  function show(page) {
    const received = new DOMParser().parseFromString(page, 'text/html');
    document.title = received.title;
    document.documentElement.lang = received.documentElement.lang;
    document.body.innerHTML = received.body.innerHTML;
    window.scrollTo(0, 0);
    begin();
  }

  function lose(form, button, wait) {
    mark(form, false);
    const box = notice(form);
    const safe = keep(form);
    box.querySelector('[data-kept]').hidden = !safe;
    box.querySelector('[data-lost]').hidden = safe;
    box.hidden = false;
    if (box.scrollIntoView) { box.scrollIntoView({ block: 'nearest' }); }
    failed = { form, button, wait: Math.min(wait * 2, LONGEST_WAIT), timer: setTimeout(again, wait) };
  }
  function again() {
    if (!failed || !document.contains(failed.form)) { return; }
    clearTimeout(failed.timer);
    mark(failed.form, true);
    send(failed.form, failed.button, failed.wait);
  }
  window.addEventListener('online', again);

  // What was filled in on this page and is not at the server yet: in this tab, of this page and this person only.
  function keep(form) {
    const fields = filled(form).map((field) => [field.name, field.type, field.value, field.checked]);
    if (!fields.length) { return true; }
    const kept = { token: form.querySelector('[name=csrf]').value, page: form.getAttribute('action'), fields };
    try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); return true; } catch (full) { return false; }
  }
  function stored() {
    try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch (blocked) { return null; }
  }
  function forget() {
    try { sessionStorage.removeItem(KEPT); } catch (blocked) { /* then nothing was kept */ }
  }
  function restore(form) {
    const kept = stored();
    if (!kept || kept.page !== form.getAttribute('action')) { return; }
    filled(form).forEach((field) => {
      const same = kept.fields.find(([name, type, value]) =>
        name === field.name && type === field.type && (!chosen(field) || value === field.value));
      if (same && chosen(field)) { field.checked = same[3]; } else if (same) { field.value = same[2]; }
    });
  }
  function filled(form) {
    return Array.from(form.elements).filter((field) => field.name && field.type !== 'hidden' && field.tagName !== 'BUTTON');
  }
  function chosen(field) { return field.type === 'radio' || field.type === 'checkbox'; }
  ['input', 'change'].forEach((kind) => document.addEventListener(kind, (event) => {
    const form = event.target.form;
    if (form && notice(form)) { keep(form); }
  }));

  // After a finger's choice the next open question comes up; a keyboard and a mouse move their own page.
  document.addEventListener('pointerdown', (event) => { touched = event.pointerType === 'touch' ? Date.now() : 0; }, true);
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (field.type !== 'radio' || !field.form || !notice(field.form) || Date.now() - touched > 1000) { return; }
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) { return; }
    const questions = Array.from(field.form.querySelectorAll('.question'));
    const next = questions.slice(questions.indexOf(field.closest('.question')) + 1).find(open);
    if (next) { next.scrollIntoView({ behavior: 'smooth', block: 'start' }); }
  });
  function open(question) {
    return !Array.from(question.querySelectorAll('input')).some((field) => (chosen(field) ? field.checked : field.value));
  }

  begin();
})();
