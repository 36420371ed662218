/* panel: what a terminal shows while a run goes on: the ladder so far, a row a service and a mark a step, and below it
 * the step that runs: its rate, response times, CPU and memory, each with a line of how it went (a sparkline), and the
 * time left at most. It is text in memory: whoever has the terminal draws it (screen.h). */
#ifndef TWOFOLD_CLI_LIVE_PANEL_H
#define TWOFOLD_CLI_LIVE_PANEL_H

#include "analysis/verdict/verdict.h"
#include "base/text.h"
#include "bench/progress.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum panel_figure { PANEL_GOOD, PANEL_P50, PANEL_P99, PANEL_CORES, PANEL_MEMORY, PANEL_FIGURES };

enum { PANEL_HISTORY = 60 }; /* readings that a sparkline has at most: six seconds */

/* A service. */
struct panel_row {
    char *name;
    unsigned trial;       /* of its last step */
    unsigned char *marks; /* enum verdict of each step, and PANEL_GAP between two trials */
    size_t count;
    uint64_t level;      /* of its last step, */
    struct text verdict; /* and what that came to, in words */
};

#define PANEL_GAP 0xff

struct panel {
    bool colour;
    struct panel_row *rows;
    size_t row_count;
    double history[PANEL_FIGURES][PANEL_HISTORY];
    size_t history_count;
    char *backend; /* whose step the history is of; NULL: none has begun */
    uint64_t level;
};

void panel_release(struct panel *panel);

/* A reading of the step that runs. A new step begins a new history. */
void panel_add_live(struct panel *panel, const struct progress_live *live);

/* A step has ended; `words` say what it came to. */
void panel_add_step(struct panel *panel, const struct step_record *record, enum verdict verdict, const char *words);

/* Append the ladder, a line a service, in at most `width` columns and the last `rows` services. Returns the number of
 * lines. */
size_t panel_write_ladder(const struct panel *panel, size_t width, size_t rows, struct text *out);

/* Append the step that runs; `live` is its last reading. Returns the number of lines. */
size_t panel_write_step(const struct panel *panel, const struct progress_live *live, size_t width, struct text *out);

/* The lines that panel_write_step takes. */
enum { PANEL_STEP_LINES = PANEL_FIGURES + 2 };

/* Append a sparkline of `count` readings between 0 and the highest of them; a reading that is not known is a blank. */
void panel_sparkline(struct text *out, const double *readings, size_t count);

#endif
