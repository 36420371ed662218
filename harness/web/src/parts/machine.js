// @ts-check
/* What must be known before any of it is believed: the warnings, the machine, and the scenario itself. */
import { h } from '../dom.js';
import { count, level, rate, setTime, share, size, time } from '../words.js';

function calibrationWords(calibration) {
    if (calibration === null) {
        return null;
    }
    return (
        `a minimal C service answers ${rate(calibration.throughput_rps)} over ${calibration.connections} connections ` +
        `(p99 ${time(calibration.p99_ns)}; CPU a request ${time(calibration.service_cpu_ns_per_request)} its own, ` +
        `${time(calibration.generator_cpu_ns_per_request)} the load generator’s, which was ` +
        `${share(calibration.generator_busy_share)} busy): the most that can be shown here`
    );
}

/* "block 1: 168,000/s, block 2: 90,000/s (disturbed, left out), block 3: 181,000/s; 7.2 % apart" */
function blocksWords({ calibrations, calibration_spread: spread }) {
    if (calibrations.length === 0) {
        return null;
    }
    const words = calibrations.map(
        ({ trial, throughput_rps, disturbed }) =>
            `block ${trial}: ${rate(throughput_rps)}${disturbed ? ' (disturbed, left out)' : ''}`,
    );
    return words.join(', ') + (spread !== null ? `; ${share(spread.share)} apart` : '');
}

const boxesWords = ({ boxes }) => boxes.map(({ in_words: words }) => words).join('; ');

function followedWords({ backends }) {
    const followed = backends.filter(({ followed: known }) => known !== null);
    return followed.length > 0
        ? followed
              .map(({ name, followed: process }) => `${name} with process ${process}, which listens on its port`)
              .join('; ')
        : null;
}

function factsOf(run) {
    const {
        machine,
        cores,
        calibration,
        doubling,
        profile,
        trials,
        started,
        harness_version,
        arrivals,
        deadline_ns,
        seed,
    } = run.report;
    const known = (word) => (word === null || word === undefined || word === 'unknown' ? null : word);
    return [
        ['CPU', [machine.cpu, machine.architecture].filter(Boolean).join(', ')],
        [
            'cores',
            `${machine.cores}: load generator on ${cores.generator}, ` +
                `services on ${cores.service}${cores.shared ? ', shared' : ''}`,
        ],
        ['box of each service', cores.box],
        ['what a larger box buys', boxesWords(run.report)],
        ['memory', size(machine.memory_bytes)],
        ['system', [machine.system, machine.kernel].filter(Boolean).join(', kernel ')],
        ['virtualisation', known(machine.virtualization)],
        ['clock governor', known(machine.governor)],
        [
            'load before the run',
            machine.load1 === null ? null : `${Number(machine.load1).toFixed(2)} on ${machine.cores} cores`,
        ],
        ['reference', calibrationWords(calibration)],
        ['reference, before each block of trials', blocksWords(run.report)],
        ['read', followedWords(run.report)],
        [
            'doubling',
            `from ${level(run, doubling.from)}, ${doubling.steps} steps${arrivals ? `, ${arrivals} arrivals` : ''}`,
        ],
        ['deadline', setTime(deadline_ns)],
        [
            'run',
            [
                started,
                profile,
                `${count(trials)} trial${trials === 1 ? '' : 's'}`,
                `seed ${seed}`,
                `twofold ${harness_version}`,
            ]
                .filter(Boolean)
                .join(', '),
        ],
        ['run log', run.file],
    ].filter(([, value]) => value);
}

export function machinePart(view) {
    const warnings = h('ul', { class: 'warnings' });
    const facts = h('dl', { class: 'machine' });
    const scenario = h('pre', { tabindex: 0, role: 'region', 'aria-label': 'The scenario’s file' });
    const warned = h(
        'section',
        { 'aria-labelledby': 'warnings' },
        h('h2', { id: 'warnings' }, 'What to know before believing it'),
        warnings,
    );
    const element = h(
        'div',
        { class: 'ground' },
        warned,
        h('section', { 'aria-labelledby': 'machine' }, h('h2', { id: 'machine' }, 'The machine and the run'), facts),
        h(
            'section',
            { 'aria-labelledby': 'scenario' },
            h('h2', { id: 'scenario' }, 'The scenario'),
            h('details', { open: true }, h('summary', null, 'Byte for byte, as it was run'), scenario),
        ),
    );

    element.refresh = () => {
        const { run } = view.found();
        warned.hidden = run.report.warnings.length === 0;
        warnings.replaceChildren(
            ...run.report.warnings.map(({ text, command }) =>
                h('li', null, text, command !== null ? h('code', { class: 'command' }, command) : null),
            ),
        );
        facts.replaceChildren(...factsOf(run).flatMap(([name, value]) => [h('dt', null, name), h('dd', null, value)]));
        scenario.textContent = run.scenarioText;
    };
    return element;
}
