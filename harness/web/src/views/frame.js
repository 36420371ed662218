/* What stands around a view that is not a report of runs: whose page it is, its title, and in which light. */
import { h } from '../dom.js';
import { isDark, mark } from '../parts/head.js';

function themeButton() {
    const button = h('button', { type: 'button', class: 'theme', onclick: () => {
        document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
        name();
    } });
    const name = () => {
        button.textContent = isDark() ? 'Light' : 'Dark';
        button.setAttribute('aria-label', `Switch to the ${isDark() ? 'light' : 'dark'} theme`);
    };
    name();
    return button;
}

export function frame(title, about, main, foot) {
    document.title = `${title} – twofold`;
    document.getElementById('page').replaceChildren(
        h('header', null,
            h('div', { class: 'bar' }, h('span', { class: 'brand' }, mark(), 'twofold'), h('span', { class: 'fill' }), themeButton()),
            h('h1', null, title), h('p', { class: 'about' }, about)),
        h('main', null, main),
        h('footer', null, h('p', null, foot)));
}

/* A table that scrolls by itself when it is too wide; the first column names the row. */
export function table(label, columns, rows, className = '') {
    return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
        h('table', { class: `compared ${className}` },
            h('thead', null, h('tr', null, columns.map((column) => h('th', { scope: 'col' }, column)))),
            h('tbody', null, rows)));
}

export function row(cells, className) {
    return h('tr', className ? { class: className } : null, cells.map((cell, i) =>
        (cell instanceof Element && ['TD', 'TH'].includes(cell.tagName) ? cell : h(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : null, cell))));
}

export function section(id, title, ...content) {
    return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), content);
}
