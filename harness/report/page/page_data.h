/* page_data: a run as the page shows it, under the limits in force. What every moved limit changes is in here; what is
 * only drawn is in the run log that the page holds beside it (report/page/page_log.h).
 *
 *   file                       the run log's name
 *   report                     what `--format json` says (report/data/json.h)
 *   markdown                   the report as Markdown, for a pull request
 *   scenario_text              the scenario, byte for byte
 *   shown[]                    for each of report.backends:
 *     standing_trial           the trial that stands for the service, counted from 1; null: none does
 *     last_good, lowest_break, first_break
 *                              of that trial: indexes into report's steps; null: there is none
 *     steps[]                  for each of its steps:
 *       breaks[]               for each of report's: what was seen against what was allowed, in words
 *       first_breaks           how many of them stand at the earliest moment: those broke first
 *       invalid                why it is invalid, in words; null: it is not
 *       disturbed              what took from service or generator, in words; null: nothing that counts
 *       intervals              the 95 % intervals of the percentiles of response time, by name: [low, high] in ns;
 *                              null: too few intervals of the step
 *       memory_share           of its resident memory that is real: pages that processes share count once
 *     recovery_gap_ns          from the end of the ladder's last measured part to the start of the recovery; null:
 * there was no recovery soak                     as an element of steps, and {trial, sentence: what the text report
 * says of it, estimate, interval: how its memory rose, in words}; null: there was none */
#ifndef TWOFOLD_REPORT_PAGE_PAGE_DATA_H
#define TWOFOLD_REPORT_PAGE_PAGE_DATA_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/data/figure_stream.h"

/* Put the object described above into the array that is open, or at the top. */
void page_data_put(struct figure_stream *stream, const struct findings *findings, const char *file);

/* Append it without line ends. The same findings give the same bytes. */
void page_data_write(const struct findings *findings, const char *file, struct text *out);

#endif
