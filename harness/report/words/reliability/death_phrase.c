#include "report/words/reliability/death_phrase.h"

#include "analysis/capacity/limit_order.h"
#include "report/words/breach.h"
#include "report/words/figures.h"

#include <stddef.h>

static const char *place_of(enum trial_part part)
{
    static const char *const places[] = {[PART_LADDER] = "in its climb",
                                         [PART_SEARCH] = "in the search",
                                         [PART_WARM] = "in its warm climb",
                                         [PART_RECOVERY] = "in its recovery",
                                         [PART_SOAK] = "in its soak"};
    return places[part];
}

void death_phrase(struct text *out, const struct findings *findings, const struct process_death *death)
{
    text_format(out, "died %s ", place_of(death->part));
    if (death->in_warmup) {
        text_add(out, "during the warm-up");
    } else {
        text_add(out, "after ");
        figures_time(out, death->at_ns);
    }
    text_add(out, " at ");
    figures_level(out, &findings->scenario, death->step->level);
    text_add(out, ": ");
    breach_ending(out, death->step);
}

/* Whether the crash is one of the limits that break as the load grows. */
static bool is_limit(const struct backend_finding *backend)
{
    const struct limit_capacity *crash = limit_order_of(backend, LIMIT_CRASH);
    return crash != NULL && crash->breaks;
}

static bool is_load(const struct process_death *death)
{
    return death->part != PART_RECOVERY && death->part != PART_SOAK;
}

/* The death to tell of first: one that no limit tells of, if there is one. */
static const struct process_death *first_of(const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->death_count; i++) {
        if (!is_load(&backend->deaths[i])) {
            return &backend->deaths[i];
        }
    }
    return &backend->deaths[0];
}

bool death_phrase_headline(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->death_count == 0) {
        return false;
    }
    const struct process_death *first = first_of(backend);
    if (is_load(first) && limit_order_crashes(backend)) {
        return false;
    }
    text_format(out, "%s ", backend->record->name);
    death_phrase(out, findings, first);
    if (backend->trials > 1) {
        text_format(out, " (in %zu of its %u trials its process ended)", backend->death_count, backend->trials);
    }
    text_add(out, ".");
    return true;
}

/* Whether the sentence on the break, the recovery or the soak tells of it. */
static bool is_told(const struct backend_finding *backend, const struct process_death *death)
{
    const struct step_record *step = death->step;
    const struct step_finding *broke = backend->first_break;

    return (broke != NULL && step == broke->record && limit_order_crashes(backend)) ||
           step == backend->recovery.record || (backend->soak.step != NULL && step == backend->soak.step->record);
}

void death_phrase_others(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->death_count; i++) {
        const struct process_death *death = &backend->deaths[i];
        if (!is_told(backend, death)) {
            text_add(out, " It ");
            death_phrase(out, findings, death);
            if (backend->trials > 1) {
                text_format(out, " (trial %u)", death->step->trial + 1);
            }
            text_add(out, ".");
        }
    }
}

bool death_phrase_cell(struct text *out, const struct backend_finding *backend)
{
    if (backend->death_count == 0) {
        return false;
    }
    const struct process_death *first = first_of(backend);
    if (is_load(first) && is_limit(backend)) {
        return false;
    }
    text_format(out, "crash %s", place_of(first->part));
    return true;
}
