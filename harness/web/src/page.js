/* One page, three views: which one, stands beside the data. */
import './style/base.css';
import './style/type.css';
import './style/top.css';
import './style/glance.css';
import './style/limits.css';
import './style/charts.css';
import './style/step.css';
import './style/machine.css';
import './style/narrow.css';
import './style/print.css';
import './parts/parts.css';
import './views/views.css';
import { showReport } from './main.js';
import { showComparison } from './views/comparison.js';
import { showResults } from './views/results.js';

const VIEWS = { report: showReport, comparison: showComparison, results: showResults };
const data = document.getElementById('twofold-data');

VIEWS[data.dataset.view](data.textContent);
