#include "report/text/facts/doubling_fact.h"

#include "plan/scenario/slow_pace.h"
#include "report/words/figures.h"

static void add_doubled(struct text *out, const struct scenario *scenario)
{
    switch (scenario->doubling) {
    case DOUBLING_RATE:
        text_add(out, "the rate of requests");
        break;
    case DOUBLING_CONNECTIONS:
        text_add(out, "the connections");
        break;
    case DOUBLING_OPEN:
        text_add(out, "the connections that are kept open and used in turn");
        break;
    case DOUBLING_SLOW:
        text_add(out, "the slow connections beside the load, each of which ");
        slow_pace_describe(&scenario->slow, &scenario->traffic, out);
        break;
    case DOUBLING_SESSIONS:
        text_add(out, "the users who arrive, each of whom walks a session");
        break;
    case DOUBLING_SUBSCRIBERS:
        text_add(out, "the subscribers, who each keep a stream of events open");
        break;
    case DOUBLING_VALUE:
        text_format(out, "the value \"%s\" in the requests", figures_level_unit(scenario));
        if (scenario->variable != NULL) {
            text_format(out, ", and %s, with which a fresh process is started for each", scenario->variable);
        }
        break;
    }
}

static void add_arrivals(struct text *out, const struct scenario *scenario)
{
    if (scenario->doubling == DOUBLING_CONNECTIONS) {
        text_add(out, "; closed load: each connection sends its next request when the last is answered");
        return;
    }
    if (scenario->doubling == DOUBLING_SUBSCRIBERS) {
        text_add(out,
                 "; a message is due to each at every whole second of the wall clock, and its time is the lag from "
                 "then on");
        return;
    }
    text_format(out, "; open load: requests are sent when they are due, whatever is still unanswered (%s)",
                scenario->arrivals == ARRIVALS_EVEN ? "evenly spaced" : "poisson arrivals");
}

void doubling_fact_add(struct table *facts, const struct scenario *scenario)
{
    struct text out = {0};

    add_doubled(&out, scenario);
    text_add(&out, ", from ");
    figures_level(&out, scenario, scenario->from);
    text_add(&out, " to ");
    figures_level(&out, scenario, figures_ladder_top(scenario));
    text_format(&out, " in %u steps", scenario->steps);
    if (scenario->rate > 0) {
        text_add(&out, ", at ");
        figures_rate(&out, (double)scenario->rate);
    }
    add_arrivals(&out, scenario);
    if (scenario->spikes > 0) {
        text_format(&out, "; in each step the rate doubles at once and falls back, %u times", scenario->spikes);
    }
    table_cell(facts, "doubles");
    table_take(facts, &out);
}
