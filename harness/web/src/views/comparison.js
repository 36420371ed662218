// @ts-check
/* Runs beside each other. Every figure and every sentence is the program's (harness/report/compare/comparison_json.h,
 * and beside it the comparison as Markdown); here they are only laid out. */
import { copyPart } from '../copy.js';
import { h } from '../dom.js';
import { figure } from '../figure.js';
import { paletteOf } from '../palette.js';
import { rate, share, size, time } from '../words.js';
import { changes } from './changes.js';
import { curves } from './curves.js';
import { frame, row, section, table } from './frame.js';

/** @param {Record<string, any>} run */
function sideOf({ file, service }) {
    return service === null ? file : `${file}: ${service}`;
}

function factsOf({ machine, cores, calibration, ...run }) {
    return {
        run: sideOf(run),
        started:
            (run.started ?? '–').replace('T', ' ').replace(/:\d\dZ$/, ' UTC') + (run.complete ? '' : ', cut short'),
        twofold: run.harness_version,
        trials: `${run.trials}, ${run.profile}`,
        CPU: [machine.cpu, machine.architecture].filter(Boolean).join(', '),
        cores:
            `${machine.cores}: generator on ${cores.generator}, ` +
            `services on ${cores.service}${cores.shared ? ' (shared)' : ''}`,
        memory: size(machine.memory_bytes),
        system: machine.system ?? '–',
        kernel: machine.kernel ?? '–',
        governor: machine.governor ?? '–',
        virtualisation: machine.virtualization ?? '–',
        'reference service':
            calibration === null
                ? 'not measured'
                : `${rate(calibration.throughput_rps)}, p99 ${time(calibration.p99_ns)}`,
    };
}

function machines({ runs, backends }) {
    const facts = runs.map(factsOf);
    const words = Object.keys(facts[0]);
    const same = (word) => facts.every((fact) => fact[word] === facts[0][word]);
    return section(
        'machines',
        'The runs and their machines',
        table(
            'Runs and machines',
            [h('span', { class: 'unseen' }, 'of the run'), ...runs.map(({ label }) => label)],
            words.map((word) => row([word, ...facts.map((fact) => fact[word])], same(word) ? 'same' : '')),
        ),
        h('h3', null, 'Versions'),
        table(
            'Versions of every service',
            ['service', ...runs.map(({ label }) => label)],
            backends.map(({ name, runs: sides }) =>
                row([name, ...sides.map((side) => side.absent ?? side.versions ?? '–')]),
            ),
        ),
        ...environments(runs, backends),
    );
}

/* Only of services that were not given the same in all runs. */
function environments(runs, backends) {
    const unlike = backends.filter(({ environment_same: same }) => !same);
    if (unlike.length === 0) {
        return [];
    }
    return [
        h('h3', null, 'Not the same environment'),
        table(
            'What was added to the environment of services',
            ['service', ...runs.map(({ label }) => label)],
            unlike.map(({ name, runs: sides }) => row([name, ...sides.map((side) => side.environment ?? 'nothing')])),
        ),
    ];
}

/* "~" is for eyes; whoever listens is told what it means. */
function changeCell(figures, key, isFirst) {
    const { change } = figures[key];
    if (isFirst || change === null) {
        return h('td', { class: 'change' });
    }
    const words =
        change.difference === 'not_seen'
            ? [
                  h('span', { 'aria-hidden': 'true' }, '~'),
                  h('span', { class: 'unseen' }, 'no difference seen'),
                  change.text.slice(1),
              ]
            : change.text;
    return h('td', { class: `change ${change.difference}` }, words);
}

function nameOf(palette, name, i, side) {
    return h(
        'th',
        { scope: 'row' },
        h('span', { class: i === 0 ? 'name' : 'unseen', style: `color: ${palette.colour(name)}` }, name),
        h('span', { class: 'letter' }, ` ${side.label}`),
    );
}

function verdicts({ backends }, palette) {
    const rows = backends.flatMap(({ name, runs }) =>
        runs.map((side, i) =>
            row(
                [
                    nameOf(palette, name, i, side),
                    side.holds,
                    changeCell(side.figures, 'capacity', i === 0),
                    share(side.figures.relative.value),
                    changeCell(side.figures, 'relative', i === 0),
                    h('td', { class: 'long' }, side.breaks_text ?? '–'),
                    h('td', { class: 'long' }, side.absent ?? side.cause_text ?? '–'),
                ],
                i === 0 ? 'begin' : '',
            ),
        ),
    );
    return section(
        'verdicts',
        'What each service holds, and what breaks',
        table(
            'What each service holds in every run',
            ['service, run', 'holds', 'against A', 'of reference', 'against A', 'broke, in this order', 'because'],
            rows,
            'stacked',
        ),
        h(
            'p',
            { class: 'note' },
            '“Of reference”: the load to what a minimal C service answered on the same machine in the same run. ' +
                '~: no difference seen.',
        ),
    );
}

function costs({ backends }, palette) {
    const rows = backends
        .filter(({ common_load, judged_runs }) => common_load !== null && judged_runs > 1)
        .flatMap(({ name, common_load, runs }) =>
            runs
                .filter(({ absent }) => absent === null)
                .map((side, i) =>
                    row(
                        [
                            nameOf(palette, name, i, side),
                            common_load,
                            time(side.figures.cpu_ns_per_request.value),
                            changeCell(
                                side.figures,
                                'cpu_ns_per_request',
                                side.figures.cpu_ns_per_request.change === null,
                            ),
                            size(side.figures.rss_peak_bytes.value),
                            changeCell(side.figures, 'rss_peak_bytes', side.figures.rss_peak_bytes.change === null),
                            time(side.figures.p99_ns.value),
                            changeCell(side.figures, 'p99_ns', side.figures.p99_ns.change === null),
                        ],
                        i === 0 ? 'begin' : '',
                    ),
                ),
        );
    return rows.length === 0
        ? null
        : section(
              'costs',
              'What that costs, at the highest load of the ladder that all of them hold',
              table(
                  'Costs of every service',
                  ['service, run', 'at', 'CPU time a request', 'against A', 'memory', 'against A', 'p99', 'against A'],
                  rows,
                  'stacked',
              ),
          );
}

/* What the reader came for: whether a side is better than A, by how much, and how sure that is. */
function better({ backends, answers, runs }, palette) {
    const pairs = backends.flatMap(({ name, runs: sides }) => sides.slice(1).map((side) => ({ name, side })));
    return section(
        'better',
        runs.length === 2 ? 'Is B better?' : 'Which is better?',
        h(
            'ul',
            { class: 'better' },
            answers.better.map((sentence, i) =>
                h(
                    'li',
                    { class: pairs[i].side.better.replaceAll(' ', '-') },
                    h('i', { 'aria-hidden': 'true', style: `background: ${palette.colour(pairs[i].name)}` }),
                    sentence,
                ),
            ),
        ),
        answers.trials !== null ? h('p', { class: 'note' }, answers.trials) : null,
    );
}

export function showComparison(data) {
    const palette = paletteOf(data.backends.map(({ name }) => name));
    const chart = figure(changes(data, palette));
    const over = figure(curves(data, palette));
    const sentences = data.answers.changes.filter(Boolean);

    frame(
        `${data.runs[0].scenario}, ${data.runs.length} runs compared`,
        data.runs.map((run, i) => [i > 0 ? '; ' : '', h('b', null, run.label), ` ${sideOf(run)}`]),
        [
            data.comparable
                ? null
                : h(
                      'p',
                      { class: 'forced', role: 'alert' },
                      h('b', null, 'NOT COMPARABLE'),
                      `: ${data.unlike_text}. They stand beside each other because --force was given.`,
                  ),
            better(data, palette),
            copyPart('Copy as Markdown', () => data.markdown),
            chart,
            over,
            ...(data.answers.order === null ? [] : [h('p', { class: 'order' }, data.answers.order)]),
            verdicts(data, palette),
            section(
                'orders',
                'The order of failure inside each service',
                h(
                    'ul',
                    { class: 'listed' },
                    data.answers.services.map((sentence) => h('li', null, sentence)),
                ),
            ),
            costs(data, palette),
            section(
                'differs',
                'What differs',
                h(
                    'ul',
                    { class: 'listed' },
                    sentences.map((sentence) => h('li', null, sentence)),
                ),
            ),
            machines(data),
        ],
        [
            'This page needs no network; its data is in it. Made again by ',
            h('code', null, `twofold compare --format html ${data.runs.map(({ file }) => file).join(' ')}`),
            '.',
        ],
    );
    chart.refresh();
    over.refresh();
}
