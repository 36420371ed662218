#include "analysis/capacity/languages.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/held_load.h"
#include "analysis/capacity/ranking.h"
#include "base/list.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define FRAMEWORKS_WANTED 2

/* NULL stands behind all others. */
static int by_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    return strcmp(a, b);
}

/* --- one service -------------------------------------------------------------------------------------------------- */

/* What it surely holds: its estimated capacity, or the lower of the two loads between which that lies. */
static double least_of(const struct backend_finding *service)
{
    const struct held_load held = held_load_of(service);
    return isnan(held.capacity) ? held.low : held.capacity;
}

static double most_of(const struct backend_finding *service)
{
    const struct held_load held = held_load_of(service);
    return isnan(held.capacity) ? held.high : held.capacity;
}

static bool is_estimated(const struct backend_finding *service)
{
    return !isnan(held_load_of(service).capacity);
}

static bool holds_less(const struct backend_finding *a, const struct backend_finding *b)
{
    double left = least_of(a), right = least_of(b);
    return left != right ? left < right : most_of(a) < most_of(b);
}

/* --- one language ------------------------------------------------------------------------------------------------- */

static bool is_new_framework(const struct language_finding *language, const char *framework)
{
    if (framework == NULL) {
        return false;
    }
    for (size_t i = 0; i < language->service_count; i++) {
        if (by_text(language->services[i]->record->framework, framework) == 0) {
            return false;
        }
    }
    return true;
}

static void add_service(struct language_finding *language, const struct backend_finding *service)
{
    if (backend_record_is_tuned(service->record)) {
        *list_add(language->tuned, language->tuned_count) = service;
        return;
    }
    language->frameworks += is_new_framework(language, service->record->framework);
    *list_add(language->services, language->service_count) = service;
}

static void find_range(struct language_finding *language)
{
    for (size_t i = 0; i < language->service_count; i++) {
        const struct backend_finding *service = language->services[i];
        if (i == 0 || holds_less(service, language->lowest)) {
            language->lowest = service;
        }
        if (i == 0 || !holds_less(service, language->highest)) {
            language->highest = service;
        }
        if (i == 0 || most_of(service) > language->high) {
            language->high = most_of(service);
            language->high_estimated = is_estimated(service);
        }
    }
    if (language->lowest != NULL) {
        language->low = least_of(language->lowest);
        language->low_estimated = is_estimated(language->lowest);
        language->told_apart = ranking_above(language->highest, language->lowest);
    }
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static struct language_finding *language_of(struct findings *findings, const struct backend_record *record)
{
    for (size_t i = 0; i < findings->language_count; i++) {
        struct language_finding *language = &findings->languages[i];
        if (by_text(language->name, record->language) == 0 && by_text(language->box, record->box) == 0) {
            return language;
        }
    }
    struct language_finding *added = list_add(findings->languages, findings->language_count);
    added->name = record->language;
    added->box = record->box;
    return added;
}

static int by_highest(const void *left, const void *right)
{
    const struct language_finding *a = left, *b = right;
    double a_least = a->highest != NULL ? least_of(a->highest) : -1;
    double b_least = b->highest != NULL ? least_of(b->highest) : -1;

    if (a_least != b_least) {
        return a_least > b_least ? -1 : 1;
    }
    int order = by_text(a->name, b->name);
    return order != 0 ? order : by_text(a->box, b->box);
}

void languages_find(struct findings *findings)
{
    bool told = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *service = &findings->backends[i];
        if (service->record->language != NULL && capacity_judged(service)) {
            add_service(language_of(findings, service->record), service);
        }
    }
    for (size_t i = 0; i < findings->language_count; i++) {
        find_range(&findings->languages[i]);
        told = told || findings->languages[i].frameworks >= FRAMEWORKS_WANTED;
    }
    if (!told) {
        languages_release(findings);
    } else {
        qsort(findings->languages, findings->language_count, sizeof *findings->languages, by_highest);
    }
}

void languages_release(struct findings *findings)
{
    for (size_t i = 0; i < findings->language_count; i++) {
        free(findings->languages[i].services);
        free(findings->languages[i].tuned);
    }
    free(findings->languages);
    findings->languages = NULL;
    findings->language_count = 0;
}

bool languages_comparable(const struct language_finding *a, const struct language_finding *b)
{
    bool both = a->frameworks >= FRAMEWORKS_WANTED && b->frameworks >= FRAMEWORKS_WANTED;
    return a != b && both && by_text(a->box, b->box) == 0;
}

bool languages_above(const struct language_finding *a, const struct language_finding *b)
{
    if (!languages_comparable(a, b) || a->low <= b->high) {
        return false;
    }
    for (size_t i = 0; i < a->service_count; i++) {
        for (size_t k = 0; k < b->service_count; k++) {
            if (!ranking_above(a->services[i], b->services[k])) {
                return false;
            }
        }
    }
    return true;
}
