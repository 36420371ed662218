#include "report/compare/comparison_words.h"

#include "report/words/figures.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

const char *comparison_words_letter(size_t run)
{
    static const char *const letters[COMPARISON_RUNS_MOST] = {"A", "B", "C", "D", "E", "F", "G", "H", "I",
                                                              "J", "K", "L", "M", "N", "O", "P", "Q", "R",
                                                              "S", "T", "U", "V", "W", "X", "Y", "Z"};
    return run < COMPARISON_RUNS_MOST ? letters[run] : "?";
}

/* Rounding must not turn a little into none. */
static void add_percent(struct text *out, double ratio)
{
    double percent = (ratio - 1) * 100;
    int decimals = fabs(percent) < 9.95 ? 1 : 0;

    if (percent == 0) {
        text_add(out, "0 %");
    } else if (fabs(percent) < 0.05) {
        text_add(out, percent < 0 ? ">-0.1 %" : "<+0.1 %");
    } else {
        text_format(out, "%+.*f %%", decimals, percent);
    }
}

void comparison_words_ratio(struct text *out, double ratio)
{
    if (!isfinite(ratio)) {
        text_add(out, "-");
    } else if (ratio < 1.995) {
        add_percent(out, ratio);
    } else {
        text_format(out, "x%.3g", ratio);
    }
}

static void add_interval(struct text *out, const struct change *change)
{
    text_add(out, " (");
    comparison_words_ratio(out, change->low);
    text_add(out, " to ");
    comparison_words_ratio(out, change->high);
    if (change->confidence < 0.95) {
        text_format(out, " at %.0f %%", floor(change->confidence * 100));
    }
    text_add(out, ")");
}

void comparison_words_change(struct text *out, const struct change *change)
{
    bool seen = change->difference != DIFFERENCE_NOT_SEEN;

    if (change->difference == DIFFERENCE_NOT_KNOWN) {
        text_add(out, "-");
        return;
    }
    if (seen) {
        comparison_words_ratio(out, change->ratio);
    } else {
        text_add(out, "~");
    }
    if (change->confidence == 0 && seen) {
        text_add(out, ", no interval");
    } else if (change->confidence != 0 && change->low != change->high) {
        add_interval(out, change);
    }
    if (change->difference == DIFFERENCE_HERE) {
        text_add(out, " here");
    }
}

void comparison_words_unlike(struct text *out, const struct comparison *comparison)
{
    text_add(out, "the runs differ ");
    for (size_t i = 0; i < comparison->unlike_count; i++) {
        const struct setup_difference *unlike = &comparison->unlike[i];
        figures_separate(out, i, "; ");
        text_format(out, "in \"%s\": %s in A, %s in %s", unlike->key, unlike->first, unlike->here,
                    comparison_words_letter(unlike->run));
    }
}

void comparison_words_builds(struct text *out, const struct compared_backend *backend)
{
    text_format(out,
                "%s is not the same build in all runs that have it: the versions of its tools, or what it ships, "
                "differ",
                backend->name);
}

void comparison_words_mixed(struct text *out, const struct compared_backend *backend, size_t run)
{
    text_format(out,
                "%s: %s is not the same build in the runs of this side (the versions of its tools, or what it ships, "
                "differ), so that its figures are not of one service",
                comparison_words_letter(run), backend->name);
}
