// @ts-check
/* One page, three views: which one, stands beside the data. */
import './style/base.css';
import './style/type.css';
import './style/top.css';
import './style/headroom.css';
import './style/glance.css';
import './style/limits.css';
import './style/charts.css';
import './style/step.css';
import './style/machine.css';
import './style/narrow.css';
import './style/print.css';
import './parts/parts.css';
import './views/views.css';
import './views/matrix.css';
import { showReport } from './main.js';
import { unpackText } from './packed.js';
import { showComparison } from './views/comparison.js';
import { showResults } from './views/results.js';

const VIEWS = { report: showReport, comparison: showComparison, results: showResults };
const element = /** @type {HTMLElement} */ (document.getElementById('twofold-data'));
const data = JSON.parse(await unpackText(element.textContent ?? ''));
const logs = [...document.querySelectorAll('.twofold-log')].map(({ textContent }) => textContent ?? '');

await VIEWS[/** @type {keyof typeof VIEWS} */ (element.dataset.view)](data, logs);
