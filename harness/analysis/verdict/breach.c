#include "analysis/verdict/breach.h"

#include "analysis/verdict/request_outcome.h"

#include <assert.h>

const enum limit limits_on_requests[LIMITS_ON_REQUESTS] = {LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_THROUGHPUT};

const char *limit_name(enum limit limit)
{
    static const char *const names[LIMIT_COUNT] = {
        [LIMIT_LATENCY] = "latency", [LIMIT_ERRORS] = "errors", [LIMIT_THROUGHPUT] = "throughput",
        [LIMIT_MEMORY] = "memory",   [LIMIT_GROWTH] = "growth", [LIMIT_QUEUE] = "queue",
        [LIMIT_CRASH] = "crash",
    };
    assert(limit < LIMIT_COUNT);
    return names[limit];
}

void limit_write(struct text *out, enum limit limit, const char *request)
{
    text_add(out, limit_name(limit));
    if (request != NULL) {
        text_format(out, " of %s", request);
    }
}

size_t limit_place_of_request(size_t index, enum limit limit)
{
    return LIMIT_COUNT + 2 * index + (limit == LIMIT_ERRORS);
}

enum limit limit_of_place(size_t place)
{
    if (place < LIMIT_COUNT) {
        return (enum limit)place;
    }
    return (place - LIMIT_COUNT) % 2 == 0 ? LIMIT_LATENCY : LIMIT_ERRORS;
}

bool limit_place_is_on_requests(size_t place)
{
    return place < LIMITS_ON_REQUESTS || place >= LIMIT_COUNT;
}

/* What one interval says of the limit. */
struct violation {
    bool found;
    bool sure; /* it has requests enough to say so alone */
};

static struct violation violation_in(const struct step_record *step, size_t interval, const struct limits *limits,
                                     enum limit limit)
{
    struct request_outcome outcome = request_outcome_of_interval(step, interval, limits);

    return (struct violation){.found = request_outcome_breaks(&outcome, limits, limit),
                              .sure = request_outcome_is_enough(&outcome, limits, limit)};
}

uint64_t breach_first_ns(const struct step_record *step, const struct limits *limits, enum limit limit)
{
    size_t count = step->load.interval_count, first = count > 0 ? count - 1 : 0;
    struct violation before = {false, false};
    bool blip = false;

    for (size_t i = 0; i < count; i++) {
        struct violation now = violation_in(step, i, limits, limit);
        if (before.found && (before.sure || now.found)) {
            first = i - 1;
            break;
        }
        if (now.found && !blip) {
            blip = true;
            first = i;
        }
        before = now;
    }
    return (first + 1) * step->load.interval_ns;
}
