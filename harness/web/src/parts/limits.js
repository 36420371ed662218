// @ts-check
/* The limits, to be moved: whatever is written here judges the whole page again. */
import { h } from '../dom.js';
import {
    assignments,
    LATENCIES_NS,
    nearestLatency,
    PERCENTILES,
    percentileName,
    readLatency,
    readShare,
    readSize,
    sameLimits,
    writeShare,
    writeSize,
    writeTime,
} from '../limits.js';

const FIELDS = [
    {
        key: 'latency_ns',
        label: 'at most',
        read: readLatency,
        write: writeTime,
        expects: 'a time such as 50ms, or none',
    },
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

/* What stands under the limits: what they are, and what is being done about them. */
function noteOf(view, moved, reset) {
    const { run } = view.found();
    const { limits } = view.state();
    const options = assignments(limits, run.own).map((each) => `--limit ${each}`);
    const command = h('code', null, ['twofold report', run.file, ...options].join(' '));
    if (!view.canJudge()) {
        return moved
            ? ['This page cannot judge by other limits: it was built without WebAssembly. In the terminal: ', command]
            : ['Limits cannot be moved in this page: it was built without WebAssembly (clang, lld and wasi-libc).'];
    }
    if (view.problem() !== null) {
        return [`These limits could not be judged: ${view.problem()}. `, reset];
    }
    if (view.judging()) {
        return ['Judging the run again …'];
    }
    return moved ? ['Not the run’s own limits. The same in the terminal: ', command, ' ', reset] : [];
}

export function limitsPart(view) {
    const change = (part) => view.setLimits({ ...view.state().limits, ...part });
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
                    target.value = field.write(value);
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
        min: 0,
        max: LATENCIES_NS.length - 1,
        step: 1,
        'aria-label': 'limit of the response time',
        oninput: ({ target }) => change({ latency_ns: LATENCIES_NS[Number(target.value)] }),
    });
    const reset = h(
        'button',
        { type: 'button', class: 'plain', onclick: () => view.setLimits(view.found().run.own) },
        'Back to the run’s own limits',
    );
    const note = h('p', { class: 'note', 'aria-live': 'polite' });
    for (const control of [...inputs, percentile, slider]) {
        control.disabled = !view.canJudge();
    }

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
        h(
            'h2',
            { id: 'limits' },
            'Limits',
            view.canJudge() ? h('small', null, 'move them: everything here is judged again') : null,
        ),
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
        const { run } = view.found();
        const { limits } = view.state();
        const { own } = run;
        FIELDS.forEach(({ key, write }, i) => {
            if (document.activeElement !== inputs[i]) {
                /* what is being written there stays */
                inputs[i].value = write(limits[key]);
                inputs[i].removeAttribute('aria-invalid');
            }
            inputs[i].classList.toggle('moved', limits[key] !== own[key]);
        });
        percentile.value = percentileName(limits.percentile);
        slider.value = String(nearestLatency(limits.latency_ns || 1e9));
        slider.setAttribute('aria-valuetext', writeTime(limits.latency_ns));
        const moved = !sameLimits(limits, own);
        element.classList.toggle('moved', moved);
        note.replaceChildren(...noteOf(view, moved, reset));
    };
    return element;
}
