#include "live/panel.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/units.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is kept ---- */

void panel_release(struct panel *panel)
{
    for (size_t i = 0; i < panel->row_count; i++) {
        free(panel->rows[i].name);
        free(panel->rows[i].marks);
        text_release(&panel->rows[i].verdict);
    }
    free(panel->rows);
    free(panel->backend);
    *panel = (struct panel){0};
}

static void begin_step(struct panel *panel, const struct progress_live *live)
{
    bool same = panel->backend != NULL && strcmp(panel->backend, live->backend) == 0 && panel->level == live->level;

    if (!same) {
        free(panel->backend);
        panel->backend = mem_string(live->backend);
        panel->level = live->level;
        panel->history_count = 0;
    }
}

void panel_add_live(struct panel *panel, const struct progress_live *live)
{
    const double readings[] = {[PANEL_GOOD] = live->good_rps,
                               [PANEL_P50] = (double)live->p50_ns,
                               [PANEL_P99] = (double)live->p99_ns,
                               [PANEL_CORES] = live->service_cores,
                               [PANEL_MEMORY] = live->rss_bytes > 0 ? (double)live->rss_bytes : NAN};

    begin_step(panel, live);
    if (panel->history_count == PANEL_HISTORY) {
        panel->history_count--;
        for (int i = 0; i < PANEL_FIGURES; i++) {
            memmove(panel->history[i], panel->history[i] + 1, panel->history_count * sizeof panel->history[i][0]);
        }
    }
    for (int i = 0; i < PANEL_FIGURES; i++) {
        panel->history[i][panel->history_count] = readings[i];
    }
    panel->history_count++;
}

static struct panel_row *row_of(struct panel *panel, const char *name)
{
    for (size_t i = 0; i < panel->row_count; i++) {
        if (strcmp(panel->rows[i].name, name) == 0) {
            return &panel->rows[i];
        }
    }
    struct panel_row *row = list_add(panel->rows, panel->row_count);
    row->name = mem_string(name);
    return row;
}

void panel_add_step(struct panel *panel, const struct step_record *record, enum verdict verdict, const char *words)
{
    struct panel_row *row = row_of(panel, record->backend);

    if (row->count > 0 && row->trial != record->trial) {
        *list_add(row->marks, row->count) = PANEL_GAP;
    }
    *list_add(row->marks, row->count) = (unsigned char)verdict;
    row->trial = record->trial;
    row->level = record->level;
    text_clear(&row->verdict);
    text_add(&row->verdict, words);
}

/* ---- the ladder ---- */

static const char *mark_of(unsigned char mark)
{
    static const char *const marks[] = {
        [VERDICT_PASS] = "●", [VERDICT_BREAK] = "✖", [VERDICT_INVALID] = "·", [VERDICT_UNDECIDED] = "◐"};
    return mark == PANEL_GAP ? " " : marks[mark];
}

static const char *colour_of(unsigned char mark)
{
    static const char *const colours[] = {[VERDICT_PASS] = "\033[32m",
                                          [VERDICT_BREAK] = "\033[31m",
                                          [VERDICT_INVALID] = "\033[2m",
                                          [VERDICT_UNDECIDED] = "\033[33m"};
    return mark == PANEL_GAP ? "" : colours[mark];
}

/* The last `most` marks of the row. */
static size_t add_marks(struct text *out, const struct panel *panel, const struct panel_row *row, size_t most)
{
    size_t from = row->count > most ? row->count - most : 0;

    for (size_t i = from; i < row->count; i++) {
        text_add(out, panel->colour ? colour_of(row->marks[i]) : "");
        text_add(out, mark_of(row->marks[i]));
        text_add(out, panel->colour ? "\033[0m" : "");
    }
    return row->count - from;
}

static void add_row(struct text *out, const struct panel *panel, const struct panel_row *row, size_t width)
{
    enum { NAME = 12, MARKS = 32 };
    struct text said = {0};
    char level[UNITS_TEXT];

    text_append(out, row->name, utf8_fitting(row->name, NAME));
    for (size_t columns = utf8_columns(row->name); columns < NAME; columns++) {
        text_add(out, " ");
    }
    text_add(out, " ");
    size_t marks = add_marks(out, panel, row, MARKS);
    units_write_count(level, row->level);
    text_format(&said, "  %s %s", level, row->verdict.length > 0 ? row->verdict.data : "");
    size_t taken = NAME + 1 + marks;
    text_append(out, said.data, utf8_fitting(said.data, width > taken ? width - taken : 0));
    text_add(out, "\n");
    text_release(&said);
}

size_t panel_write_ladder(const struct panel *panel, size_t width, size_t rows, struct text *out)
{
    size_t from = panel->row_count > rows ? panel->row_count - rows : 0;

    for (size_t i = from; i < panel->row_count; i++) {
        add_row(out, panel, &panel->rows[i], width);
    }
    return panel->row_count - from;
}

/* ---- the step that runs ---- */

void panel_sparkline(struct text *out, const double *readings, size_t count)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    enum { BARS = sizeof bars / sizeof bars[0] };
    double most = 0;

    for (size_t i = 0; i < count; i++) {
        most = fmax(most, readings[i]);
    }
    for (size_t i = 0; i < count; i++) {
        int bar = most > 0 && readings[i] > 0 ? (int)(readings[i] / most * BARS) : 0;
        bar = bar < BARS ? bar : BARS - 1;
        text_add(out, isnan(readings[i]) ? " " : bars[bar]);
    }
}

static void add_figure(struct text *out, enum panel_figure figure, double reading)
{
    char text[UNITS_TEXT] = "-";

    if (!isnan(reading) && (reading > 0 || figure == PANEL_GOOD)) {
        switch (figure) {
        case PANEL_GOOD:
            units_write_count(text, (uint64_t)reading);
            break;
        case PANEL_CORES:
            snprintf(text, sizeof text, "%.2f", reading);
            break;
        case PANEL_MEMORY:
            units_write_size(text, (uint64_t)reading);
            break;
        default:
            units_write_duration(text, (uint64_t)reading);
        }
    }
    text_format(out, "%10s  ", text);
}

/* The name and the figure of a line take 22 columns; what remains is for the sparkline. */
static void add_line(struct text *out, const struct panel *panel, enum panel_figure figure, size_t width)
{
    static const char *const names[] = {[PANEL_GOOD] = "good/s",
                                        [PANEL_P50] = "p50",
                                        [PANEL_P99] = "p99",
                                        [PANEL_CORES] = "cores",
                                        [PANEL_MEMORY] = "memory"};
    const double *history = panel->history[figure];
    size_t count = panel->history_count, room = width > 24 ? width - 24 : 0;
    size_t from = count > room ? count - room : 0;

    text_format(out, "  %-8s", names[figure]);
    add_figure(out, figure, count > 0 ? history[count - 1] : NAN);
    panel_sparkline(out, history + from, count - from);
    text_add(out, "\n");
}

size_t panel_write_step(const struct panel *panel, const struct progress_live *live, size_t width, struct text *out)
{
    char level[UNITS_TEXT];
    struct text title = {0};
    uint64_t seconds = live->left_ns / 1000000000;

    units_write_count(level, live->level);
    text_format(&title, "%s at %s, %.0f %% done, %" PRIu64 " in flight; at most %" PRIu64 ":%02" PRIu64 " left",
                live->backend, level, live->done * 100, live->in_flight, seconds / 60, seconds % 60);
    text_add(out, "\n");
    text_append(out, title.data, utf8_fitting(title.data, width));
    text_add(out, "\n");
    for (int i = 0; i < PANEL_FIGURES; i++) {
        add_line(out, panel, (enum panel_figure)i, width);
    }
    text_release(&title);
    return PANEL_STEP_LINES;
}
