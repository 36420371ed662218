// @ts-check
/* Services beside each other: a column each, a row a figure, what the figure means under its name, and a bar to compare
 * by eye. On a phone the name stands above its figures. */
import { h } from '../dom.js';

const role = (tag, name, attributes, ...children) => h(tag, { role: name, ...attributes }, ...children);

function cellOf(figure, backend, most) {
    const value = figure.value(backend);
    const known = value !== null && value !== undefined;
    const small = known ? (figure.beside?.(backend) ?? null) : null;
    const bar =
        known && most > 0
            ? h('i', {
                  class: 'bar-of',
                  style: `width: ${((Math.max(0, value) / most) * 100).toFixed(1)}%`,
                  'aria-hidden': 'true',
              })
            : null;
    return role(
        'td',
        'cell',
        null,
        h('span', { class: 'value' }, known ? figure.write(value, backend) : '–'),
        bar,
        small !== null ? h('small', null, small) : null,
    );
}

function rowOf(figure, backends) {
    const most = figure.bar === false ? 0 : Math.max(0, ...backends.map((backend) => figure.value(backend) ?? 0));
    return role(
        'tr',
        'row',
        null,
        role('th', 'rowheader', { scope: 'row' }, figure.name, h('small', null, figure.says)),
        backends.map((backend) => cellOf(figure, backend, most)),
    );
}

/* `figures`: [{name, says, value(backend): number or null, write(value, backend), beside(backend): words or null,
 * bar}]; one that is known of nobody has no row, unless it is `always` there. */
export function beside(label) {
    const table = role('table', 'table', { class: 'beside', 'aria-label': label });
    const element = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);

    element.show = (figures, backends, palette) => {
        const known = (figure) => figure.always || backends.some((backend) => (figure.value(backend) ?? null) !== null);
        table.style.setProperty('--services', String(backends.length));
        table.replaceChildren(
            role(
                'thead',
                'rowgroup',
                null,
                role(
                    'tr',
                    'row',
                    null,
                    role('td', 'cell', null),
                    backends.map(({ name }) =>
                        role('th', 'columnheader', { scope: 'col', style: `color: ${palette.colour(name)}` }, name),
                    ),
                ),
            ),
            role(
                'tbody',
                'rowgroup',
                null,
                figures.filter(known).map((figure) => rowOf(figure, backends)),
            ),
        );
    };
    return element;
}
