#include "report/compare/comparison_words.h"

#include "report/words/breach.h"
#include "report/words/figures.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

const char *comparison_letter(size_t run)
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

    if (fabs(percent) < 0.05) {
        text_add(out, percent == 0 ? "0 %" : percent < 0 ? ">-0.1 %" : "<+0.1 %");
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
    if (change->difference != DIFFERENCE_SEEN && change->confidence < 0.95) {
        text_format(out, " at %.0f %%", floor(change->confidence * 100));
    }
    text_add(out, ")");
}

void comparison_words_change(struct text *out, const struct change *change)
{
    if (change->difference == DIFFERENCE_NOT_KNOWN) {
        text_add(out, "-");
        return;
    }
    if (change->difference == DIFFERENCE_NOT_SEEN) {
        text_add(out, "~");
    } else {
        comparison_words_ratio(out, change->ratio);
    }
    if (change->confidence == 0) {
        text_add(out, change->difference == DIFFERENCE_NOT_SEEN ? "" : ", no interval");
    } else if (change->low != change->high) {
        add_interval(out, change);
    }
}

void comparison_words_holds(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (!comparison_judged(backend)) {
        text_add(out, "-");
        return;
    }
    if (!backend->holds) {
        text_add(out, "< ");
    } else if (!backend->breaks) {
        text_add(out, ">= ");
    }
    figures_level(out, &findings->scenario, backend->holds ? backend->holds_at : backend->breaks_at);
}

void comparison_words_order(struct text *out, const struct backend_finding *backend)
{
    const struct step_finding *step = comparison_first_break(backend);

    if (step == NULL || step->verdict.breach_count == 0) {
        text_add(out, "-");
        return;
    }
    for (size_t i = 0; i < step->verdict.breach_count; i++) {
        const struct breach *breach = &step->verdict.breaches[i];
        bool together = i > 0 && breach->at_ns == breach[-1].at_ns;
        bool more = i + 1 < step->verdict.breach_count && breach->at_ns == breach[1].at_ns;
        text_add(out, i == 0 ? "" : !together ? ", then " : more ? ", " : " and ");
        text_add(out, limit_name(breach->limit));
    }
}

void comparison_words_absence(struct text *out, const struct compared_side *side)
{
    if (side->finding == NULL) {
        text_add(out, "not in this run");
    } else if (side->finding->record->skipped != NULL) {
        text_format(out, "took no part: %s", side->finding->record->skipped);
    } else if (side->finding->step_count == 0) {
        text_add(out, "no step was run");
    } else if (!comparison_judged(side->finding)) {
        text_add(out, "no valid step");
    }
}

void comparison_words_unlike(struct text *out, const struct comparison *comparison)
{
    text_add(out, "the runs differ ");
    for (size_t i = 0; i < comparison->unlike_count; i++) {
        const struct setup_difference *unlike = &comparison->unlike[i];
        text_format(out, "%sin \"%s\": %s in A, %s in %s", i > 0 ? "; " : "", unlike->key, unlike->first, unlike->here,
                    comparison_letter(unlike->run));
    }
}
