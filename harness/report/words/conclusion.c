#include "report/words/conclusion.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/limit_order.h"
#include "analysis/capacity/ranking.h"
#include "report/words/after/soak_phrase.h"
#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"
#include "report/words/reliability/death_phrase.h"
#include "report/words/reliability/trial_phrase.h"
#include "report/words/wrong_start_phrase.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#define NO_DIFFERENCE "no difference seen between them"

/* Why the group shares a place: a single trial shows a difference only where a whole doubling lies between. */
static const char *alike_words(const struct ranking_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->members[i]->capacity_count > 1) {
            return NO_DIFFERENCE;
        }
    }
    return "one trial does not tell them apart";
}

static void add_names(struct text *out, const struct ranking_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        figures_comma(out, i, group->count);
        text_add(out, group->members[i]->record->name);
    }
}

/* Where each of them breaks: "at 14,700/s (14,100 to 15,300)", "between 8,000/s and 16,000/s". */
static void add_break_at(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->limit_count > 0) {
        text_add(out, isnan(backend->limits[0].capacity) ? "" : "at ");
        limit_phrase_load(out, &findings->scenario, &backend->limits[0]);
    } else {
        text_add(out, "at ");
        figures_level(out, &findings->scenario, backend->breaks_at);
    }
}

/* What they hold, each. */
static void add_held_levels(struct text *out, const struct findings *findings, const struct ranking_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct backend_finding *backend = group->members[i];
        figures_comma(out, i, group->count);
        if (backend->breaks) {
            limit_phrase_held(out, &findings->scenario, backend);
        } else {
            text_add(out, "at least ");
            figures_level(out, &findings->scenario, backend->holds_at);
        }
    }
}

/* "on latency at 14,700/s (14,100 to 15,300) because its cores were saturated" */
static void add_break(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->first_break;
    bool crash = limit_order_crashes(backend);

    if (crash) {
        text_add(out, "by a crash ");
    } else {
        text_add(out, "on ");
        if (!limit_phrase_first(out, backend)) {
            text_add(out, "a limit");
        }
        text_add(out, " ");
    }
    add_break_at(out, findings, backend);
    if (!crash && step != NULL && reason_cause(step) != NULL) {
        text_format(out, " because %s", reason_cause(step));
    } else if (!crash && step != NULL) {
        text_format(out, " (%s)", reason_cause_or_none(step));
    }
}

static void say_one(struct text *out, const struct findings *findings, const struct backend_finding *only)
{
    struct text next = {0};

    text_format(out, "%s breaks first, ", only->record->name);
    add_break(out, findings, only);
    if (limit_phrase_next_one(&next, &findings->scenario, only) > 0) {
        text_format(out, "; next would follow %s", next.data);
    }
    text_release(&next);
}

/* `all`: there are no other services to compare with. */
static void say_who_breaks(struct text *out, const struct findings *findings, const struct ranking_group *first,
                           bool all)
{
    if (first->count == 1) {
        say_one(out, findings, first->members[0]);
        return;
    }
    add_names(out, first);
    text_format(out, " break %s (%s): ", all ? "alike" : "first", alike_words(first));
    for (size_t i = 0; i < first->count; i++) {
        figures_separate(out, i, "; ");
        text_format(out, "%s ", first->members[i]->record->name);
        add_break(out, findings, first->members[i]);
    }
}

/* Whether the capacity of the service is sure enough to be divided by: no load contradicts it, and it does not come
 * from a single quick trial. */
static bool is_firm(const struct findings *findings, const struct backend_finding *backend)
{
    bool quick = findings->profile == PROFILE_QUICK && backend->capacity_count < 2;
    return !backend->not_monotone && !quick && limit_order_first(backend) > 0 && !isnan(backend->limits[0].capacity);
}

/* The ratio of the highest capacity to the lowest of the services that break first. */
static void add_ratio(struct text *out, const struct findings *findings, const struct ranking_group *first,
                      const struct ranking_group *longest)
{
    const struct backend_finding *least = first->members[0], *most = longest->members[0];

    for (size_t i = 0; i < first->count; i++) {
        if (first->members[i]->holds_at < least->holds_at) {
            least = first->members[i];
        }
    }
    for (size_t i = 0; i < longest->count; i++) {
        if (longest->members[i]->holds_at > most->holds_at) {
            most = longest->members[i];
        }
    }
    if (is_firm(findings, most) && is_firm(findings, least) && ranking_above(most, least)) {
        text_add(out, ", ");
        if (longest->count > 1) {
            text_format(out, "%s ", most->record->name);
        }
        text_format(out, "about %.2g times that of %s", most->limits[0].capacity / least->limits[0].capacity,
                    least->record->name);
    } else if (findings->profile == PROFILE_QUICK) {
        text_add(out, ", in this quick run");
    }
}

static void say_who_holds(struct text *out, const struct findings *findings, const struct ranking_group *longest)
{
    add_names(out, longest);
    text_add(out, longest->count == 1 ? " has the highest capacity: " : " have the highest capacity: ");
    add_held_levels(out, findings, longest);
    if (longest->count > 1) {
        text_format(out, " (%s)", alike_words(longest));
    }
}

/* Whether a crash or a steady load broke what no step did. */
static bool any_incident(const struct ranking_group *holders)
{
    for (size_t i = 0; i < holders->count; i++) {
        const struct backend_finding *backend = holders->members[i];
        const struct step_finding *soak = backend->soak.step;
        if (backend->death_count > 0 || (soak != NULL && soak->verdict.verdict == VERDICT_BREAK)) {
            return true;
        }
    }
    return false;
}

static void say_nothing_broke(struct text *out, const struct findings *findings, const struct ranking_group *holders)
{
    bool same = true;

    text_add(out, any_incident(holders) ? "In the other steps no limit broke: " : "Nothing was seen to break: ");
    for (size_t i = 0; i < holders->count; i++) {
        figures_comma(out, i, holders->count);
        text_format(out, "%s holds at least ", holders->members[i]->record->name);
        figures_level(out, &findings->scenario, holders->members[i]->holds_at);
        same = same && holders->members[i]->holds_at == holders->members[0]->holds_at;
    }
    if (holders->count > 1) {
        text_add(out, same ? " (" NO_DIFFERENCE ")" : "; which would break first is not known");
    }
    text_add(out, ".");
    if (holders->members[0]->holds_at >= figures_ladder_top(&findings->scenario)) {
        text_add(out, " ");
        figures_level(out, &findings->scenario, holders->members[0]->holds_at);
        text_add(out, " is the top of the ladder; a longer one would tell more.");
    }
}

static void say_first(struct text *out, const struct findings *findings, const struct ranking *ranking)
{
    if (ranking->judged.count == 0) {
        text_add(out, "This run gives no answer: no step of it says what a service holds.");
    } else if (ranking->first.count == 0) {
        say_nothing_broke(out, findings, &ranking->judged);
    } else {
        bool several = ranking->judged.count > 1;
        say_who_breaks(out, findings, &ranking->first, several && ranking->first.count == ranking->judged.count);
        text_add(out, ".");
    }
}

static void say_highest(struct text *out, const struct findings *findings, const struct ranking *ranking)
{
    if (ranking->judged.count > 1 && ranking->first.count > 0 && ranking->longest.count > 0) {
        say_who_holds(out, findings, &ranking->longest);
        add_ratio(out, findings, &ranking->first, &ranking->longest);
        text_add(out, ".");
    }
}

static void add_group(struct text *out, const char *before, const struct ranking_group *group, const char *after)
{
    if (group->count > 0) {
        text_add(out, before);
        add_names(out, group);
        text_add(out, after);
    }
}

/* Of those that break first or hold longest, the ones that the service is not told apart from although it is not beside
 * them in the sentence. */
static void find_alike(const struct backend_finding *backend, const struct ranking *ranking,
                       struct ranking_group *ret_alike)
{
    bool is_first = ranking_group_has(&ranking->first, backend);
    bool is_longest = ranking_group_has(&ranking->longest, backend);

    for (size_t i = 0; i < ranking->first.count && !is_first; i++) {
        if (ranking_alike(backend, ranking->first.members[i])) {
            ranking_group_add(ret_alike, ranking->first.members[i]);
        }
    }
    for (size_t i = 0; i < ranking->longest.count && !is_first && !is_longest && backend->breaks; i++) {
        if (ranking_alike(backend, ranking->longest.members[i])) {
            ranking_group_add(ret_alike, ranking->longest.members[i]);
        }
    }
}

/* Who is told apart from one service need not be told apart from the next: the sentence about the first and the last
 * would say more than is known. */
static void add_alike(struct text *out, const struct ranking *ranking)
{
    for (size_t i = 0; i < ranking->judged.count && ranking->longest.count > 0; i++) {
        const struct backend_finding *backend = ranking->judged.members[i];
        struct ranking_group alike = {0};
        if (ranking_group_has(&ranking->open_low, backend)) {
            continue;
        }
        find_alike(backend, ranking, &alike);
        if (ranking_alone(ranking, backend)) {
            text_format(out, " %s is not told apart from any other.", backend->record->name);
        } else if (alike.count > 0) {
            text_format(out, " %s is not told apart from ", backend->record->name);
            add_names(out, &alike);
            text_add(out, ".");
        }
        ranking_group_release(&alike);
    }
}

static void add_open_low(struct text *out, const struct findings *findings, const struct ranking *ranking)
{
    const struct ranking_group *open = &ranking->open_low;

    if (open->count > 0) {
        text_add(out, " Whether ");
        add_names(out, open);
        text_add(out, open->count == 1 ? " holds " : " hold ");
        figures_level(out, &findings->scenario, ranking->lowest_break);
        text_add(out, " is not known.");
    }
}

/* What the conclusion leaves out, each as a sentence: services that took no part, gave no figures, or never broke. */
static void add_open_ends(struct text *out, const struct findings *findings, const struct ranking *ranking)
{
    struct ranking_group skipped = {0}, unknown = {0}, open = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        if (backend->record->skipped != NULL) {
            ranking_group_add(&skipped, backend);
        } else if (trial_phrase_all_failed(backend)) {
            continue; /* its sentence is that of the failed trials */
        } else if (!capacity_judged(backend) && !backend->nothing_right) {
            ranking_group_add(&unknown, backend);
        } else if (!backend->breaks && ranking->first.count > 0) {
            ranking_group_add(&open, backend);
        }
    }
    add_group(out, " How far ", &open, " would have gone is not known: no break was found.");
    add_group(out, " Nothing is known of ", &unknown, ".");
    add_group(out, " Not in this run: ", &skipped, ".");
    ranking_group_release(&skipped);
    ranking_group_release(&unknown);
    ranking_group_release(&open);
}

/* Services that answered wrongly from the start: what follows says nothing of them, or of something else than was
 * meant. Returns whether there are any. */
static bool say_wrong_starts(struct text *out, const struct findings *findings)
{
    bool told = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        if (backend->wrong_from_start != NULL) {
            text_add(out, told ? " " : "");
            wrong_start_phrase(out, findings, backend);
            told = true;
        }
    }
    return told;
}

/* What stands before all else, since no order of capacities tells it: services that died outside of what breaks first,
 * or did not hold a steady load. Returns whether there are any. */
static bool say_incidents(struct text *out, const struct findings *findings, bool told)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        struct text words = {0};
        if (death_phrase_headline(&words, findings, &findings->backends[i]) ||
            soak_phrase_headline(&words, findings, &findings->backends[i])) {
            text_format(out, "%s%s", told ? " " : "", words.data);
            told = true;
        }
        text_release(&words);
    }
    return told;
}

static void add_failed_trials(struct text *out, const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        trial_phrase_failed_sentence(out, &findings->backends[i]);
    }
}

void conclusion_make(struct conclusion *conclusion, const struct findings *findings)
{
    struct text *first = &conclusion->first, *open = &conclusion->open;
    struct ranking ranking;

    *conclusion = (struct conclusion){0};
    bool wrong = say_wrong_starts(first, findings), told = say_incidents(first, findings, wrong);
    ranking_find(findings, &ranking);
    if (!wrong || ranking.judged.count > 0) {
        text_add(first, told ? " " : "");
        say_first(first, findings, &ranking);
        say_highest(&conclusion->highest, findings, &ranking);
    }
    add_alike(open, &ranking);
    add_open_low(open, findings, &ranking);
    add_open_ends(open, findings, &ranking);
    add_failed_trials(open, findings);
    ranking_release(&ranking);
    if (!run_log_complete(findings->log)) {
        text_add(open, " The run was cut short: this covers only the steps that ran.");
    }
}

void conclusion_release(struct conclusion *conclusion)
{
    text_release(&conclusion->first);
    text_release(&conclusion->highest);
    text_release(&conclusion->open);
}

void conclusion_write(struct text *out, const struct findings *findings)
{
    struct conclusion conclusion;

    conclusion_make(&conclusion, findings);
    text_add(out, conclusion.first.data);
    if (conclusion.highest.length > 0) {
        text_format(out, " %s", conclusion.highest.data);
    }
    if (conclusion.open.length > 0) {
        text_add(out, conclusion.open.data);
    }
    conclusion_release(&conclusion);
}
