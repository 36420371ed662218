// @ts-check
/* Every backend's ladder at a glance: a row each, a column a level, and in each cell what became of the step. Cells are
 * buttons: they choose the step that is shown from inside. */
import { levels, standing } from '../charts/axes.js';
import { h } from '../dom.js';
import { judgedPercentile } from '../limits.js';
import { spreadWords } from '../spread.js';
import { level, levelParts, list, percentile, runWords, shortCount, time } from '../words.js';

/* As much as there is room for; the cell's title says all. */
function shortLimits({ firstLimits: first }) {
    return first.length < 3 ? list(first) : `${first[0]} and ${first.length - 1} more`;
}

/* A percentile with fewer than ten requests above it is shown as what it is. */
function timeWords(judged, share) {
    const { quantiles, total } = judged.step.response;
    const words = time(quantiles[share.name]);
    return total * (1 - share.share) < 10 - 1e-6 ? `(${words})` : words;
}

function wordsOf(found, backend, judged) {
    const quantile = timeWords(judged, judgedPercentile(found.limits));
    const spread = spreadWords(found, backend, judged);
    const sure = spread !== null ? ` (${spread})` : '';
    const took = `${percentile(judgedPercentile(found.limits).share)} ${quantile}${sure}`;
    switch (judged.verdict) {
        case 'break':
            return { short: shortLimits(judged), long: `breaks: ${list(judged.limits)}; ${took}` };
        case 'invalid':
            return { short: 'invalid', long: `invalid: ${judged.invalidWords}` };
        case 'undecided':
            return { short: quantile, long: `not decided, ${took}: too few requests to say that it holds` };
        default:
            return judged.disturbedWords !== null
                ? { short: `${quantile}*`, long: `holds, ${took}, although ${judged.disturbedWords}` }
                : { short: quantile, long: `holds, ${took}` };
    }
}

/* The same where there is no room: on a phone. */
function tiny({ verdict, firstLimits: first }) {
    const marks = { pass: '✓', invalid: '?', undecided: '~' };
    return marks[verdict] ?? first[0].slice(0, 3);
}

/* How the step went in every trial, where there are several: one mark each. */
function pips(backend, at) {
    if (backend.trials < 2) {
        return null;
    }
    const last = new Map();
    for (const each of backend.steps.filter((step) => step.level === at)) {
        last.set(each.trial, each.verdict);
    }
    return h(
        'span',
        { class: 'pips', 'aria-hidden': 'true' },
        [...last.values()].map((verdict) => h('i', { class: verdict })),
    );
}

/* The lowest load of a column that broke. Where a search found the break between two columns, no cell is the break that
 * is described. */
function lowestBroken(backend, steps) {
    return [...steps.values()].includes(backend.firstBreak)
        ? null
        : ([...steps.values()].filter(({ verdict }) => verdict === 'break').sort((a, b) => a.level - b.level)[0] ??
              null);
}

function cell(view, found, backend, steps, at) {
    const judged = steps.get(at);
    if (judged === undefined) {
        return h('td', { class: 'none' }, h('span', { class: 'unseen' }, 'not run'));
    }
    const words = wordsOf(found, backend, judged);
    const { short } = words;
    const where = `${backend.name} at ${level(found.run, at)}${runWords(judged)}`;
    const again = runWords(judged).slice(2);
    const long =
        backend.distrusted !== null ? `counts for nothing, its answers do not add up (${words.long})` : words.long;
    const selected = view.selected() === judged;
    const first = judged === backend.firstBreak;
    const last = judged === backend.lastGood;
    const lowest = judged === lowestBroken(backend, steps);
    return h(
        'td',
        {
            class: [
                backend.distrusted !== null ? 'void' : judged.verdict,
                first ? 'first' : '',
                lowest ? 'lowest' : '',
                last ? 'last' : '',
            ]
                .filter(Boolean)
                .join(' '),
        },
        h(
            'button',
            {
                type: 'button',
                'data-step': `${backend.name} ${at}`,
                'aria-pressed': String(selected),
                title: `${where}: ${long}`,
                onclick: () => view.choose(judged, backend.name),
            },
            h(
                'span',
                { class: 'unseen' },
                `${where}: ${long}`,
                first ? ', the first break' : '',
                last ? ', the highest it holds' : '',
            ),
            h('span', { class: 'full', 'aria-hidden': 'true' }, short),
            again !== '' ? h('small', { class: 'again', 'aria-hidden': 'true' }, again) : null,
            h('span', { class: 'tiny', 'aria-hidden': 'true' }, tiny(judged)),
            pips(backend, at),
        ),
    );
}

/** @returns {[string, string]} the number, and what is counted */
function heldParts(found, { lastGood, firstBreak, holdsAt }) {
    if (lastGood === null) {
        return [firstBreak !== null ? 'nothing' : '–', ''];
    }
    return levelParts(found.run, holdsAt);
}

const heldWords = (found, backend) =>
    `${backend.lastGood !== null && backend.lowestBreak === null ? '≥ ' : ''}${heldParts(found, backend)[0]}`;

function headOf(found, backend, palette) {
    const { language, framework, skipped } = backend.reported;
    return h(
        'th',
        { scope: 'row' },
        h('span', { class: 'name', style: `color: ${palette.colour(backend.name)}` }, backend.name),
        h('small', null, skipped !== null ? 'took no part' : [language, framework].filter(Boolean).join(', ')),
        skipped === null && backend.distrusted === null
            ? h('small', { class: 'narrow-only held' }, `holds ${heldWords(found, backend)}`)
            : null,
        backend.distrusted !== null ? h('small', { class: 'narrow-only' }, 'answers do not add up') : null,
    );
}

function holds(found, backend) {
    if (backend.distrusted !== null) {
        return h('td', { class: 'holds distrusted' }, '–', h('small', null, 'its answers do not add up'));
    }
    const [, unit] = heldParts(found, backend);
    const held = heldWords(found, backend);
    const spread =
        backend.holdsLeast !== backend.holdsMost
            ? h('small', null, `${shortCount(backend.holdsLeast)} to ${shortCount(backend.holdsMost)}`)
            : null;
    return h('td', { class: 'holds' }, held, unit !== '' ? h('small', null, ` ${unit}`) : null, spread);
}

/* What the cells show; on a phone there is a mark where there is a time elsewhere. */
function keyPart() {
    const item = (className, ...words) => h('span', null, h('i', { class: className }), h('span', null, words));
    const wide = (words) => h('span', { class: 'wide-only' }, words);
    return h(
        'p',
        { class: 'key' },
        item('pass', 'holds every limit', wide(', with its response time, bold at the highest it holds')),
        item('break', 'breaks', wide(', with the limit that breaks first as the load grows; dark: the first break')),
        item('undecided', 'not decided', wide(': too few requests to say that every limit holds')),
        item('invalid', 'invalid', wide(': the generator or the machine was not good enough')),
        h('span', { class: 'trials-only wide-only' }, '● ◆ a trial each: held, broke'),
        h(
            'span',
            { class: 'wide-only' },
            '* disturbed by others; ( ) of few requests; framed: shown from inside below',
        ),
    );
}

/* "16,384"; on a phone "16k", so that nine of them fit. */
function loadHead(at) {
    const short = shortCount(at);
    const tiny = short.includes(',') ? `${Number((at / 1000).toPrecision(2))}k` : short;
    return h('th', { scope: 'col' }, h('span', { class: 'full' }, short), h('span', { class: 'tiny' }, tiny));
}

export function glancePart(view) {
    const table = h('table', { class: 'glance' });
    const element = h(
        'section',
        { 'aria-labelledby': 'glance' },
        h('h2', { id: 'glance', class: 'unseen' }, 'What each one holds, and what breaks'),
        h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The steps of every backend' }, table),
        keyPart(),
    );
    const key = element.querySelector('.key');

    element.refresh = () => {
        const found = view.found();
        const all = levels(found);
        const several = found.backends.some(({ trials }) => trials > 1);
        const active = document.activeElement;
        const focused = active instanceof HTMLElement && table.contains(active) ? active.dataset.step : undefined;
        key?.querySelector('.trials-only')?.toggleAttribute('hidden', !several);
        table.replaceChildren(
            h(
                'thead',
                null,
                h(
                    'tr',
                    null,
                    h('th', { scope: 'col' }, 'service'),
                    h('th', { scope: 'col', class: 'holds' }, 'holds'),
                    all.map(loadHead),
                ),
            ),
            h(
                'tbody',
                null,
                found.backends.map((backend) => {
                    const shown = standing(backend).filter(({ level: at }) => all.includes(at));
                    const steps = new Map(shown.map((judged) => [judged.level, judged]));
                    return h(
                        'tr',
                        null,
                        headOf(found, backend, view.palette()),
                        holds(found, backend),
                        all.map((at) => cell(view, found, backend, steps, at)),
                    );
                }),
            ),
        );
        [...table.querySelectorAll('button')].find(({ dataset }) => dataset.step === focused)?.focus();
    };
    return element;
}
