#include "report/words/standing/box_phrase.h"

#include "report/words/figures.h"
#include "report/words/limit_phrase.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

void box_phrase(struct text *out, const struct box *box)
{
    size_t before = out->length;

    if (box->cores > 0) {
        text_format(out, "%u core%s", box->cores, box->cores == 1 ? "" : "s");
    }
    if (box->cpus > 0) {
        figures_separate(out, out->length - before, " and ");
        text_format(out, "%.6g cpu%s", box->cpus, box->cpus == 1 ? "" : "s");
    }
    if (box->memory_bytes > 0) {
        figures_separate(out, out->length - before, " and ");
        figures_set_size(out, box->memory_bytes);
    }
}

void box_phrase_ratio(struct text *out, const struct box_step *step)
{
    bool low = step->ratio_low > 0, high = isfinite(step->ratio_high);

    if (isfinite(step->ratio)) {
        text_format(out, "%.2g times", step->ratio);
        if (low && high) {
            text_format(out, " (%.2g to %.2g)", step->ratio_low, step->ratio_high);
        }
    } else if (low && high) {
        text_format(out, "%.2g to %.2g times", step->ratio_low, step->ratio_high);
    } else if (low) {
        text_format(out, "more than %.2g times", step->ratio_low);
    } else if (high) {
        text_format(out, "less than %.2g times", step->ratio_high);
    } else {
        text_add(out, "-");
    }
}

void box_phrase_step(struct text *out, const struct findings *findings, const struct box_step *step)
{
    text_format(out, "%s %s ", step->finding->record->unboxed, step->box.cores > 0 ? "on" : "in");
    box_phrase(out, &step->box);
    if (isnan(step->low)) {
        text_add(out, ": no step says what it holds");
        return;
    }
    text_add(out, " holds ");
    limit_phrase_held(out, &findings->scenario, step->finding);
    if (step->before != NULL && isfinite(step->times)) {
        text_format(out, ": %.3g times the box buys ", step->times);
        box_phrase_ratio(out, step);
    }
}

void box_phrase_run(struct text *out, const char *boxes)
{
    struct box_list list;

    if (box_list_read_text(&list, boxes, NULL) != 0) {
        text_add(out, boxes);
        return;
    }
    bool cores = list.boxes[0].cores > 0;
    text_add(out, list.count > 1 ? "each service in turn " : "each service ");
    if (cores) {
        text_add(out, "on ");
    } else {
        text_add(out, list.count > 1 ? "in boxes of " : "in a box of ");
    }
    for (size_t i = 0; i < list.count; i++) {
        figures_comma(out, i, list.count);
        box_phrase(out, &list.boxes[i]);
    }
    text_add(out, cores ? "; the reference service has all that there are"
                        : ", as a pod has it; the reference service runs outside of any");
    box_list_release(&list);
}
