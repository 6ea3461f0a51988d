// The interviewer's tablet: works without a network, keeps what it is told under a PIN, and sends finished work one piece at a time.
// What is kept where, and sealed for whom: docs/adr/0019-the-interviewers-tablet.md.
(function () {
  'use strict';
  const { path, nextOpen, give, fill, said, unitsOf, codeFault, codeDigits, readDay, written, SKIPPED } = globalThis.Walk;
  const ROUNDS = 600000;
  const MOST_WRONG = 10;
  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const IDLE = 5 * MINUTE;
  const UNDO = 10 * MINUTE;
  const LONGEST_WAIT = 30000;
  const LONGEST_PAUSE = 5 * MINUTE;
  const STORES = ['meta', 'drafts', 'outbox'];

  const language = document.documentElement.lang;
  const screen = document.querySelector('[data-screen]');
  const toldLine = document.querySelector('[data-told]');
  const service = document.title;
  const SENTENCES = JSON.parse(document.getElementById('sentences').textContent);
  const say = (name, values = {}) => SENTENCES[name].replace(/\{(\w+)\}/g, (hole, value) => (value in values ? values[value] : hole));

  // Whatever names somebody is here only while the PIN's key is.
  const EMPTY = { key: null, bundle: null, draft: null, page: null, handed: false, shown: '', chosen: null };
  const state = Object.assign({ saving: Promise.resolve(), touched: Date.now(), busy: false, syncing: false, trouble: '', signIn: false, pause: 2000, next: 0 }, EMPTY);

  // ---- Storage: every write is one transaction, and is done when the device says that it is on the disk.
  let database;
  function openDatabase() {
    return new Promise((done, fail) => {
      const asking = indexedDB.open('dtv', 1);
      asking.onupgradeneeded = () => STORES.forEach((name) => asking.result.createObjectStore(name));
      asking.onsuccess = () => done(asking.result);
      asking.onerror = () => fail(asking.error);
    });
  }
  function write(work) {
    return new Promise((done, fail) => {
      const transaction = database.transaction(STORES, 'readwrite', { durability: 'strict' });
      const [meta, drafts, outbox] = STORES.map((name) => transaction.objectStore(name));
      transaction.oncomplete = () => done();
      transaction.onabort = () => fail(transaction.error);
      work({ meta, drafts, outbox });
    });
  }
  function ask(request) {
    return new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  }
  const read = (store, key) => ask(database.transaction(store).objectStore(store).get(key));
  const readAll = (store) => ask(database.transaction(store).objectStore(store).getAll());
  // Changes an entry of the outbox as it stands; `change` gives the new one, or nothing to leave it.
  function alter(id, change, also) {
    return write((stores) => {
      const reading = stores.outbox.get(id);
      reading.onsuccess = () => {
        const item = reading.result && change(reading.result);
        if (item) { stores.outbox.put(item, id); }
        if (item && also) { also(stores); }
      };
    });
  }

  // ---- Keys: one from the PIN for what stays here, and the server's for what is finished.
  const bytes = (text) => new TextEncoder().encode(text);
  const random = (count) => crypto.getRandomValues(new Uint8Array(count));
  const joined = (...parts) => new Uint8Array(parts.reduce((all, part) => all.concat(Array.from(part)), []));
  const toText = (data) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
  const AES = { name: 'AES-GCM', length: 256 };

  async function keyOf(pin, salt) {
    const material = await crypto.subtle.importKey('raw', bytes(pin), 'PBKDF2', false, ['deriveKey']);
    return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, material, AES, false, ['encrypt', 'decrypt']);
  }
  // Bound to its place: a record put elsewhere does not open.
  async function lock(place, value, key = state.key) {
    const iv = random(12);
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytes(place) }, key, bytes(JSON.stringify(value)));
    return { iv, data };
  }
  async function unlock(place, { iv, data }, key = state.key) {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bytes(place) }, key, data);
    return JSON.parse(new TextDecoder().decode(plain));
  }
  // For the server alone; see base/envelope.rs.
  async function seal(value) {
    const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
    const theirs = fromText(state.bundle.key);
    const server = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
    const once = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', once.publicKey));
    const agreed = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, once.privateKey, 256);
    const material = await crypto.subtle.importKey('raw', agreed, 'HKDF', false, ['deriveKey']);
    const derivation = { name: 'HKDF', hash: 'SHA-256', salt: joined(point, theirs), info: bytes('sipas envelope 1') };
    const key = await crypto.subtle.deriveKey(derivation, material, AES, false, ['encrypt']);
    const iv = random(12);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes(JSON.stringify(value)));
    return toText(joined(point, iv, new Uint8Array(sealed)));
  }
  function newId() {
    const id = random(16);
    id[6] = (id[6] & 15) | 64;
    id[8] = (id[8] & 63) | 128;
    return Array.from(id, (byte, at) => ([4, 6, 8, 10].includes(at) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
  }

  // ---- Screens: templates of the page, cloned and filled with text.
  // A class that lays something out wins over the attribute alone.
  function hide(element, hidden) {
    element.hidden = hidden;
    element.style.display = hidden ? 'none' : '';
  }
  function clone(name) {
    const root = document.getElementById('t-' + name).content.cloneNode(true);
    root.querySelectorAll('[hidden]').forEach((element) => hide(element, true));
    return root;
  }
  function slots(root, values) {
    Object.keys(values).forEach((name) => {
      const element = root.querySelector(`[data-slot="${name}"]`);
      const value = values[name];
      if (typeof value === 'boolean') { hide(element, !value); return; }
      element.textContent = value;
      hide(element, !value);
    });
    return root;
  }
  // `quiet`: drawn again by itself, so nothing moves under whoever reads it.
  function show(name, values = {}, quiet = false) {
    state.shown = name;
    screen.replaceChildren(slots(clone(name), values));
    if (!quiet) { toldLine.textContent = ''; }
    document.querySelectorAll('[data-unlocked]').forEach((part) => hide(part, !state.key || state.handed));
    document.querySelector('[data-who]').textContent = state.bundle && !state.handed ? state.bundle.name : '';
    titled();
    if (quiet) { return; }
    window.scrollTo(0, 0);
    const heading = screen.querySelector('h1');
    if (heading) { heading.focus({ preventScroll: true }); }
  }
  function titled(failed) {
    const heading = screen.querySelector('h1');
    const title = heading ? heading.textContent.trim() : '';
    document.title = (failed ? say('error-title', { title }) : title) + ' – ' + service;
  }
  const list = (name, lines) => screen.querySelector(`[data-list="${name}"]`).append(...lines);
  function line(name, values, data) {
    const root = slots(clone(name), values);
    root.querySelectorAll('[data-act]').forEach((button) => Object.assign(button.dataset, data));
    return root;
  }
  function coloured(root, colour) {
    const tag = root.querySelector('[data-slot="state"], [data-slot="synced"]');
    if (colour) { tag.classList.add('govuk-tag--' + colour); }
    return root;
  }
  // The same words above and beside what is wrong.
  function fail(form, problems, title) {
    screen.querySelectorAll('.govuk-error-summary, .govuk-error-message').forEach((old) => old.remove());
    screen.querySelectorAll('.question--failed').forEach((old) => old.classList.remove('question--failed'));
    const summary = slots(clone('errors'), title ? { title } : {});
    problems.forEach(([id, message]) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = '#' + id;
      link.textContent = message;
      item.append(link);
      summary.querySelector('ul').append(item);
      const field = document.getElementById(id);
      const beside = slots(clone('error'), { message });
      beside.firstElementChild.id = id + '-error';
      const group = field.closest('fieldset');
      const hint = document.getElementById(id + '-hint') ? id + '-hint ' : '';
      (group || field).setAttribute('aria-describedby', hint + id + '-error');
      if (group) {
        group.classList.add('question--failed');
        group.querySelector('legend').after(beside);
      } else {
        field.before(beside);
      }
    });
    screen.prepend(summary);
    titled(true);
    screen.querySelector('.govuk-error-summary').focus();
  }
  const two = (number) => String(number).padStart(2, '0');
  const clock = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;
  const when = (time) => { const at = new Date(time); return `${clock(at)} ${two(at.getDate())}/${two(at.getMonth() + 1)}`; };
  const isoDay = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

  // ---- The network.
  class Trouble extends Error {
    constructor(message, signIn) { super(message); this.signIn = Boolean(signIn); }
  }
  // The answer's JSON. Whatever is not the server's own word (no network, a gateway, a hotel's sign-in page) is tried again later.
  async function talk(address, body) {
    const patience = new AbortController();
    const alarm = setTimeout(() => patience.abort(), LONGEST_WAIT);
    const headers = { accept: 'application/json' };
    if (body) { headers['content-type'] = 'application/json'; }
    try {
      const answer = await fetch(address, {
        method: body ? 'POST' : 'GET', body: body && JSON.stringify(body), headers, redirect: 'error', cache: 'no-store', signal: patience.signal,
      });
      const said = await answer.json();
      if (answer.ok) { return said; }
      if (answer.status === 401) { throw new Trouble(say('sync-sign-in', { n: await unsent() }), true); }
      if (NOT_THE_WORK.includes(said.code)) { throw new Trouble(said.title); }
      if (answer.status >= 500 || answer.status === 429 || !said.code) { throw new Trouble(''); }
      return { refused: said.title };
    } catch (error) {
      throw error instanceof Trouble ? error : new Trouble('');
    } finally {
      clearTimeout(alarm);
    }
  }
  // What is wrong with who is signed in, not with what was sent.
  const NOT_THE_WORK = ['tablet-other-person', 'role-needed', 'form-not-ours'];
  async function fetchBundle() {
    const bundle = await talk('/dtv/may/goi.json?ngon-ngu=' + language);
    if (bundle.refused) { throw new Trouble(bundle.refused); }
    return bundle;
  }
  async function unsent() { return (await readAll('outbox')).filter((item) => item.state !== 'received').length; }

  async function sync(force) {
    if (state.syncing) { return; }
    state.syncing = true;
    try {
      // In an order that says nothing of the order of the day.
      const items = (await readAll('outbox')).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const item of items) { await deliver(item, force); }
      await refresh();
      Object.assign(state, { trouble: '', signIn: false, pause: 2000, next: Infinity });
    } catch (error) {
      if (!(error instanceof Trouble)) { throw error; }
      Object.assign(state, { trouble: error.message, signIn: error.signIn, next: Date.now() + state.pause });
      state.pause = Math.min(state.pause * 2, LONGEST_PAUSE);
    } finally {
      state.syncing = false;
      await redraw();
    }
  }
  async function deliver(item, force) {
    const { id } = item;
    if (item.state === 'received') {
      if (Date.now() - item.done > 24 * HOUR) { await write(({ outbox }) => outbox.delete(id)); }
      return;
    }
    if (item.state === 'rejected' || (!force && item.hold > Date.now())) { return; }
    let taken = false;
    // From here on it may have arrived, so it cannot be undone; sending it again changes nothing.
    await alter(id, (now) => { taken = now.state === 'waiting' || now.state === 'sending'; return taken && Object.assign(now, { state: 'sending', hold: 0 }); });
    if (!taken) { return; }
    await redraw();
    const address = item.kind === 'visit' ? '/dtv/may/lan-den' : '/dtv/may/tra-loi';
    try {
      const answer = await talk(address, { nguoi: item.staff, 'niem-phong': item.sealed });
      if (answer.refused) {
        await alter(id, (now) => Object.assign(now, { state: 'rejected', why: answer.refused }));
      } else {
        const received = { state: 'received', sealed: null, receipt: answer.receipt, these: answer.these, done: Date.now() };
        await alter(id, (now) => Object.assign(now, received), ({ drafts }) => drafts.delete(id));
      }
    } catch (error) {
      await alter(id, (now) => Object.assign(now, { state: 'waiting' }));
      throw error;
    }
  }
  async function refresh() {
    if (!state.key) { return; }
    const key = state.key;
    const fresh = await fetchBundle();
    if (fresh.staff !== (await read('meta', 'vault')).staff) { throw new Trouble(say('sync-other-person')); }
    // A survey that closed meanwhile stays for the interviews that were begun in it.
    const drafts = await openDrafts();
    const known = (survey) => fresh.surveys.some((other) => other.campaign === survey.campaign);
    const needed = (survey) => drafts.some((draft) => draft.campaign === survey.campaign);
    fresh.surveys = fresh.surveys.concat(state.bundle.surveys.filter((survey) => !known(survey) && needed(survey)));
    const record = await lock('bundle', fresh, key);
    const now = Date.now();
    await write(({ meta }) => { meta.put(record, 'bundle'); meta.put(now, 'synced'); });
    if (state.key === key) { state.bundle = fresh; }
  }
  async function openDrafts() {
    const records = await readAll('drafts');
    return Promise.all(records.map((record) => unlock('draft ' + record.id, record)));
  }
  async function redraw() {
    const count = await unsent();
    document.querySelectorAll('[data-unsent]').forEach((place) => { place.textContent = count; });
    if (!state.key) { return; }
    if (state.shown === 'today') { await today(true); } else if (state.shown === 'sync') { await syncPage(true); }
  }

  // ---- Coming in.
  async function begin() {
    if (!database) { window.location.reload(); return; }
    if (await read('meta', 'vault')) { show('pin'); return; }
    const held = await unsent();
    const told = held ? say('first-held', { n: held }) : '';
    try {
      state.fresh = await fetchBundle();
      show('first');
    } catch (error) {
      const sentence = error.message && !error.signIn ? error.message : say('no-network');
      show('message', { sentence: error.signIn ? say('sync-sign-in', { n: held }) : sentence, held: told, 'sign-in': error.signIn });
    }
  }
  const typed = (form, name) => form.elements[name].value;
  async function choosePin(form) {
    const pin = typed(form, 'pin');
    if (!/^\d{6}$/.test(pin)) { fail(form, [['pin', say('pin-digits')]]); return; }
    if (pin !== typed(form, 'pin-again')) { fail(form, [['pin-again', say('pin-different')]]); return; }
    const salt = random(16);
    const key = await keyOf(pin, salt);
    const vault = { salt, staff: state.fresh.staff, check: await lock('check', true, key) };
    const record = await lock('bundle', state.fresh, key);
    await write(({ meta }) => { meta.put(vault, 'vault'); meta.put(record, 'bundle'); meta.put(Date.now(), 'synced'); meta.put(0, 'wrong'); });
    if (navigator.storage && navigator.storage.persist) { navigator.storage.persist(); }
    Object.assign(state, { key, bundle: state.fresh, fresh: null, next: 0 });
    await today();
  }
  async function enterPin(form) {
    const pin = typed(form, 'pin');
    if (!/^\d{6}$/.test(pin)) { fail(form, [['pin', say('pin-digits')]]); return; }
    const vault = await read('meta', 'vault');
    const wrong = (await read('meta', 'wrong')) + 1;
    // Counted before it is tried: closing the page saves no try.
    await write(({ meta }) => meta.put(wrong, 'wrong'));
    const key = await keyOf(pin, vault.salt);
    const right = await unlock('check', vault.check, key).catch(() => false);
    if (right) {
      await write(({ meta }) => meta.put(0, 'wrong'));
      Object.assign(state, { key, bundle: await unlock('bundle', await read('meta', 'bundle'), key), next: 0 });
      await today();
    } else if (wrong < MOST_WRONG) {
      form.reset();
      fail(form, [['pin', say('pin-wrong', { n: MOST_WRONG - wrong })]]);
    } else {
      await erase();
      const held = await unsent();
      show('message', { sentence: say('pin-erased'), held: held ? say('first-held', { n: held }) : '', 'sign-in': true });
    }
  }
  // Persons and unfinished interviews; what is finished is sealed for the server and stays.
  function erase() {
    return write(({ meta, drafts }) => { ['vault', 'bundle', 'wrong', 'synced'].forEach((key) => meta.delete(key)); drafts.clear(); });
  }
  function lockUp() {
    Object.assign(state, EMPTY);
    show('pin');
  }
  async function signOut() {
    const held = (await unsent()) + (await openDrafts()).filter((draft) => !draft.finished).length;
    if (held) { toldLine.textContent = say('sign-out-held', { n: held }); return; }
    try {
      const { csrf } = await fetchBundle();
      await fetch('/dang-xuat', { method: 'POST', body: new URLSearchParams({ csrf }), redirect: 'manual' });
    } catch (error) {
      if (!error.signIn) { toldLine.textContent = say('no-network'); return; }
    }
    // The next person at this device finds nothing.
    await erase();
    await write(({ outbox }) => outbox.clear());
    window.location.assign('/dang-nhap?ve=/dtv/may');
  }

  // ---- The day.
  async function age() { return Date.now() - (await read('meta', 'synced')); }
  const isStale = async () => (await age()) >= 72 * HOUR;
  async function syncedLine() { return say('synced', { time: when(await read('meta', 'synced')), n: await unsent() }); }
  async function waitingVisits() {
    const items = (await readAll('outbox')).filter((item) => item.kind === 'visit' && item.state !== 'received');
    return (await Promise.all(items.map(labelOf))).filter((label) => label);
  }
  // Who a sealed visit was to, as far as this PIN may know.
  const labelOf = (item) => (item.label ? unlock('label ' + item.id, item.label).catch(() => null) : null);

  async function today(quiet = false) {
    const { cases, surveys } = state.bundle;
    const stale = await isStale();
    const amber = (await age()) >= 24 * HOUR;
    const drafts = (await openDrafts()).filter((draft) => !draft.finished);
    const waiting = await waitingVisits();
    const synced = await syncedLine();
    if (quiet && state.shown !== 'today') { return; }
    if (!quiet) { state.draft = null; }
    show('today', {
      synced, stale: stale ? say('stale') : '', 'sign-in': state.trouble, 'sign-in-link': state.signIn, drafts: drafts.length > 0,
      none: cases.length ? '' : say('no-work'),
    }, quiet);
    coloured(screen, amber ? 'yellow' : '');
    hide(screen.querySelector('[data-act="interview"]'), !surveys.length || stale);
    list('drafts', drafts.map((draft) => {
      const what = `•••• ${draft.code.slice(-4)} · ${when(draft.begun)}`;
      return line('draft', { what, which: ' ' + what }, { id: draft.id });
    }));
    const first = (one) => Number(one.over) * 2 - Number(Boolean(one.appointment));
    list('cases', cases.slice().sort((a, b) => first(a) - first(b)).map((one) => coloured(line('case-line', {
      name: one.name, place: `${one.village} · ${one.address}`, state: one.state, attempts: say('attempts', { n: one.attempts }),
      appointment: one.appointment, online: one.online, pending: waiting.some((visit) => visit.case === one.id) ? say('visit-waiting') : '',
    }, { id: one.id }), one.colour)));
  }
  async function showCase(id, before) {
    const one = state.bundle.cases.find((each) => each.id === id);
    const stale = await isStale();
    show('case', {
      name: one.name, address: one.address, village: one.village, commune: one.commune, state: one.state, online: one.online,
      stale: stale && !one.over ? say('stale') : '',
    });
    const form = screen.querySelector('form');
    hide(form, one.over || stale);
    Object.assign(form.dataset, { id, mends: before ? before.id : '' });
    const values = before ? { 'ket-qua': before.outcome, ngay: before.typed, hen: before.appointment, 'ghi-chu': before.note } : { ngay: written({ day: isoDay(new Date()) }) };
    Object.keys(values).forEach((name) => { form.elements[name].value = values[name]; });
  }
  async function recordVisit(form) {
    const [outcome, appointment, note] = ['ket-qua', 'hen', 'ghi-chu'].map((name) => typed(form, name).trim());
    const { day } = readDay(typed(form, 'ngay').trim()) || {};
    const problems = [];
    if (!outcome) { problems.push(['ket-qua', say('visit-outcome')]); }
    if (!day || day > isoDay(new Date()) || day < isoDay(new Date(Date.now() - 30 * 24 * HOUR))) { problems.push(['ngay', say('visit-day')]); }
    if (outcome === 'appointment' && !appointment) { problems.push(['hen', say('visit-appointment')]); }
    [['hen', appointment], ['ghi-chu', note]].forEach(([field, text]) => { if (Array.from(text).length > 500) { problems.push([field, say('visit-long')]); } });
    if (problems.length) { fail(form, problems); return; }
    const id = newId();
    const one = state.bundle.cases.find((each) => each.id === form.dataset.id);
    const visit = { id, case: one.id, outcome, day, appointment, note };
    const label = await lock('label ' + id, Object.assign({ name: one.name, typed: typed(form, 'ngay') }, visit));
    const item = { id, kind: 'visit', staff: state.bundle.staff, made: Date.now(), hold: 0, state: 'waiting', label, sealed: await seal(visit) };
    await write(({ outbox }) => { outbox.put(item, id); if (form.dataset.mends) { outbox.delete(form.dataset.mends); } });
    state.next = 0;
    await today();
    await redraw();
  }

  // ---- An interview.
  const survey = () => state.bundle.surveys.find((each) => each.campaign === state.draft.campaign);
  const spoken = () => survey().languages[state.draft.language];
  const questionnaire = () => survey().form;
  // What was answered, as far as this device still knows; of a locked page, what later pages depend on.
  function known(except) {
    const { answers, locked } = state.draft;
    const told = Object.keys(locked).filter((page) => page !== except).map((page) => locked[page].told);
    return Object.assign({}, answers, ...told);
  }
  const steps = () => path(questionnaire(), known()).steps;
  const pageUnits = (code) => {
    const page = questionnaire().pages.find((each) => each.code === code);
    return page.parts.reduce((all, part) => all.concat(part.units), []).map((place) => questionnaire().units[place].code);
  };
  async function save() {
    const { draft } = state;
    const record = Object.assign(await lock('draft ' + draft.id, draft), { id: draft.id });
    await write(({ drafts }) => drafts.put(record, draft.id));
  }
  function showCode() {
    if (!state.bundle.surveys.length) { toldLine.textContent = say('no-survey'); return; }
    show('code');
    const { draft } = state;
    if (draft) { document.getElementById('code').value = draft.code; }
    offer('campaign', state.bundle.surveys.map((each) => [each.campaign, each.name]), draft && draft.campaign);
    offerLanguages();
  }
  function offerLanguages() {
    const campaign = chosenOf('campaign');
    const { languages } = state.bundle.surveys.find((each) => each.campaign === campaign);
    const codes = Object.keys(languages).sort((a, b) => (b === language) - (a === language));
    offer('language', codes.map((code) => [code, languages[code].name]), state.draft && state.draft.language);
  }
  const chosenOf = (name) => screen.querySelector(`[data-choice="${name}"] input:checked`).value;
  // Choices of this screen; a single one need not be shown.
  function offer(name, options, chosen) {
    const group = screen.querySelector(`[data-choice="${name}"]`);
    hide(group, options.length < 2);
    group.querySelector('.choices').replaceChildren(...options.map(([value, label], at) => {
      const choice = document.createElement('label');
      choice.className = 'choice';
      const input = Object.assign(document.createElement('input'), { type: 'radio', name, value, checked: chosen ? value === chosen : at === 0 });
      const words = document.createElement('span');
      words.textContent = label;
      choice.append(input, words);
      return choice;
    }));
  }
  async function enterCode(form) {
    const code = typed(form, 'code');
    const fault = codeFault(code);
    if (fault) { fail(form, [['code', say(CODE_FAULTS[fault], { n: codeDigits(code).length })]]); return; }
    const about = { code: codeDigits(code), campaign: chosenOf('campaign'), language: chosenOf('language') };
    if (state.draft && state.draft.campaign === about.campaign) {
      Object.assign(state.draft, about);
      await save();
      await goOn();
      return;
    }
    state.draft = Object.assign({ id: newId(), begun: Date.now(), answers: {}, locked: {}, agreed: 0, finished: false }, about);
    show('consent');
  }
  const CODE_FAULTS = { empty: 'code-empty', length: 'code-length', check: 'code-check' };
  async function agree() {
    state.draft.agreed = Date.now();
    await save();
    await goOn();
  }
  // To the first page that is open, or the end.
  async function goOn() {
    const open = nextOpen(questionnaire(), known(), state.draft.locked);
    if (open) { goTo(open); } else { finishPage(); }
  }
  function goTo(code) {
    const step = steps().find((each) => each.page === code);
    if (!step) { return goOn(); }
    state.page = code;
    const isLocked = code in state.draft.locked;
    if (step.sensitive && (!state.handed || isLocked)) {
      state.handed = false;
      show('handover', { again: isLocked, 'again-btn': isLocked });
    } else {
      question(step);
    }
    return undefined;
  }
  function neighbour(by) {
    const all = steps();
    const next = all[all.findIndex((step) => step.page === state.page) + by];
    return next && next.page;
  }
  async function previous() {
    if (state.shown === 'finish') { goTo(steps().slice(-1)[0].page); return; }
    state.handed = false;
    const before = neighbour(-1);
    if (before) { goTo(before); } else { await today(); }
  }
  async function onward() {
    const next = neighbour(1);
    if (next) { goTo(next); } else { await goOn(); }
  }

  function question(step) {
    const answers = step.sensitive ? {} : state.draft.answers;
    show('question');
    const place = screen.querySelector('[data-slot="page"]');
    place.innerHTML = spoken().pages[step.page];
    const telling = said(path(questionnaire(), known()).counting, spoken().labels, state.draft.language);
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) { texts.currentNode.nodeValue = fill(texts.currentNode.nodeValue, telling); }
    const shown = unitsOf(step);
    pageUnits(step.page).forEach((code) => {
      const unit = questionnaire().units.find((each) => each.code === code);
      if (unit.kind !== 'words' && !shown.includes(unit)) { boxOf(place, code).remove(); }
    });
    place.querySelectorAll('[data-question]').forEach((group) => {
      if (!step.parts.some((part) => part.question === group.dataset.question)) { group.remove(); }
    });
    shown.forEach((unit) => prefill(place, unit, answers[unit.code]));
    hide(screen.querySelector('nav.back'), state.handed);
    hide(screen.querySelector('[data-act="pause"]'), state.handed);
    titled();
    screen.querySelector('h1').focus({ preventScroll: true });
  }
  const fieldsOf = (place, code) => Array.from(place.querySelectorAll(`[name="${code}"]`));
  function boxOf(place, code) {
    const field = fieldsOf(place, code)[0];
    return field.closest('.question') || field.closest('.govuk-form-group');
  }
  function prefill(place, unit, answer) {
    if (answer === undefined || answer === SKIPPED) { return; }
    const out = unit.way_out && answer === unit.way_out.code;
    const values = out ? [unit.way_out.value] : [].concat(answer).map(String);
    fieldsOf(place, unit.code).forEach((field) => {
      if (field.type === 'radio' || field.type === 'checkbox') {
        field.checked = values.includes(field.value);
      } else if (!out) {
        field.value = typeof answer === 'object' ? written(answer, state.draft.language) : answer;
      }
    });
  }
  const entries = (form) => Array.from(new FormData(form)).filter(([name]) => name !== 'skip');

  async function takePage(form, button) {
    const { draft, page } = state;
    const step = steps().find((each) => each.page === page);
    const { answers, issues } = give(questionnaire(), known(page), page, entries(form), Boolean(button && button.name === 'skip'));
    const own = pageUnits(page);
    const elsewhere = Object.keys(draft.locked).reduce((all, code) => all.concat(pageUnits(code)), step.sensitive ? own : []);
    if (!step.sensitive || !issues.length) {
      draft.answers = only(answers, (unit) => !elsewhere.includes(unit));
    }
    if (issues.length) {
      if (!step.sensitive) { await save(); }
      const sentences = spoken().sentences;
      const open = issues.every(([, code]) => code === 'unanswered');
      fail(form, issues.map(([unit, code]) => [unit, sentences[unit][code]]), open ? say('error-many', { n: issues.length }) : '');
      const settled = issues.every(([, code]) => code === 'unanswered' || code === 'text_needed');
      hide(screen.querySelector('[data-slot="skip"]'), !settled);
      return;
    }
    if (step.sensitive) {
      // From here on only the server can read them; what later pages depend on stays, and is shown nowhere.
      const needed = dependedOn();
      const given = only(answers, (unit) => own.includes(unit));
      draft.locked[page] = {
        sealed: await seal({ interview: draft.id, answers: given }), told: only(given, (unit) => needed.has(unit)), asked: askedOn(page, answers),
      };
    }
    // An earlier answer changed what a locked page asks: then it must be asked again.
    Object.keys(draft.locked).forEach((code) => {
      const asked = askedOn(code, known());
      if (asked && asked !== draft.locked[code].asked) { delete draft.locked[code]; }
    });
    await save();
    if (!step.sensitive) { await onward(); return; }
    const next = steps().find((each) => each.page === neighbour(1));
    if (next && next.sensitive && !(next.page in draft.locked)) { goTo(next.page); } else { state.handed = true; show('handback'); }
  }
  const only = (answers, which) => Object.keys(answers).filter(which).reduce((kept, unit) => Object.assign(kept, { [unit]: answers[unit] }), {});
  function askedOn(page, answers) {
    const step = path(questionnaire(), answers).steps.find((each) => each.page === page);
    return step ? unitsOf(step).filter((unit) => unit.kind !== 'words').map((unit) => unit.code).join() : '';
  }
  // The units that rules or texts speak of.
  function dependedOn() {
    const text = JSON.stringify(questionnaire().pages) + JSON.stringify(questionnaire().units.map((unit) => unit.rules));
    const rules = Array.from(text.matchAll(/"unit":"([^"]+)"/g), (found) => found[1]);
    const holes = Object.values(spoken().pages).map((page) => Array.from(page.matchAll(/\{([^{}]+)\}/g), (found) => found[1]));
    return new Set(rules.concat(...holes));
  }
  // What is chosen is kept at once: a device that dies in the middle of a page loses nothing of it.
  async function keepChoice(form) {
    const step = state.draft && steps().find((each) => each.page === state.page);
    if (!step || step.sensitive || state.shown !== 'question') { return; }
    const fields = entries(form);
    const { answers } = give(questionnaire(), known(state.page), state.page, fields, false);
    const sent = fields.map(([name]) => name);
    Object.assign(state.draft.answers, only(answers, (unit) => sent.includes(unit)));
    await save();
  }

  function finishPage() {
    const { counting } = path(questionnaire(), known());
    const locked = Object.keys(state.draft.locked);
    const skipped = steps().filter((step) => !locked.includes(step.page)).reduce((all, step) => all.concat(unitsOf(step)
      .filter((unit) => unit.number !== null && counting.get(unit.code) === SKIPPED).map((unit) => [step.page, unit.code])), []);
    show('finish', { none: skipped.length ? '' : say('skipped-none') });
    list('skipped', skipped.map(([page, unit]) => {
      const markup = document.createElement('template');
      markup.innerHTML = spoken().pages[page];
      const label = boxOf(markup.content, unit).querySelector('legend, label').textContent;
      return line('skipped', { what: fill(label, said(counting, spoken().labels, state.draft.language)) }, { id: page });
    }));
  }
  async function finish() {
    const { draft } = state;
    if (nextOpen(questionnaire(), known(), draft.locked)) { await goOn(); return; }
    const { id, code, answers, locked } = draft;
    const pages = Object.keys(locked).map((page) => locked[page].sealed);
    const now = Date.now();
    const hour = new Date(now).getHours();
    const seconds = Math.max(0, Math.round((now - draft.begun) / 1000));
    const sealed = await seal({ id, code, form: questionnaire().digest, answers, locked: pages, seconds, odd_hour: hour < 6 || hour >= 22 });
    draft.finished = true;
    const record = Object.assign(await lock('draft ' + id, draft), { id });
    const item = { id, kind: 'interview', staff: state.bundle.staff, made: now, hold: now + UNDO, state: 'waiting', label: null, sealed };
    await write(({ outbox, drafts }) => { outbox.put(item, id); drafts.put(record, id); });
    state.draft = null;
    state.next = 0;
    await syncPage();
    await redraw();
  }

  // ---- What waits, is under way, was received or refused.
  async function syncPage(quiet = false) {
    const items = (await readAll('outbox')).sort((a, b) => b.made - a.made);
    const drafts = new Set((await readAll('drafts')).map((draft) => draft.id));
    const synced = await syncedLine();
    const lines = await Promise.all(items.map((item) => itemLine(item, drafts)));
    if (quiet && state.shown !== 'sync') { return; }
    const focus = quiet && document.activeElement ? document.activeElement.dataset : null;
    show('sync', { synced, trouble: state.trouble, 'sign-in-link': state.signIn, none: !items.length }, quiet);
    list('items', lines);
    // Drawn again while somebody works on it: the focus stays where it was.
    const again = focus && focus.act && Array.from(screen.querySelectorAll('[data-act]')).find((button) => button.dataset.act === focus.act && button.dataset.id === focus.id);
    if (again) { again.focus(); }
  }
  const COLOURS = { waiting: 'yellow', sending: 'blue', received: 'green', rejected: 'red' };
  const STATES = { waiting: 'state-waiting', sending: 'state-sending', received: 'state-received', rejected: 'state-rejected' };
  async function itemLine(item, drafts) {
    const label = await labelOf(item);
    const undo = item.state === 'waiting' && item.kind === 'interview' && item.hold > Date.now() && drafts.has(item.id);
    const rejected = item.state === 'rejected';
    const why = {
      received: item.kind === 'visit' ? '' : say('receipt', { n: item.receipt }) + (item.these ? '' : ` · ${say('receipt-before')}`),
      rejected: item.why, waiting: undo ? say('undo-until', { time: clock(new Date(item.hold)) }) : '', sending: '',
    }[item.state];
    return coloured(line('item', {
      state: say(STATES[item.state]), what: await whatOf(item, label), why, undo, discard: rejected, mend: rejected && Boolean(label || drafts.has(item.id)),
    }, { id: item.id }), COLOURS[item.state]);
  }
  async function whatOf(item, label) {
    if (item.kind === 'interview') { return say('item-interview', { time: when(item.made) }); }
    return label ? say('item-visit', { name: label.name, time: when(item.made) }) : say('item-sealed');
  }
  // Opens a finished interview again, if it is still all ours.
  async function reopen(id, may) {
    const draft = (await openDrafts()).find((each) => each.id === id);
    if (!draft) { return; }
    draft.finished = false;
    const record = Object.assign(await lock('draft ' + id, draft), { id });
    let reopened = false;
    await write((stores) => {
      const reading = stores.outbox.get(id);
      reading.onsuccess = () => {
        reopened = Boolean(reading.result && may(reading.result));
        if (reopened) { stores.outbox.delete(id); stores.drafts.put(record, id); }
      };
    });
    if (reopened) { state.draft = draft; showCode(); } else { await syncPage(); }
    await redraw();
  }
  async function mend(id) {
    const item = await read('outbox', id);
    if (item.kind === 'interview') { await reopen(id, (now) => now.state === 'rejected'); return; }
    const label = await labelOf(item);
    if (label && state.bundle.cases.some((one) => one.id === label.case)) { await showCase(label.case, label); }
  }

  // ---- What people press.
  const ACTS = {
    begin, today: () => today(), lock: lockUp, 'sign-out': signOut, 'sync-page': () => syncPage(), sync: () => sync(true),
    case: ({ id }) => showCase(id),
    interview: () => { state.draft = null; showCode(); },
    resume: async ({ id }) => { state.draft = (await openDrafts()).find((draft) => draft.id === id); await goOn(); },
    agree, decline: () => { state.draft = null; return today(); },
    previous, pause: () => today(),
    handed: () => { state.handed = true; question(steps().find((step) => step.page === state.page)); },
    'keep-locked': onward,
    'handed-back': () => { state.handed = false; return onward(); },
    'to-page': ({ id }) => goTo(id),
    finish,
    undo: ({ id }) => reopen(id, (item) => item.state === 'waiting' && item.hold > Date.now()),
    mend: ({ id }) => mend(id),
    discard: async ({ id }) => { state.chosen = id; const item = await read('outbox', id); show('discard', { what: await whatOf(item, await labelOf(item)) }); },
    'discard-yes': async () => {
      const id = state.chosen;
      await write(({ outbox, drafts }) => { outbox.delete(id); drafts.delete(id); });
      await syncPage();
      await redraw();
    },
  };
  const FORMS = { first: choosePin, pin: enterPin, visit: recordVisit, code: enterCode, question: takePage };

  // One thing at a time: a second tap finds the first at work.
  async function act(work) {
    state.touched = Date.now();
    if (state.busy) { return; }
    state.busy = true;
    screen.setAttribute('aria-busy', 'true');
    try {
      await state.saving;
      await work();
    } catch (error) {
      toldLine.textContent = say('not-saved');
      throw error;
    } finally {
      state.busy = false;
      screen.removeAttribute('aria-busy');
    }
  }
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-act]');
    if (button) { act(() => ACTS[button.dataset.act](button.dataset)); }
  });
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    act(() => FORMS[event.target.dataset.form](event.target, event.submitter));
  });
  document.addEventListener('change', (event) => {
    const { form, name } = event.target;
    if (name === 'campaign') { offerLanguages(); }
    if (form && form.dataset.form === 'question' && !state.busy) {
      state.saving = keepChoice(form).catch(() => { toldLine.textContent = say('not-saved'); });
    }
  });
  ['pointerdown', 'keydown', 'input'].forEach((kind) => document.addEventListener(kind, () => { state.touched = Date.now(); }, true));

  async function tick() {
    if (state.key && Date.now() - state.touched > IDLE) { lockUp(); }
    if (!state.key || state.busy || state.syncing || Date.now() < state.next && state.next !== Infinity) { return; }
    const due = state.next !== Infinity || (await readAll('outbox')).some((item) => ['waiting', 'sending'].includes(item.state) && item.hold <= Date.now());
    if (due) { await sync(false); }
  }
  window.addEventListener('online', () => { state.pause = 2000; state.next = 0; tick(); });
  document.addEventListener('visibilitychange', () => tick());

  async function start() {
    database = await openDatabase();
    if (navigator.serviceWorker) { navigator.serviceWorker.register('/dtv/sw.js', { scope: '/dtv/' }).catch(() => 'without it the page needs a network to open'); }
    await redraw();
    await begin();
    setInterval(tick, 3000);
  }
  // Two tabs would write over each other's interview.
  if (navigator.locks) {
    navigator.locks.request('dtv', { ifAvailable: true }, (held) => {
      if (!held) { show('message', { sentence: say('another-tab'), held: '', 'sign-in': false }); return undefined; }
      start();
      return new Promise(() => 'until the page closes');
    });
  } else {
    start();
  }
})();
