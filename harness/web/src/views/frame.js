// @ts-check
/* What stands around a view that is not a report of runs: whose page it is, its title, and in which light. */
import { h } from '../dom.js';
import { isDark, mark } from '../parts/head.js';

function themeButton() {
    const button = h('button', {
        type: 'button',
        class: 'theme',
        onclick: () => {
            document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
            name();
        },
    });
    const name = () => {
        button.textContent = isDark() ? 'Light' : 'Dark';
        button.setAttribute('aria-label', `Switch to the ${isDark() ? 'light' : 'dark'} theme`);
    };
    name();
    return button;
}

export function frame(title, about, main, foot) {
    document.title = `${title} – twofold`;
    document
        .getElementById('page')
        ?.replaceChildren(
            h(
                'header',
                null,
                h(
                    'div',
                    { class: 'bar' },
                    h('span', { class: 'brand' }, mark(), 'twofold'),
                    h('span', { class: 'fill' }),
                    themeButton(),
                ),
                h('h1', null, title),
                h('p', { class: 'about' }, about),
            ),
            h('main', null, main),
            h('footer', null, h('p', null, foot)),
        );
}

const role = (tag, name, attributes, ...children) => h(tag, { role: name, ...attributes }, ...children);

/* A table that scrolls by itself when it is too wide; the first column names the row. One that is `stacked` is a card a
 * row on a phone, each figure under its column's name. A column is its words, or {words, className}. */
export function table(label, columns, rows, className = '') {
    const heads = columns.map((column) => (column.words === undefined ? { words: column, className: null } : column));
    const names = heads.map(({ words }) => (typeof words === 'string' ? words : words.textContent));
    for (const cells of rows) {
        [...cells.children].forEach((cell, i) => {
            cell.dataset.label = names[i];
        });
    }
    return h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
        role(
            'table',
            'table',
            { class: `compared ${className}`, 'aria-label': label },
            role(
                'thead',
                'rowgroup',
                null,
                role(
                    'tr',
                    'row',
                    null,
                    heads.map((head) =>
                        role('th', 'columnheader', { scope: 'col', class: head.className }, head.words),
                    ),
                ),
            ),
            role('tbody', 'rowgroup', null, rows),
        ),
    );
}

export function row(cells, className) {
    const isCell = (cell) => cell instanceof Element && ['TD', 'TH'].includes(cell.tagName);
    const made = cells.map((cell, i) =>
        isCell(cell) ? cell : h(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : null, cell),
    );
    made.forEach((cell) => cell.setAttribute('role', cell.tagName === 'TH' ? 'rowheader' : 'cell'));
    return role('tr', 'row', className ? { class: className } : null, made);
}

export function section(id, title, ...content) {
    return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), content);
}
