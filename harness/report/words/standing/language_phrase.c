#include "report/words/standing/language_phrase.h"

#include "analysis/capacity/box_steps.h"
#include "analysis/capacity/held_load.h"
#include "analysis/capacity/languages.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/standing/box_phrase.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* "chi (go-chi)"; "shop" where no framework is told. */
static void add_service(struct text *out, const struct backend_finding *service)
{
    const struct backend_record *record = service->record;

    if (record->framework != NULL) {
        text_format(out, "%s (%s)", record->framework, record->name);
    } else {
        text_add(out, record->name);
    }
}

static void add_names(struct text *out, const struct backend_finding *const *services, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        figures_comma(out, i, count);
        text_add(out, services[i]->record->name);
    }
}

static void add_load(struct text *out, const struct scenario *scenario, double load, bool estimated)
{
    if (estimated) {
        limit_phrase_about(out, scenario, load);
    } else {
        figures_level(out, scenario, (uint64_t)llround(load));
    }
}

/* "14,000/s to 23,000/s", "14,000/s to at least 64,000/s", "below 500/s to 2,000/s" */
static void add_range(struct text *out, const struct scenario *scenario, const struct language_finding *language)
{
    if (language->low > 0) {
        add_load(out, scenario, language->low, language->low_estimated);
    } else {
        text_add(out, "below ");
        figures_level(out, scenario, language->lowest->breaks_at);
    }
    if (isinf(language->high)) {
        const struct held_load most = held_load_of(language->highest);
        bool estimated = !isnan(most.capacity);
        text_add(out, " to at least ");
        add_load(out, scenario, estimated ? most.capacity : most.low, estimated);
    } else if (language->high > language->low) {
        text_add(out, " to ");
        add_load(out, scenario, language->high, language->high_estimated);
    }
}

static void add_box(struct text *out, const struct findings *findings, const struct language_finding *language)
{
    if (language->box != NULL && findings->box_step_count > 0) {
        const struct box box = box_steps_box(language->lowest->record);
        text_add(out, box.cores > 0 ? " on " : " in ");
        box_phrase(out, &box);
    }
}

static void add_services(struct text *out, const struct language_finding *language)
{
    if (language->frameworks > 1) {
        text_format(out, " over %zu frameworks, the least with ", language->frameworks);
        add_service(out, language->lowest);
        text_add(out, ", the most with ");
        add_service(out, language->highest);
        text_add(out, language->told_apart ? "." : " (not told apart).");
    } else {
        text_add(out, " with ");
        add_service(out, language->lowest);
        text_add(out, " alone: one framework says nothing of a language.");
    }
}

typedef bool related(const struct language_finding *language, const struct language_finding *other);

static bool is_below(const struct language_finding *language, const struct language_finding *other)
{
    return languages_above(language, other);
}

/* Named once, in the line that comes first. */
static bool is_alike_and_later(const struct language_finding *language, const struct language_finding *other)
{
    return language < other && languages_comparable(language, other) && !languages_above(language, other) &&
           !languages_above(other, language);
}

/* A sentence that names those for which `is` holds; nothing where there are none. */
static void add_related(struct text *out, const struct findings *findings, const struct language_finding *language,
                        related *is, const char *before)
{
    size_t count = 0, named = 0;

    for (size_t i = 0; i < findings->language_count; i++) {
        count += is(language, &findings->languages[i]);
    }
    for (size_t i = 0; i < findings->language_count && count > 0; i++) {
        if (is(language, &findings->languages[i])) {
            text_add(out, named == 0 ? before : "");
            figures_comma(out, named++, count);
            text_add(out, findings->languages[i].name);
        }
    }
    text_add(out, count > 0 ? "." : "");
}

static void add_tuned(struct text *out, const struct language_finding *language)
{
    if (language->tuned_count > 0) {
        text_add(out, " Tuned, so not counted: ");
        add_names(out, language->tuned, language->tuned_count);
        text_add(out, ".");
    }
}

void language_phrase(struct text *out, const struct findings *findings, const struct language_finding *language)
{
    text_format(out, "%s", language->name);
    if (language->service_count > 0) {
        add_box(out, findings, language);
        text_add(out, ": ");
        add_range(out, &findings->scenario, language);
        add_services(out, language);
        add_related(out, findings, language, is_below, " Each of them holds more than each of ");
        add_related(out, findings, language, is_alike_and_later, " Not told apart from ");
    } else {
        text_add(out, ":");
    }
    add_tuned(out, language);
}
