#include "report/data/standing/box_figures.h"

#include "report/data/figure.h"
#include "report/words/standing/box_phrase.h"

#include <stddef.h>

static json_t *words_of(const struct findings *findings, const struct box_step *step)
{
    struct text words = {0};
    box_phrase_step(&words, findings, step);
    return figure_words(&words);
}

static json_t *step_of(const struct findings *findings, const struct box_step *step)
{
    const struct backend_record *record = step->finding->record;

    return figures_object((struct figure[]){
        {"service", figure_text(record->unboxed)},
        {"backend", figure_text(record->name)},
        {"box", figure_text(record->box)},
        {"cores", figure_known(step->box.cores)},
        {"cpus", figure_positive(step->box.cpus)},
        {"memory_bytes", figure_known(step->box.memory_bytes)},
        {"capacity", figure_number(step->capacity)},
        {"capacity_low", figure_number(step->low)},
        {"capacity_high", figure_number(step->high)},
        {"times_the_box", figure_number(step->times)},
        {"buys", figure_number(step->ratio)},
        {"buys_low", figure_number(step->ratio_low)},
        {"buys_high", figure_number(step->ratio_high)},
        {"good_rps_per_core", figure_number(step->finding->efficiency.good_rps_per_core)},
        {"good_rps_per_gib", figure_number(step->rps_per_gib)},
        {"in_words", words_of(findings, step)},
        {NULL, NULL},
    });
}

json_t *box_figures(const struct findings *findings)
{
    json_t *array = json_array();

    for (size_t i = 0; i < findings->box_step_count; i++) {
        json_array_append_new(array, step_of(findings, &findings->box_steps[i]));
    }
    return array;
}
