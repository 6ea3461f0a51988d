// The questionnaire's engine on a device without a network: the walk and the reading of fields that survey-forms has, over the rules that
// survey_forms::Form::projected writes. A test compares the two over every form. Pure: no page, no storage, no clock.
(function () {
  'use strict';
  const SKIPPED = 97;

  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

  // An answer as the data hold it: a code, a list of codes, a text, { number } or { day }.
  function holds(answer, choice) { return Array.isArray(answer) ? answer.includes(choice) : answer === choice; }

  // Exact: 0.1 stays 0.1, and 18 digits stay 18 digits.
  function parts(text) {
    const negative = text.startsWith('-');
    const [whole, fraction = ''] = text.replace('-', '').split('.');
    return { negative, whole, fraction: fraction.padEnd(28, '0') };
  }
  function scaled(text) {
    const { negative, whole, fraction } = parts(text);
    const value = BigInt(whole + fraction);
    return negative ? -value : value;
  }
  // Below 0, 0 or above 0; NaN where the two are not of one kind.
  function compare(one, other) {
    if (has(one, 'number') && has(other, 'number')) {
      const [a, b] = [scaled(one.number), scaled(other.number)];
      return a < b ? -1 : Number(a > b);
    }
    if (has(one, 'day') && has(other, 'day')) { return one.day < other.day ? -1 : Number(one.day > other.day); }
    return NaN;
  }
  const SIGNS = {
    equals: (order) => order === 0, at_least: (order) => order >= 0, at_most: (order) => order <= 0,
    above: (order) => order > 0, below: (order) => order < 0,
  };
  const isQuantity = (answer) => answer !== null && typeof answer === 'object' && !Array.isArray(answer);

  function meets(rule, counting) {
    if (rule.all) { return rule.all.every((part) => meets(part, counting)); }
    if (rule.any) { return rule.any.some((part) => meets(part, counting)); }
    if (rule.not) { return !meets(rule.not, counting); }
    if (!counting.has(rule.unit)) { return false; }
    const answer = counting.get(rule.unit);
    if (rule.one_of) { return rule.one_of.includes(answer); }
    if (has(rule, 'chosen')) { return holds(answer, rule.chosen); }
    if (rule.sign) { return isQuantity(answer) && SIGNS[rule.sign](compare(answer, rule.to)); }
    return answer !== SKIPPED;
  }

  // The pages that apply, each with its questions and units; `counting` holds the answers that count.
  function path(form, answers) {
    const counting = new Map();
    const allow = (rules) => rules.every((rule) => meets(rule, counting));
    const steps = [];
    for (const page of form.pages) {
      if (!allow(page.rules)) { continue; }
      const shown = [];
      for (const part of page.parts) {
        if (!allow(part.rules)) { continue; }
        const units = [];
        for (const place of part.units) {
          const unit = form.units[place];
          const asked = unit.kind !== 'words' || (counting.has(unit.of) && holds(counting.get(unit.of), unit.choice));
          if (!allow(unit.rules) || !asked) { continue; }
          if (has(answers, unit.code)) { counting.set(unit.code, answers[unit.code]); }
          units.push(unit);
        }
        if (part.note || units.length) { shown.push({ question: part.question, units }); }
      }
      if (shown.length) { steps.push({ page: page.code, sensitive: page.sensitive, parts: shown }); }
    }
    return { steps, counting };
  }

  const unitsOf = (step) => step.parts.reduce((all, part) => all.concat(part.units), []);

  // The first page with a numbered unit neither answered nor skipped; of an interview that has not begun, the first page. What is sealed
  // on locked pages is answered, though nobody here can tell how.
  function nextOpen(form, answers, locked = {}) {
    const { steps, counting } = path(form, answers);
    const open = (step) => !has(locked, step.page) && unitsOf(step).some((unit) => unit.number !== null && !counting.has(unit.code));
    const begun = Object.keys(answers).length + Object.keys(locked).length;
    const found = begun ? steps.find(open) : steps[0];
    return found ? found.page : null;
  }

  function clean(value) { return value.replace(/\r\n/g, '\n').replace(/\0/g, '').normalize('NFC').trim(); }

  function isGrouped(digits) {
    const mark = (digits.match(/[.,]/) || [])[0];
    if (!mark) { return false; }
    const [first, ...groups] = digits.split(mark);
    return /^[1-9]\d{0,2}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
  }
  // 1.200, 1 200 or 1200; 12,5 or 12.5.
  function readNumber(typed, decimals) {
    const dense = typed.replace(/\s/gu, '');
    const negative = /^[-−]/.test(dense);
    const digits = negative ? dense.slice(1) : dense;
    const marks = (digits.match(/[.,]/g) || []).length;
    const plain = isGrouped(digits) && (decimals < 3 || marks > 1) ? digits.replace(/[.,]/g, '') : digits.replace(',', '.');
    if (!/^\d+(\.\d+)?$/.test(plain) || plain.replace('.', '').length > 18) { return null; }
    const [whole, fraction = ''] = plain.split('.');
    const least = fraction.replace(/0+$/, '');
    if (least.length > decimals) { return null; }
    const number = whole.replace(/^0+(?=\d)/, '') + (least ? '.' + least : '');
    return { number: negative && number !== '0' ? '-' + number : number };
  }
  // The day stands first; four digits first are a year.
  function readDay(typed) {
    const found = typed.split(/[/\-. ]/).filter((part) => part);
    if (found.length !== 3 || !found.every((part) => /^\d+$/.test(part))) { return null; }
    const [day, month, year] = found[0].length === 4 ? [found[2], found[1], found[0]] : found;
    if (year.length !== 4) { return null; }
    const [d, m, y] = [Number(day), Number(month), Number(year)];
    const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
    const longest = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1];
    if (!longest || d < 1 || d > longest) { return null; }
    const two = (part) => String(part).padStart(2, '0');
    return { day: `${year}-${two(m)}-${two(d)}` };
  }

  const answer = (value) => ({ answer: value });
  const wrong = (code) => ({ wrong: code });
  const ABSENT = { absent: true };
  const EMPTY = { empty: true };
  const ascending = (codes) => codes.slice().sort((a, b) => a - b);

  function read(unit, fields, words) {
    const sent = fields[unit.code];
    const values = sent || [];
    const out = unit.way_out;
    if (unit.kind === 'text' || unit.kind === 'words') {
      if (!sent) { return ABSENT; }
      const text = values[values.length - 1];
      if (!text) { return EMPTY; }
      return Array.from(text).length > unit.most_chars ? wrong('text_too_long') : answer(text);
    }
    if (unit.kind === 'number' || unit.kind === 'day') {
      const isOut = (value) => out !== null && value === out.value;
      const left = values.filter((value) => !isOut(value));
      const typed = left.length ? left[left.length - 1] : null;
      const told = values.some(isOut);
      if (typed === null && !told) { return ABSENT; }
      if (!typed) { return told ? answer(out.code) : EMPTY; }
      if (told) { return wrong('several_values'); }
      const quantity = unit.kind === 'day' ? readDay(typed) : readNumber(typed, unit.decimals);
      if (!quantity) { return wrong(unit.kind === 'day' ? 'not_a_day' : 'not_a_number'); }
      const bound = (text) => ({ [unit.kind]: text });
      const low = unit.least !== null && compare(quantity, bound(unit.least)) < 0;
      const high = unit.most !== null && compare(quantity, bound(unit.most)) > 0;
      return low || high ? wrong('out_of_bounds') : answer(quantity);
    }
    const marked = Array.from(new Set(values.filter((value) => value)));
    const known = (value) => unit.choices.find((code) => String(code) === value);
    const isOut = (value) => out !== null && value === String(out.code);
    // Words beside a choice with nothing marked say which choice was meant.
    const meant = !marked.length && words && fields[words.code] && fields[words.code][fields[words.code].length - 1] ? words.choice : null;
    if (unit.kind === 'one') {
      if (marked.length > 1) { return wrong('several_values'); }
      if (!marked.length) { return meant === null ? ABSENT : answer(meant); }
      if (isOut(marked[0])) { return answer(out.code); }
      return known(marked[0]) === undefined ? wrong('wrong_option') : answer(known(marked[0]));
    }
    if (!marked.length) { return meant === null ? EMPTY : answer([meant]); }
    if (marked.some(isOut)) { return marked.length === 1 ? answer(out.code) : wrong('several_values'); }
    const codes = marked.map(known);
    return codes.includes(undefined) ? wrong('wrong_option') : answer(ascending(codes));
  }

  // Takes a page's fields, [[name, value]]: gives the answers after it and what is wrong, [[unit, code]]. Nothing is forced: what is open is
  // named once, and skipped the second time.
  function give(form, answers, code, raw, accept) {
    const step = path(form, answers).steps.find((each) => each.page === code);
    const after = Object.assign({}, answers);
    if (!step) { return { answers: after, issues: [[code, 'page_not_on_path']] }; }
    const fields = {};
    raw.forEach(([name, value]) => { (fields[name] = fields[name] || []).push(clean(value)); });
    const shown = unitsOf(step).map((unit) => unit.code);
    const page = form.pages.find((each) => each.code === code);
    const issues = [];
    const own = new Set();
    for (const place of page.parts.reduce((all, part) => all.concat(part.units), [])) {
      const unit = form.units[place];
      const next = form.units[place + 1];
      own.add(unit.code);
      const applies = unit.kind === 'words'
        ? shown.includes(unit.of) && has(after, unit.of) && holds(after[unit.of], unit.choice)
        : shown.includes(unit.code);
      if (!applies) { continue; }
      const given = read(unit, fields, next && next.kind === 'words' && next.of === unit.code ? next : null);
      if (has(given, 'answer')) {
        after[unit.code] = given.answer;
      } else if (given.wrong) {
        issues.push([unit.code, given.wrong]);
      } else if (given.empty || !has(after, unit.code)) {
        const told = after[unit.code] === SKIPPED;
        if (unit.kind === 'text' || accept || told) {
          after[unit.code] = SKIPPED;
        } else {
          delete after[unit.code];
          issues.push([unit.code, unit.kind === 'words' ? 'text_needed' : 'unanswered']);
        }
      }
    }
    Object.keys(fields).filter((name) => !own.has(name)).sort().forEach((name) => issues.push([name, 'unknown_field']));
    return { answers: after, issues };
  }

  // A text with its holes filled, {unit} by `said`; doubled braces are braces.
  function fill(text, said) {
    return text.replace(/\{\{|\}\}|\{([^}]*)\}/g, (found, unit) => {
      if (found === '{{') { return '{'; }
      return found === '}}' ? '}' : said(unit);
    });
  }
  // What was answered, in words of a language.
  function said(answers, labels, language) {
    return (unit) => {
      const given = answers.get(unit);
      const label = (choice) => (labels[unit] || {})[choice];
      if (given === undefined || given === SKIPPED || given === 98 || given === 99) { return '…'; }
      if (Array.isArray(given)) { return given.map(label).join(', '); }
      if (typeof given === 'number') { return label(given); }
      if (typeof given === 'string') { return given; }
      return written(given, language);
    };
  }
  // A quantity as a person of this language writes it.
  function written(quantity, language) {
    if (quantity.day) { return quantity.day.split('-').reverse().join('/'); }
    return language === 'en' ? quantity.number : quantity.number.replace('.', ',');
  }

  // The quasigroup of H. M. Damm, 2004: 0 for digits that end with their own check digit.
  const DAMM = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];
  // '', or what is wrong with a typed code: empty, length, check.
  function codeFault(typed) {
    const digits = codeDigits(typed);
    if (!typed.trim()) { return 'empty'; }
    if (digits.length !== 16) { return 'length'; }
    return Array.from(digits).reduce((interim, digit) => Number(DAMM[interim][digit]), 0) === 0 ? '' : 'check';
  }
  function codeDigits(typed) { return typed.normalize('NFKC').replace(/\D/g, ''); }

  globalThis.Walk = { path, nextOpen, give, fill, said, unitsOf, codeFault, codeDigits, readDay, written, SKIPPED };
})();
