// @ts-check
/* A chart with everything around it that makes it readable without seeing it: a heading, a summary in words, and the
 * same numbers as a table. It draws itself again when its width changes. */
import { h } from './dom.js';
import { drawSoon } from './later.js';
import { saveAsSvg } from './save.js';

let made = 0;

function tableOf({ columns, rows, caption }) {
    return h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${caption}: the numbers` },
        h(
            'table',
            { class: 'data' },
            h('caption', { class: 'unseen' }, caption),
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
                rows.map((row) =>
                    h(
                        'tr',
                        null,
                        row.map((cell, i) => h(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : null, cell)),
                    ),
                ),
            ),
        ),
    );
}

/* `part`: {title, level, before, after, draw(width): element or null, summary(): text, table(): {columns, rows},
 * className}. Returns the element with refresh() on it, to be called when what it shows has changed. */
export function figure(part) {
    const id = `figure-${++made}`;
    const heading = h(`h${part.level ?? 3}`, { id }, part.title);
    const summary = h('p', { class: 'summary' });
    const chart = h('div', { class: 'chart' });
    const details = h(
        'details',
        { class: 'numbers' },
        h('summary', null, 'The numbers', h('span', { class: 'unseen' }, ` of ${part.title}`)),
    );
    /* one picture is one file */
    const save = h(
        'button',
        {
            type: 'button',
            class: 'plain save',
            'aria-label': `Save as SVG: ${part.title}`,
            onclick: () => saveAsSvg(chart.querySelector('svg'), part.title),
        },
        'Save as SVG',
    );
    const element = h(
        'figure',
        { class: part.className, 'aria-labelledby': id },
        h('figcaption', null, heading, summary),
        part.before ?? null,
        chart,
        part.after ?? null,
        h('div', { class: 'under' }, details, save),
    );
    let width = 0;

    const fill = () => {
        details.querySelector('.scroll')?.remove();
        if (details.open) {
            details.append(tableOf({ caption: part.title, ...part.table() }));
        }
    };
    const draw = () => {
        const drawn = width > 0 ? part.draw(width) : null;
        if (drawn) {
            for (const svg of drawn.matches('svg') ? [drawn] : drawn.querySelectorAll('svg')) {
                svg.setAttribute('role', 'img');
                svg.setAttribute('aria-label', `${part.title}: ${summary.textContent}`);
                for (const inner of svg.querySelectorAll('[aria-label]')) {
                    /* what is in a picture has no names of its own */
                    inner.dataset.mark = inner.getAttribute('aria-label');
                    inner.removeAttribute('aria-label');
                }
            }
        }
        chart.replaceChildren(...(drawn ? [drawn] : []));
        save.hidden = chart.querySelectorAll('svg').length !== 1;
    };
    element.refresh = () => {
        summary.textContent = part.summary();
        drawSoon(element, draw);
        fill();
    };
    details.addEventListener('toggle', fill);
    new ResizeObserver((entries) => {
        const now = Math.floor(entries[0].contentRect.width);
        if (now !== width && now > 0) {
            width = now;
            drawSoon(element, draw);
        }
    }).observe(chart);
    summary.textContent = part.summary();
    return element;
}
