#include "plan/traffic/session_description.h"

#include "base/units.h"

static void describe_think(const struct think *think, struct text *out)
{
    char low[UNITS_TEXT];
    char high[UNITS_TEXT];

    units_write_duration(low, think->low_ns);
    units_write_duration(high, think->high_ns);
    if (think->kind == THINK_UNIFORM) {
        text_format(out, " after %s to %s", low, high);
    } else if (think->kind == THINK_EXPONENTIAL) {
        text_format(out, " after %s (exponential)", low);
    } else if (think->low_ns > 0) {
        text_format(out, " after %s", low);
    }
}

static void describe_step(const struct traffic *traffic, const struct session_step *step, struct text *out)
{
    char chance[UNITS_TEXT];

    text_add(out, traffic->requests[step->request].name);
    describe_think(&step->think, out);
    if (step->chance < 1) {
        units_write_share(chance, step->chance);
        text_format(out, " (%s)", chance);
    }
}

void session_describe(const struct traffic *traffic, const struct user_session *session, struct text *out)
{
    char share[UNITS_TEXT];
    double weights = 0;

    for (size_t i = 0; i < traffic->session_count; i++) {
        weights += traffic->sessions[i].weight;
    }
    text_add(out, session->name);
    if (traffic->session_count > 1) {
        units_write_share(share, session->weight / weights);
        text_format(out, " (%s of users)", share);
    }
    text_add(out, ": ");
    for (size_t i = 0; i < session->step_count; i++) {
        text_add(out, i > 0 ? "; " : "");
        describe_step(traffic, &session->steps[i], out);
    }
}
