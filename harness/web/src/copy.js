// @ts-check
/* Text for elsewhere, such as a pull request: onto the clipboard, or, where the browser forbids that, selected on the
 * page so that it can be copied by hand. */
import { h } from './dom.js';

const SAID_MS = 2000;

/** @param {string} text */
async function putOnClipboard(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false; /* it has none, or does not let the page of a file use it */
    }
}

/* A button that copies what `text()` gives then; refresh() takes away what was shown of it. */
export function copyPart(label, text) {
    const button = h('button', { type: 'button', class: 'plain copy', onclick: () => copy() }, label);
    const area = h('textarea', { readonly: true, rows: 12 });
    const byHand = h(
        'label',
        { class: 'by-hand', hidden: true },
        'The browser does not let this page copy; this is the text, selected:',
        area,
    );
    const copy = async () => {
        area.value = text();
        byHand.hidden = await putOnClipboard(area.value);
        if (byHand.hidden) {
            button.textContent = 'Copied';
            setTimeout(() => (button.textContent = label), SAID_MS);
        } else {
            area.focus();
            area.select();
        }
    };
    const element = h('div', null, button, byHand);
    element.refresh = () => {
        byHand.hidden = true;
    };
    return element;
}
