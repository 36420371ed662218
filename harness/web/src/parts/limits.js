/* The limits, to be moved: whatever is written here judges the whole page again. */
import { h } from '../dom.js';
import {
    assignments,
    limitsOf,
    PERCENTILES,
    percentileName,
    readShare,
    readSize,
    readTime,
    sameLimits,
    writeShare,
    writeSize,
    writeTime,
} from '../rules/limits.js';

const FIELDS = [
    { key: 'latency_ns', label: 'at most', read: readTime, write: writeTime, expects: 'a time such as 50ms, or none' },
    {
        key: 'error_share',
        label: 'failed, at most',
        read: readShare,
        write: writeShare,
        expects: 'a share such as 0.1%, or none',
    },
    {
        key: 'throughput_share',
        label: 'answered well in time, at least',
        read: readShare,
        write: writeShare,
        expects: 'a share such as 95%, or none',
    },
    {
        key: 'memory_bytes',
        label: 'memory, at most',
        read: readSize,
        write: writeSize,
        expects: 'a size such as 512MiB, or none',
    },
];

/* A slider for the latency limit: each notch is a tenth of a power of ten, from 0.1 ms to 10 s. */
const NOTCHES = { least: 50, most: 100 };
const nsOf = (notch) => Number((10 ** (notch / 10)).toPrecision(2));
const notchOf = (ns) => Math.min(NOTCHES.most, Math.max(NOTCHES.least, Math.round(10 * Math.log10(Math.max(ns, 1)))));

export function limitsPart(view) {
    const change = (part) => view.setLimits({ ...view.found().limits, ...part });
    const complaint = h('p', { class: 'complaint', role: 'alert' });

    const inputs = FIELDS.map((field) =>
        h('input', {
            id: `limit-${field.key}`,
            type: 'text',
            size: 8,
            autocomplete: 'off',
            spellcheck: 'false',
            autocapitalize: 'off',
            onchange: ({ target }) => {
                const value = field.read(target.value);
                target.setAttribute('aria-invalid', String(value === undefined));
                complaint.textContent = value === undefined ? `“${target.value}”: expected ${field.expects}` : '';
                if (value !== undefined) {
                    change({ [field.key]: value });
                }
            },
        }),
    );
    const percentile = h(
        'select',
        {
            id: 'limit-percentile',
            'aria-label': 'percentile of the response time',
            onchange: ({ target }) => change({ percentile: PERCENTILES[target.value] }),
        },
        Object.entries(PERCENTILES).map(([name, value]) =>
            h('option', { value: name }, `p${Number((value * 100).toFixed(1))}`),
        ),
    );
    const slider = h('input', {
        type: 'range',
        min: NOTCHES.least,
        max: NOTCHES.most,
        step: 1,
        'aria-label': 'limit of the response time',
        oninput: ({ target }) => change({ latency_ns: nsOf(Number(target.value)) }),
    });
    const reset = h(
        'button',
        { type: 'button', class: 'plain', onclick: () => view.setLimits(limitsOf(view.found().run.report.limits)) },
        'Back to the run’s own limits',
    );
    const note = h('p', { class: 'note' });

    const field = (i, ...more) =>
        h(
            'div',
            { class: 'field' },
            h('label', { for: `limit-${FIELDS[i].key}` }, FIELDS[i].label),
            inputs[i],
            ...more,
        );
    const element = h(
        'section',
        { class: 'limits', 'aria-labelledby': 'limits' },
        h('h2', { id: 'limits' }, 'Limits', h('small', null, 'move them: everything here is judged again')),
        h(
            'form',
            { onsubmit: (event) => event.preventDefault() },
            h(
                'div',
                { class: 'field latency' },
                h('label', { for: 'limit-percentile' }, 'response time'),
                percentile,
                h('label', { for: 'limit-latency_ns' }, FIELDS[0].label),
                inputs[0],
                slider,
            ),
            field(1),
            field(2),
            field(3),
        ),
        complaint,
        note,
    );

    element.refresh = () => {
        const { limits, run } = view.found();
        const own = limitsOf(run.report.limits);
        FIELDS.forEach(({ key, write }, i) => {
            if (document.activeElement !== inputs[i] || inputs[i].getAttribute('aria-invalid') !== 'true') {
                inputs[i].value = write(limits[key]);
                inputs[i].removeAttribute('aria-invalid');
            }
            inputs[i].classList.toggle('moved', limits[key] !== own[key]);
        });
        percentile.value = percentileName(limits.percentile);
        slider.value = String(notchOf(limits.latency_ns || 1e9));
        slider.setAttribute('aria-valuetext', writeTime(limits.latency_ns));
        const moved = !sameLimits(limits, own);
        element.classList.toggle('moved', moved);
        note.replaceChildren(
            ...(moved
                ? [
                      'Not the run’s own limits. The same in the terminal: ',
                      h(
                          'code',
                          null,
                          [
                              'twofold report',
                              run.file,
                              ...assignments(limits, own).map((each) => `--limit ${each}`),
                          ].join(' '),
                      ),
                      ' ',
                      reset,
                  ]
                : []),
        );
    };
    return element;
}
