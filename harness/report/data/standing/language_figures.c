#include "report/data/standing/language_figures.h"

#include "analysis/capacity/languages.h"
#include "report/data/figure.h"
#include "report/words/standing/language_phrase.h"

#include <stddef.h>

static json_t *names_of(const struct backend_finding *const *services, size_t count)
{
    json_t *names = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(names, figure_text(services[i]->record->name));
    }
    return names;
}

static json_t *name_of(const struct backend_finding *service)
{
    return figure_text(service != NULL ? service->record->name : NULL);
}

static json_t *words_of(const struct findings *findings, const struct language_finding *language)
{
    struct text words = {0};

    language_phrase(&words, findings, language);
    return figure_words(&words);
}

static json_t *language_of(const struct findings *findings, const struct language_finding *language)
{
    json_t *above = json_array(), *alike = json_array();

    for (size_t i = 0; i < findings->language_count; i++) {
        const struct language_finding *other = &findings->languages[i];
        if (languages_above(language, other)) {
            json_array_append_new(above, figure_text(other->name));
        } else if (languages_comparable(language, other) && !languages_above(other, language)) {
            json_array_append_new(alike, figure_text(other->name));
        }
    }
    return figures_object((struct figure[]){
        {"language", figure_text(language->name)},
        {"box", figure_text(language->box)},
        {"frameworks", figure_count(language->frameworks)},
        {"services", names_of(language->services, language->service_count)},
        {"tuned", names_of(language->tuned, language->tuned_count)},
        {"capacity_low", figure_positive(language->low)},
        {"capacity_high", figure_positive(language->high)},
        {"lowest", name_of(language->lowest)},
        {"highest", name_of(language->highest)},
        {"told_apart", json_boolean(language->told_apart)},
        {"above", above},
        {"alike", alike},
        {"in_words", words_of(findings, language)},
        {NULL, NULL},
    });
}

json_t *language_figures(const struct findings *findings)
{
    json_t *array = json_array();

    for (size_t i = 0; i < findings->language_count; i++) {
        json_array_append_new(array, language_of(findings, &findings->languages[i]));
    }
    return array;
}
