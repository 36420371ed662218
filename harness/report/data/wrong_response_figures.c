#include "report/data/wrong_response_figures.h"

#include "record/words/wrong_response_phrase.h"
#include "report/data/figure.h"

static json_t *in_words(const struct wrong_response *wrong)
{
    struct text words = {0};

    wrong_response_phrase(&words, wrong);
    return figure_words(&words);
}

json_t *wrong_response_figures(const struct wrong_response *wrong)
{
    if (wrong == NULL) {
        return json_null();
    }
    return figures_object((struct figure[]){
        {"request", figure_text(wrong->request)},
        {"status", figure_known(wrong->status)},
        {"expected_status", figure_known(wrong->expected_status)},
        {"expected_bytes", figure_number(wrong->expected_bytes)},
        {"member", figure_text(wrong->member)},
        {"expected_value", figure_text(wrong->expected_value)},
        {"came_value", figure_text(wrong->came_value)},
        {"unreadable", figure_text(wrong->unreadable)},
        {"capture", figure_in(wrong->capture != NULL, figure_text(wrong->capture))},
        {"body_bytes", figure_count(wrong->body_bytes)},
        {"body", figure_text(wrong->body)},
        {"in_words", in_words(wrong)},
        {NULL, NULL},
    });
}
