#include "built_classes.h"

#include "base/mem.h"

static uint64_t ns_of(double ms)
{
    return (uint64_t)(ms * 1e6 + 0.5);
}

static void fill(struct request_record *request, const struct built_class *kind)
{
    request->name = mem_string(kind->name);
    request->tally.offered = request->tally.sent = request->tally.completed = kind->offered;
    request->tally.good = kind->offered - kind->failed;
    request->tally.failures[kind->failure] = kind->failed;
    histogram_record_many(&request->response, ns_of(kind->usual_ms), kind->offered - kind->slow);
    histogram_record_many(&request->response, ns_of(kind->slow_ms), kind->slow);
    request->sent = kind->offered;
    request->good = request->tally.good;
    request->wrong = kind->failed;
}

void built_classes_add(struct load_record *load, const struct built_class *kinds, size_t count)
{
    load_record_init_requests(load, count);
    for (size_t i = 0; i < count; i++) {
        fill(&load->requests[i], &kinds[i]);
    }
}
