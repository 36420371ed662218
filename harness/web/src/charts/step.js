// @ts-check
/* Inside one step: response time, rate, CPU, memory and what was in flight, on one axis of time, with each limit's
 * first violation marked. */
import * as Plot from '@observablehq/plot';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { judgedPercentile } from '../limits.js';
import {
    count,
    level,
    list,
    percentile,
    rate,
    runWords,
    setTime,
    share,
    shortCount,
    shortTime,
    size,
    time,
} from '../words.js';
import { FONT, powersIn, standing } from './axes.js';
import { FAILURES } from './multiples.js';

const MARGIN = { marginLeft: 62, marginRight: 12, marginTop: 6, marginBottom: 6 };

/* One row an interval. */
function rowsOf({ step }, name) {
    const { intervals, load } = step;
    const seconds = load.window_ns / 1e9;
    return intervals.offered.map((offered, i) => ({
        from: i * seconds,
        to: (i + 1) * seconds,
        offered: offered / seconds,
        good: intervals.good[i] / seconds,
        high: intervals.quantiles[name][i],
        median: intervals.quantiles.p50[i],
        max: intervals.max[i],
        inFlight: intervals.in_flight[i],
    }));
}

/* One row a sample of the host: what was used since the sample before that has the same reading; null: not read. */
function samplesOf({ step }, coreCount) {
    const { samples, load } = step;
    const { at_ns: at, cpu_ns: cpu, busiest_thread_cpu_ns: thread, rss_bytes: memory } = samples;
    let before = -1;
    return at
        .map((ns, i) => {
            const row = {
                at: ns / 1e9,
                cpu: /** @type {number | null} */ (null),
                thread: i > 0 && thread[i] !== null ? thread[i] / (ns - at[i - 1]) : null,
                memory: memory[i] === null ? null : memory[i] * step.memoryShare,
            };
            if (cpu[i] !== null) {
                row.cpu = before >= 0 ? (cpu[i] - cpu[before]) / (ns - at[before]) / coreCount : null;
                before = i;
            }
            return row;
        })
        .filter(({ at: seconds }) => seconds >= 0 && seconds <= load.measured_ns / 1e9);
}

const DASHES = ['none', '5 3', '1 3', '8 3 1 3'];

/* What each dependency used of a core, between one of its samples and the next. */
function dependenciesOf({ step }) {
    return step.dependencies.map(({ name, samples }, i) => {
        const at = samples.at_ns;
        const cores = at.map((ns, k) => ({
            x: ns / 1e9,
            y: k > 0 ? (samples.cpu_ns[k] - samples.cpu_ns[k - 1]) / (ns - at[k - 1]) : 0,
        }));
        return {
            name,
            dash: DASHES[i % DASHES.length],
            cores: cores.filter(({ x }, k) => k > 0 && x >= 0 && x <= step.load.measured_ns / 1e9),
        };
    });
}

const DASH_WORDS = { none: 'solid', '5 3': 'dashed', '1 3': 'dotted', '8 3 1 3': 'dashed and dotted' };

function dependencyPart({ dependencies, colour }) {
    if (dependencies.length === 0) {
        return [];
    }
    const most = Math.max(0.1, ...dependencies.flatMap(({ cores }) => cores.map(({ y }) => y)));
    return [
        {
            name: 'Dependencies',
            says: `CPU in cores: ${list(dependencies.map(({ name, dash }) => `${name} ${DASH_WORDS[dash]}`))}`,
            height: 70,
            tickFormat: (value) => String(value),
            y: { domain: [0, most * 1.08] },
            marks: dependencies.map(({ cores, dash }) =>
                Plot.line(cores, { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.6, strokeDasharray: dash }),
            ),
        },
    ];
}

function stairs(rows, key) {
    return rows
        .flatMap((each) => [
            { x: each.from, y: each[key] },
            { x: each.to, y: each[key] },
        ])
        .filter(({ y }) => y > 0 || key !== 'max');
}

/* The moments at which limits were first violated, as vertical lines. */
function violations(judged) {
    return judged.breaches.map(({ limit, at_ns, first }) => ({ limit, x: at_ns / 1e9, first }));
}

function row(width, height, context, part) {
    const { judged, seconds, last } = context;
    return Plot.plot({
        width,
        height: height + (last === part.name ? 28 : 0),
        ...MARGIN,
        marginBottom: last === part.name ? 34 : 6,
        style: { fontFamily: FONT, fontSize: '12px' },
        x: { domain: [0, seconds], label: null, axis: null },
        y: { ...part.y, label: null },
        marks: [
            Plot.gridY(part.ticks, { stroke: 'var(--line)', strokeOpacity: 1, ticks: 3 }),
            Plot.axisY(part.ticks, {
                tickFormat: part.tickFormat,
                tickSize: 0,
                ticks: 3,
                fontFamily: FONT,
                fontSize: 11.5,
                label: null,
            }),
            last === part.name
                ? Plot.axisX({
                      label: 'seconds into the measured part →',
                      labelAnchor: 'right',
                      labelArrow: 'none',
                      fontFamily: FONT,
                      fontSize: 12,
                      ticks: 6,
                  })
                : null,
            Plot.ruleX(violations(judged), {
                x: 'x',
                stroke: 'var(--break)',
                strokeWidth: ({ first }) => (first ? 2 : 1),
                strokeDasharray: '4 3',
                strokeOpacity: 0.9,
            }),
            ...part.marks,
        ].filter(Boolean),
    });
}

function partsOf(context) {
    const { rows, samples, limits, colour, name } = context;
    const line = (data, options) =>
        Plot.line(data, { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.8, strokeLinejoin: 'round', ...options });
    const limit = (value) =>
        value > 0 ? [Plot.ruleY([value], { stroke: 'var(--break)', strokeWidth: 1.2, strokeDasharray: '7 4' })] : [];
    const highest = Math.max(1, ...rows.map(({ max }) => max));
    const lowest = Math.max(1, Math.min(...rows.map(({ median }) => median || highest)));
    const inFlight = Math.max(1, ...rows.map((each) => each.inFlight));
    const offered = Math.max(1, ...rows.map((each) => Math.max(each.offered, each.good)));
    const memory = Math.max(1, ...samples.map((each) => each.memory));
    const judgesMemory = limits.memory_bytes > 0 && limits.memory_bytes < memory * 2.5;
    return [
        {
            name: 'Response time',
            says: `${percentile(percentileValue(name))} solid, p50 dashed, longest dotted`,
            height: 130,
            tickFormat: shortTime,
            y: { type: 'log', domain: [lowest / 1.3, Math.max(highest, limits.latency_ns) * 1.3] },
            ticks: powersIn([lowest / 1.3, Math.max(highest, limits.latency_ns) * 1.3]),
            marks: [
                ...limit(limits.latency_ns),
                line(stairs(rows, 'max'), { strokeDasharray: '1 3', strokeWidth: 1.2 }),
                line(stairs(rows, 'median'), { strokeDasharray: '5 3', strokeWidth: 1.2 }),
                line(stairs(rows, 'high'), { strokeWidth: 2.2 }),
            ],
        },
        {
            name: 'Rate',
            says: 'successful within the deadline solid, offered dashed',
            height: 84,
            tickFormat: shortCount,
            y: { domain: [0, offered * 1.05] },
            marks: [
                line(stairs(rows, 'offered'), { stroke: 'var(--muted)', strokeDasharray: '5 3', strokeWidth: 1.4 }),
                line(stairs(rows, 'good')),
            ],
        },
        {
            name: 'Waiting',
            says: 'due and not yet answered, sent or not',
            height: 70,
            tickFormat: shortCount,
            y: { domain: [0, inFlight * 1.08] },
            marks: [line(stairs(rows, 'inFlight'))],
        },
        {
            name: 'CPU',
            says: 'of its cores solid, its busiest thread dashed',
            height: 76,
            tickFormat: (value) => `${Math.round(value * 100)} %`,
            y: { domain: [0, Math.max(1.02, ...samples.map(({ cpu, thread }) => Math.max(cpu ?? 0, thread ?? 0)))] },
            marks: [
                line(
                    samples.filter(({ thread }) => thread !== null).map(({ at, thread }) => ({ x: at, y: thread })),
                    { strokeDasharray: '5 3', strokeWidth: 1.2 },
                ),
                line(samples.filter(({ cpu }) => cpu !== null).map(({ at, cpu }) => ({ x: at, y: cpu }))),
            ],
        },
        ...dependencyPart(context),
        {
            name: 'Memory',
            says: 'resident',
            height: 70,
            tickFormat: (bytes) => (bytes === 0 ? '0' : size(bytes)),
            y: { domain: [0, (judgesMemory ? Math.max(memory, limits.memory_bytes) : memory) * 1.08] },
            ticks: [0, memory / 2, memory].map(Math.round),
            marks: [
                ...(judgesMemory ? limit(limits.memory_bytes) : []),
                line(samples.filter((each) => each.memory !== null).map((each) => ({ x: each.at, y: each.memory }))),
            ],
        },
    ];
}

function percentileValue(name) {
    return name === 'p999' ? 0.999 : Number(name.slice(1)) / 100;
}

function violationNames(context, width) {
    const { judged, seconds } = context;
    const inner = width - MARGIN.marginLeft - MARGIN.marginRight;
    let free = -Infinity;
    return h(
        'div',
        { class: 'violations', 'aria-hidden': 'true' },
        violations(judged).map(({ limit, x, first }) => {
            const place = Math.max(MARGIN.marginLeft + Math.min(x / seconds, 1) * inner, free);
            free = place + 8 * limit.length + 14;
            return h(
                'span',
                {
                    class: first ? 'first' : null,
                    style: `left: ${Math.round(Math.min(place, width - 8 * limit.length))}px`,
                },
                limit,
            );
        }),
    );
}

function draw(view, width) {
    const chosen = view.chosen();
    if (chosen === null) {
        return null;
    }
    const found = view.found();
    const { judged, backend } = chosen;
    const { name } = judgedPercentile(found.limits);
    const context = {
        judged,
        name,
        limits: found.limits,
        colour: view.palette().colour(backend.name),
        seconds: judged.step.load.measured_ns / 1e9,
        rows: rowsOf(judged, name),
        samples: samplesOf(judged, found.run.coreCount),
        dependencies: dependenciesOf(judged),
        last: 'Memory',
    };
    return h(
        'div',
        { class: 'stack' },
        violationNames(context, width),
        partsOf(context).map((part) =>
            h(
                'div',
                null,
                h('p', { class: 'strip' }, h('b', null, part.name), ` ${part.says}`),
                row(width, part.height, context, part),
            ),
        ),
    );
}

function summary(view) {
    const chosen = view.chosen();
    if (chosen === null) {
        return 'No step was run.';
    }
    const { judged, backend } = chosen;
    const { run } = view.found();
    const where = `${backend.name} at ${level(run, judged.level)}${runWords(judged)}`;
    const broken = judged.breaches.map((each) => `${each.limit} at ${time(each.at_ns)} (${each.words})`);
    if (judged.verdict === 'invalid') {
        const more = broken.length > 0 ? ` What would have been said: ${list(broken)}.` : '';
        return `${where} says nothing about the service: ${judged.invalidWords}.${more}`;
    }
    const outcomes = { pass: 'holds every limit', undecided: 'has too few requests to say that it holds every limit' };
    const said = `${where} ${outcomes[judged.verdict] ?? `breaks: ${list(broken)}`}.`;
    const disturbed =
        judged.disturbedWords !== null
            ? ` Disturbed: ${judged.disturbedWords}, so its response times are longer than its own.`
            : '';
    const wrong =
        judged.firstWrong !== null
            ? ` The first wrong response, to “${judged.firstWrong.request}”: ${judged.firstWrong.in_words}.`
            : '';
    return said + disturbed + wrong;
}

function table(view) {
    const chosen = view.chosen();
    const { name } = judgedPercentile(view.found().limits);
    const rows = chosen === null ? [] : rowsOf(chosen.judged, name);
    return {
        columns: ['until', 'offered', 'successful', 'p50', percentile(percentileValue(name)), 'longest', 'waiting'],
        rows: rows.map((each) => [
            setTime(each.to * 1e9),
            rate(each.offered),
            rate(each.good),
            time(each.median),
            time(each.high),
            time(each.max),
            count(each.inFlight),
        ]),
    };
}

function facts(view) {
    const chosen = view.chosen();
    if (chosen === null) {
        return [];
    }
    const { tally, reported, load } = chosen.judged.step;
    const facts = [
        ['offered', count(tally.offered)],
        ['sent', count(tally.sent)],
        ['answered', count(tally.completed)],
        ['successful within the deadline', count(tally.good)],
        ['connections', count(load.connections)],
        ['CPU', share(reported.service_cpu_share)],
        ['CPU time a request', time(reported.cpu_ns_per_request)],
    ];
    return facts.map(([name, value]) => h('span', null, `${name} `, h('b', null, value)));
}

/* "512 timeout, 3 status": how they failed. */
function failedHow({ failed, failures }) {
    const how = Object.entries(failures)
        .filter(([, times]) => times > 0)
        .map(([kind, times]) => `${FAILURES[kind] ?? kind}${times < failed ? ` ${count(times)}` : ''}`);
    return how.length > 0 ? h('small', null, list(how)) : null;
}

/* Those that were due and never went out, because every connection was in use, are of no class. */
function unsentRow({ offered, sent }) {
    return offered > sent
        ? h(
              'tr',
              { class: 'unsent' },
              h('th', { scope: 'row' }, h('i', null, 'never sent')),
              ['–', '–', '–', '–'].map((cell) => h('td', null, cell)),
              h('td', null, count(offered - sent)),
          )
        : null;
}

/* What became of each request class, where the scenario has several. */
function requestClasses(view) {
    const requests = view.chosen()?.judged.step.requests ?? [];
    if (requests.length < 2) {
        return [];
    }
    const columns = ['request', 'sent', 'successful', 'p50', 'p99', 'failed'];
    return [
        h(
            'thead',
            null,
            h(
                'tr',
                null,
                columns.map((column) => h('th', { scope: 'col' }, column)),
            ),
        ),
        h(
            'tbody',
            null,
            unsentRow(view.chosen().judged.step.tally),
            requests.map((request) =>
                h(
                    'tr',
                    null,
                    h(
                        'th',
                        { scope: 'row' },
                        request.name,
                        request.expectation === 'expected_error' ? h('small', null, 'expected error') : null,
                    ),
                    [count(request.offered), count(request.good), time(request.p50_ns), time(request.p99_ns)].map(
                        (cell) => h('td', null, cell),
                    ),
                    h('td', null, count(request.failed), failedHow(request)),
                ),
            ),
        ),
    ];
}

/* Backend, trial and step, by keyboard; the ladder's points and the cells above do the same. */
function pickers(view) {
    const backend = h('select', { 'aria-label': 'backend', onchange: ({ target }) => pick(target.value, null) });
    const trial = h('select', {
        'aria-label': 'trial',
        onchange: ({ target }) => pick(view.chosen().backend.name, Number(target.value)),
    });
    const step = h('select', {
        'aria-label': 'step',
        onchange: ({ target }) => choose(view.chosen().backend, Number(target.value)),
    });
    const move = (by) => {
        const { backend: at, judged } = view.chosen();
        const all = at.steps.filter((each) => each.trial === judged.trial);
        const next = all[all.indexOf(judged) + by];
        if (next !== undefined) {
            view.choose(next, at.name);
        }
    };
    const back = h('button', { type: 'button', 'aria-label': 'the step before', onclick: () => move(-1) }, '←');
    const on = h('button', { type: 'button', 'aria-label': 'the next step', onclick: () => move(1) }, '→');
    const choose = (at, order) =>
        view.choose(
            at.steps.find((each) => each.step.order === order),
            at.name,
        );
    const pick = (name, number) => {
        const at = view.found().backends.find((each) => each.name === name);
        const level = view.chosen().judged.level;
        const steps = number === null ? standing(at) : at.steps.filter((each) => each.trial === number);
        const nearest = [...steps].sort((a, b) => Math.abs(a.level - level) - Math.abs(b.level - level))[0];
        view.choose(number === null ? (at.firstBreak ?? nearest) : nearest, name);
    };
    const element = h('div', { class: 'pickers' }, backend, trial, back, step, on);
    element.refresh = () => {
        const chosen = view.chosen();
        element.hidden = chosen === null;
        if (chosen === null) {
            return;
        }
        const { run, backends } = view.found();
        const { backend: at, judged } = chosen;
        const trials = [...new Set(at.steps.map((each) => each.trial))];
        const all = at.steps.filter((each) => each.trial === judged.trial);
        backend.replaceChildren(
            ...backends
                .filter(({ steps }) => steps.length > 0)
                .map(({ name }) => h('option', { value: name, selected: name === at.name }, name)),
        );
        trial.replaceChildren(
            ...trials.map((each) => h('option', { value: each, selected: each === judged.trial }, `trial ${each}`)),
        );
        trial.hidden = trials.length < 2;
        step.replaceChildren(
            ...all.map((each) =>
                h(
                    'option',
                    { value: each.step.order, selected: each === judged },
                    `${level(run, each.level)}${runWords(each)}: ${each.verdict}` +
                        `${each === at.firstBreak ? ', first break' : ''}`,
                ),
            ),
        );
        back.disabled = judged === all[0];
        on.disabled = judged === all.at(-1);
    };
    return element;
}

export function insideStep(view) {
    const picker = pickers(view);
    const numbers = h('p', { class: 'facts' });
    const requests = h('table', { class: 'data requests', 'aria-label': 'by kind of request' });
    const element = figure({
        title: 'Inside a step',
        level: 2,
        before: h(
            'div',
            null,
            picker,
            numbers,
            h(
                'div',
                { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The requests of the step' },
                requests,
            ),
        ),
        draw: (width) => draw(view, width),
        summary: () => summary(view),
        table: () => table(view),
    });
    const refresh = element.refresh;
    element.id = 'step';
    element.refresh = () => {
        picker.refresh();
        numbers.replaceChildren(...facts(view));
        requests.replaceChildren(...requestClasses(view));
        requests.parentElement.hidden = requests.childElementCount === 0;
        refresh();
    };
    return element;
}
